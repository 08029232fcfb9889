// A lesson without a mouse: open it, predict, run, read the output, hear of stale, ask for a hint.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  const { page, view } = workbench
  await workbench.ready()
  const palette = async (title) => {
    await page.keyboard.press('F1')
    await page.keyboard.type(title)
    await workbench.quickPickRows().filter({ hasText: title }).first().waitFor()
    await page.waitForTimeout(300)
    await page.keyboard.press('Enter')
  }

  await check('the course opens, and its first cell runs', async () => {
    await palette('Pause Lab: Open the Course')
    await workbench.quickPickRows().filter({ hasNotText: 'Pause Lab: ' }).first().waitFor()
    await page.keyboard.type('Two containers, one network')
    await page.waitForTimeout(300)
    await page.keyboard.press('Enter')
    await workbench.cellsShown()
    await workbench.kernelLabel().filter({ hasText: 'Simulated machine' }).waitFor()
    await palette('Notebook: Focus First Cell')
    await page.keyboard.press('Escape')
    const focused = page.locator('.notebookOverlay .code-cell-row.focused')
    for (let step = 0; step < 10 && (await focused.count()) === 0; step += 1) {
      await page.keyboard.press('ArrowDown')
      await page.waitForTimeout(150)
    }
    await page.keyboard.press('Meta+Enter')
    await workbench.output('run-alp1: your run').locator('.facts', { hasText: 'exit code 0' }).waitFor()
  })
  await check('from the cell into its output, and to what can be used in it', async () => {
    await palette('Notebook: Focus In Active Cell Output')
    await page.waitForTimeout(500)
    const active = page.frames().find((frame) => frame.url().includes('fake.html'))
    assert.equal(await active.evaluate('document.hasFocus()'), true)
    await screenshot('output')
  })
  await check('every part that reacts is reached by Tab and has a name', async () => {
    const unnamed = await view
      .locator('pause-lab-quiz input, pause-lab-hint summary, pause-lab-solution summary')
      .evaluateAll(
        (parts) =>
          parts.filter((part) => part.tabIndex < 0 || (part.labels?.[0] ?? part).textContent.trim() === '').length,
      )
    assert.equal(unnamed, 0)
  })
  await check('axe finds no serious fault', async () => {
    assert.deepEqual(await workbench.axe(), [])
  })
}
