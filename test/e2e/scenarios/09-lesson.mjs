// The lesson of the course, all cells at once, in the simulated machine: what is equal and what is not can be seen.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  await workbench.command('Pause Lab: Open the Course')
  await workbench.lessonChosen()
  await check('run all: every cell until docker kill has run', async () => {
    await workbench.command('Notebook: Run All')
    const last = await workbench.indexOf('docker kill alp1')
    await workbench.row(last).locator('.codicon-notebook-state-success').waitFor({ timeout: 60_000 })
  })
  await check('namespaces that are the same have one colour, others two', async () => {
    await workbench.bringIntoView(await workbench.indexOf('ls -1al /proc/$pid1/ns'))
    const colours = async (text) =>
      await workbench
        .output('ns: your run')
        .locator('.line', { hasText: text })
        .locator('.identity')
        .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).color))
    const [mine, joined] = await colours('net net:[')
    const [own, other] = await colours('ipc ipc:[')
    assert.equal(mine, joined)
    assert.notEqual(own, other)
  })
  await screenshot('namespaces')
}
