// Annotated listings in Russian: the words of the listing, and how it looks wide and narrow in light and dark.
import assert from 'node:assert/strict'

export const options = { locale: 'ru', settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open(undefined, { width: 1400, height: 900 })
  const { page, view } = workbench
  await workbench.ready()
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'annotated.ru.lab.md' }).dblclick()
  const figure = view.locator('.annotated-listing').first()
  await figure.locator('.panes .line span').first().waitFor({ timeout: 60_000 })
  await workbench.command('View: Toggle Primary Side Bar Visibility')
  await check('the command takes the focus into the listing, which speaks Russian', async () => {
    await workbench.command('Pause Lab: Идти по примечаниям листинга')
    await figure.locator('.lit').first().waitFor()
    await page.keyboard.press('j')
    await figure.locator('.position', { hasText: '2 из 9' }).waitFor()
    assert.equal(await figure.getAttribute('aria-label'), 'Листинг с примечаниями: pause.c')
    const names = await figure
      .locator('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent))
    assert.deepEqual(names.slice(0, 5), [
      'Предыдущее примечание (k)',
      'Следующее примечание (j)',
      'Копировать',
      'Примечание 1, строка 9',
      'Примечание 2, строка 14',
    ])
  })
  for (const [width, look] of [
    [1400, 'wide'],
    [500, 'narrow'],
  ]) {
    await page.setViewportSize({ width, height: 900 })
    for (const theme of ['Light 2026', 'Dark Modern', 'Dark High Contrast']) {
      await check(`axe finds no serious fault in ${theme}, ${look}`, async () => {
        await workbench.theme(theme)
        await screenshot(`${theme} ${look}`)
        assert.deepEqual(await workbench.axe(), [])
      })
    }
  }
}
