// Stepping through the ten-line init in Russian: it starts with its arguments and waits for its child.
import assert from 'node:assert/strict'

export const options = { locale: 'ru', settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true', { width: 1400, height: 900 })
  const { page, view } = workbench
  await workbench.command('Pause Lab: Открыть курс')
  await workbench.quickPickRows().filter({ hasText: 'init в десять строк' }).first().click()
  await workbench.cellsShown()
  const figure = view.locator('.annotated-listing[data-step="init,sleep,2"]')
  for (let tries = 0; tries < 60 && (await figure.count()) === 0; tries += 1) await workbench.scroll(600)
  await figure.locator('.stepping').waitFor({ state: 'attached', timeout: 60_000 })
  const status = figure.locator('.process')
  const sentence = async (part) => {
    await status.filter({ hasText: part }).waitFor({ state: 'attached', timeout: 30_000 })
    return (await status.textContent()).replace(/PID \d+/, 'PID n')
  }
  const press = (action) => figure.locator(`button[data-action="${action}"]`).evaluate((button) => button.click())

  await check('it sleeps in wait4 until its child ends, two seconds later', async () => {
    await press('step')
    const seen = [await sentence('строка 5')]
    await press('run')
    seen.push(await sentence('S спит'))
    await press('run')
    await press('run')
    seen.push(await sentence('завершён'))
    assert.deepEqual(seen, [
      'строка 5 в main · PID n · R выполняется · строк впереди: 2',
      'строка 8 в main · PID n · S спит в wait4() (do_wait)',
      'завершён, код 0 · PID n',
    ])
  })
  /** Whether the panel stands within the window. */
  const isInView = async () => {
    const box = await figure.locator('.controls').boundingBox()
    return box !== null && box.y > 100 && box.y < 800
  }
  await press('restart')
  await sentence('перед первой строкой')
  await press('run')
  await sentence('S спит')
  for (const [width, look] of [
    [1400, 'wide'],
    [500, 'narrow'],
  ]) {
    await page.setViewportSize({ width, height: 900 })
    for (const theme of ['Light 2026', 'Dark Modern', 'Dark High Contrast']) {
      await check(`axe finds no serious fault in ${theme}, ${look}`, async () => {
        await workbench.theme(theme)
        // By Enter: in a narrow window the key's hint may stand over the entry.
        await workbench.findCommand('Pause Lab: Идти по примечаниям листинга')
        await page.keyboard.press('Enter')
        await page.waitForTimeout(700)
        assert.ok(await isInView(), 'the listing is not in view')
        await screenshot(`${theme} ${look}`)
        assert.deepEqual(await workbench.axe(), [])
      })
    }
  }
}
