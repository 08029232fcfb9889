// A learner's first minute: a fresh window without a folder, the course, one click, and cell 1 has run.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  await check('the course opens without a question', async () => {
    await workbench.command('Pause Lab: Open the Course')
    await workbench.lessonChosen()
    assert.equal(await workbench.dialog().count(), 0)
  })
  await check('the simulated machine is selected', async () => {
    await workbench.kernelLabel().filter({ hasText: 'Simulated machine' }).waitFor()
  })
  await screenshot('opened')
  await check('one click runs cell 1, with no question in between', async () => {
    const index = await workbench.firstCell()
    await workbench.clickRun(index)
    await workbench.ranAs(index, 1)
    assert.equal(await workbench.dialog().count(), 0)
    assert.equal(await workbench.quickPickRows().first().isVisible(), false)
    await workbench.row(index).locator('.codicon-notebook-state-success').waitFor()
  })
  await check('axe finds no serious fault in the lesson', async () => {
    assert.deepEqual(await workbench.axe(), [])
  })
  await screenshot('cell-1-has-run')
}
