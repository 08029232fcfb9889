// The same lesson in light, dark and both high-contrast themes, wide and narrow: screenshots, and axe on each.
import assert from 'node:assert/strict'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

const themes = ['Light 2026', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast']

export async function run({ open, check, screenshot }) {
  const workbench = await open()
  await workbench.openLesson('tour.lab.md')
  await workbench.command('View: Toggle Primary Side Bar Visibility')
  const colours = await workbench.indexOf('printf')
  await workbench.run(colours)
  await workbench.ranAs(colours, 1)
  const count = await workbench.indexOf('n=$((n+1))')
  await workbench.run(count)
  await workbench.ranAs(count, 2)
  for (const theme of themes) {
    await check(`axe finds no serious fault in ${theme}`, async () => {
      await workbench.theme(theme)
      await workbench.bringIntoView(colours)
      await workbench.output('colours: your run').locator('.identity').first().waitFor()
      await screenshot(`${theme} wide`)
      assert.deepEqual(await workbench.axe(), [])
    })
  }
  await check('the outputs fit a narrow window', async () => {
    await workbench.page.setViewportSize({ width: 620, height: 900 })
    await workbench.bringIntoView(colours)
    const output = workbench.output('colours: your run')
    const { width, right } = await output.evaluate((section) => {
      const { width, right } = section.getBoundingClientRect()
      return { width, right }
    })
    const visible = await output.evaluate(() => document.documentElement.clientWidth)
    assert.ok(width > 200 && right <= visible, `${width} wide, ends at ${right} of ${visible}`)
    await screenshot('Light High Contrast narrow')
  })
}
