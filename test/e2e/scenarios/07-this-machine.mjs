// The learner's own machine: never chosen by itself, asks once, runs what bash runs.
import assert from 'node:assert/strict'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open()
  await workbench.openLesson('tour.lab.md')
  const hello = await workbench.indexOf('echo "hello')
  await check('it is offered, and not chosen by itself', async () => {
    await workbench.kernelLabel().filter({ hasText: 'Simulated machine' }).waitFor()
    await workbench.selectKernel('This machine')
    await workbench.kernelLabel().filter({ hasText: 'This machine' }).waitFor()
  })
  await check('the first run asks, and a no runs nothing', async () => {
    await workbench.run(hello)
    await workbench.dialog().filter({ hasText: 'Run this lesson on your own machine?' }).waitFor()
    await screenshot('asked')
    assert.match(await workbench.dialog().innerText(), /One cell runs now: hello\.[^]*The lesson makes: file\/none\./)
    await workbench.page.keyboard.press('Escape')
    await workbench.dialog().waitFor({ state: 'detached' })
    assert.equal(await workbench.output('hello: your run').count(), 0)
  })
  await check('a yes runs the cell, and the next one is not asked about', async () => {
    await workbench.run(hello)
    await workbench.dialog().getByText('Run on This Machine').click()
    await workbench.ranAs(hello, 1)
    await workbench.output('hello: your run on this machine').waitFor()
    const slow = await workbench.indexOf('echo "it has begun"')
    await workbench.run(slow)
    await workbench.output('slow: your run').locator('.line', { hasText: 'it has begun' }).waitFor()
    await workbench.cancel(slow)
    await workbench.output('slow: your run').locator('.facts', { hasText: 'cancelled' }).waitFor()
  })
  await check('run all: every ordinary cell has run', async () => {
    await workbench.command('Notebook: Run All')
    const last = await workbench.indexOf('for i in')
    await workbench.row(last).locator('.codicon-notebook-state-success').waitFor()
  })
  await screenshot('ran')
}
