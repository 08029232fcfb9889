// A folder that is not trusted: lessons open, "This machine" is not offered, nothing runs before trust is given.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open()
  await workbench.openLesson('tour.lab.md')
  await check('the lesson opens with its recorded listings', async () => {
    await workbench.output('hello: recorded listing').waitFor()
  })
  await check('only the simulated machine is offered', async () => {
    await workbench.kernelLabel().filter({ hasText: 'Simulated machine' }).click()
    await workbench.quickPickRows().filter({ hasText: 'Select Another Kernel' }).click()
    await workbench.page.waitForTimeout(500)
    const offered = await workbench.quickPickRows().allInnerTexts()
    assert.deepEqual(
      offered.filter((text) => text.includes('This machine')),
      [],
    )
    await workbench.page.keyboard.press('Escape')
  })
  await screenshot('restricted')
  await check('a run asks for trust first, and runs nothing without it', async () => {
    const hello = await workbench.indexOf('echo "hello')
    await workbench.run(hello)
    await workbench.dialog().waitFor()
    await workbench.page.keyboard.press('Escape')
    await workbench.dialog().waitFor({ state: 'detached' })
    assert.equal(await workbench.output('hello: your run').count(), 0)
  })
}
