// Outputs that no longer follow from the machine's state are marked, in the output and in the status bar.
import assert from 'node:assert/strict'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open()
  const { page } = workbench
  await workbench.openLesson('tour.lab.md')
  const hello = await workbench.indexOf('echo "hello')
  const count = await workbench.indexOf('n=$((n+1))')
  const mark = (name) => workbench.output(`${name}: your run`).locator('p.stale')
  const fresh = async (name) => await mark(name).waitFor({ state: 'hidden' })
  await workbench.run(hello)
  await workbench.ranAs(hello, 1)
  await workbench.run(count)
  await workbench.ranAs(count, 2)

  await check('cells that ran in order are not stale', async () => {
    await fresh('hello')
    await fresh('count')
  })
  await check('an earlier cell that runs again makes the later one stale', async () => {
    await workbench.run(hello)
    await workbench.ranAs(hello, 3)
    await mark('count').filter({ hasText: 'Stale. An earlier cell has run again since.' }).waitFor()
    await fresh('hello')
    assert.equal(await workbench.statusOf(count, /^Stale/), 'Stale: An earlier cell has run again since.')
  })
  await screenshot('earlier cell')
  await check('it runs again, and holds', async () => {
    await workbench.run(count)
    await workbench.ranAs(count, 4)
    await fresh('count')
  })
  await check('an edited cell is stale, and no longer when the edit is taken back', async () => {
    await workbench.focus(hello)
    await page.keyboard.press('End')
    await page.keyboard.type('!')
    await mark('hello').filter({ hasText: 'Stale. The cell has been edited since.' }).waitFor()
    await screenshot('edited')
    await page.keyboard.press('Backspace')
    await fresh('hello')
  })
  await check('a restart makes all stale', async () => {
    await workbench.command("Pause Lab: Restart the Lesson's Machine")
    for (const name of ['hello', 'count']) {
      await mark(name).filter({ hasText: 'Stale. The machine has been made anew since.' }).waitFor()
    }
  })
  await check('axe finds no serious fault', async () => {
    assert.deepEqual(await workbench.axe(), [])
  })
  await screenshot('restarted')
}
