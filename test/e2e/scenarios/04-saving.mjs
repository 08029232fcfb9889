// Opening and saving does not touch a byte; editing a cell changes that cell only.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot, server }) {
  const file = join(server.workspace, 'windows.lab.md')
  const before = await readFile(file, 'latin1')
  const workbench = await open()
  const { page } = workbench
  await workbench.openLesson('windows.lab.md')

  await check('running cells does not make the file dirty, saving writes nothing', async () => {
    const one = await workbench.indexOf('echo one')
    await workbench.run(one)
    await workbench.ranAs(one, 1)
    assert.equal(await page.locator('.tab.dirty').count(), 0)
    await page.keyboard.press('Control+S')
    assert.equal(await readFile(file, 'latin1'), before)
  })

  await check('an edit of one cell changes the bytes of that cell only', async () => {
    const two = await workbench.indexOf('echo two')
    await workbench.focus(two)
    await page.keyboard.press('End')
    await page.keyboard.type(' three')
    await page.locator('.tab.dirty').waitFor()
    await page.keyboard.press('Control+S')
    await page.locator('.tab.dirty').waitFor({ state: 'detached' })
    assert.equal(await readFile(file, 'latin1'), before.replace('echo two\r\n', 'echo two three\r\n'))
  })

  await check('a file whose edit was taken back has its old bytes', async () => {
    const two = await workbench.indexOf('echo two three')
    await workbench.focus(two)
    await page.keyboard.press('End')
    for (let i = 0; i < ' three'.length; i += 1) await page.keyboard.press('Backspace')
    await page.locator('.tab.dirty').waitFor()
    await page.keyboard.press('Control+S')
    await page.locator('.tab.dirty').waitFor({ state: 'detached' })
    assert.equal(await readFile(file, 'latin1'), before)
  })
  await screenshot('saved')
}
