// The same listings in VS Code's own markdown preview, drawn by the same plugin and the same script; also where the
// workspace is not trusted.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export const options = {
  settings: { 'workbench.editorAssociations': { '*.lab.md': 'vscode.markdown.preview.editor' } },
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export async function run({ open, check, screenshot }) {
  const workbench = await open(undefined, { width: 1400, height: 900 })
  const { page } = workbench
  await workbench.ready()
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'annotated.lab.md' }).dblclick()
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
  const figure = preview.locator('.annotated-listing').first()
  await figure.locator('.panes .line span').first().waitFor({ timeout: 60_000 })
  await workbench.command('View: Toggle Primary Side Bar Visibility')
  const frame = () => page.frames().find((candidate) => candidate.url().includes('fake.html'))
  const at = (index) => figure.locator('.lit').nth(index)

  await check('all five listings are drawn', async () => {
    assert.equal(await preview.locator('.annotated-listing .panes').count(), 5)
  })
  await check('the keys step through the notes', async () => {
    await figure.locator('.marker').first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    assert.equal(await at(0).getAttribute('data-line'), '19')
    assert.equal(await at(1).getAttribute('data-note'), '3')
  })
  for (const theme of ['Light 2026', 'Dark Modern', 'Dark High Contrast']) {
    await check(`axe finds no serious fault in a listing in ${theme}`, async () => {
      await workbench.theme(theme)
      await screenshot(`${theme}`)
      await frame().evaluate(`${axe};0`)
      const look = async () => {
        const { violations } = await frame().evaluate('axe.run(".annotated-listing")')
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      }
      // A preview takes its colours on some frames after the window does.
      let serious = await look()
      for (let tries = 0; tries < 20 && serious.length > 0; tries += 1) {
        await page.waitForTimeout(250)
        serious = await look()
      }
      assert.deepEqual(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        [],
      )
    })
  }
  await check('nothing hostile has run', async () => {
    assert.equal(await frame().evaluate('window.hostile'), undefined)
    assert.equal(await preview.locator('.annotated-listing :is(script, img, [onerror], [onclick])').count(), 0)
  })
  await check('on paper all notes are there, and no buttons', async () => {
    await page.emulateMedia({ media: 'print' })
    const { cut, buttons } = await figure.evaluate((element) => ({
      cut: [...element.querySelectorAll('pre, ol')].filter((pane) => pane.scrollHeight > pane.clientHeight + 1).length,
      buttons: [...element.querySelectorAll('.bar button')].filter((button) => button.checkVisibility()).length,
    }))
    assert.deepEqual({ cut, buttons }, { cut: 0, buttons: 0 })
    await page.emulateMedia({ media: null })
  })
}
