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
    const index = await workbench.firstCell()
    await workbench.run(index)
    await workbench.ranAs(index, 1)
    assert.match(await workbench.statusOf(index, /код завершения/), /^Завершено: код завершения 0, за \d/)
    await workbench.view.locator('h3', { hasText: 'ваш запуск в симуляции' }).waitFor()
  })
  await screenshot('russian')
  await check('an edited cell is stale in Russian too, and so are the course and its commands', async () => {
    const index = await workbench.firstCell()
    await workbench.focus(index)
    await workbench.page.keyboard.press('End')
    await workbench.page.keyboard.type(' ')
    assert.equal(await workbench.statusOf(index, /^Устарело/), 'Устарело: После этого ячейку изменили.')
    await workbench.page.keyboard.press('Backspace')
    await workbench.page.locator('.activitybar [aria-label^="Pause Lab"]').first().click()
    await workbench.page.locator('.pane-body .monaco-list-row[aria-label*=" % · "]').first().waitFor()
    await workbench.command('Pause Lab: Начать отсюда')
  })
  await screenshot('course')
}
