// The interface in Russian: commands, kernels, headings, facts, questions; and the course's Russian lessons.
import assert from 'node:assert/strict'

export const options = { locale: 'ru', settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  await check('the command has its Russian title, and the course opens in Russian', async () => {
    await workbench.command('Pause Lab: Открыть курс')
    await workbench.lessonChosen()
    const path = workbench.page.locator('.breadcrumbs-control, .tabs-breadcrumbs').first()
    await path.filter({ hasText: 'ru' }).waitFor()
  })
  await check('kernel, output and status bar speak Russian', async () => {
    await workbench.kernelLabel().filter({ hasText: 'Симуляция' }).waitFor()
    const first = workbench.page.locator('.notebookOverlay .code-cell-row').first()
    const index = Number(await first.getAttribute('data-index'))
    await workbench.run(index)
    await workbench.ranAs(index, 1)
    assert.match(await workbench.statusOf(index, /код завершения/), /^Завершено: код завершения 0, за \d/)
    await workbench.view.locator('h3', { hasText: 'ваш запуск в симуляции' }).waitFor()
  })
  await screenshot('russian')
}
