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
  await workbench.bringIntoView(count)
  await workbench.view
    .locator('#option-1')
    .first()
    .evaluate((input) => input.click())
  await workbench.statusOf(count, /^You predicted/)
  await workbench.run(count)
  await workbench.ranAs(count, 2)
  await workbench.run(colours)
  await workbench.ranAs(colours, 3)
  const task = await workbench.indexOf('test -e done.txt')
  await workbench.bringIntoView(task)
  const folded = workbench.view.locator('pause-lab-hint:not([hidden]) summary, pause-lab-solution summary')
  await folded.evaluateAll((summaries) => summaries.map((summary) => summary.click()))
  for (const theme of themes) {
    await check(`axe finds no serious fault in ${theme}`, async () => {
      await workbench.theme(theme)
      await workbench.bringIntoView(colours)
      await workbench.output('colours: your run').locator('.identity').first().waitFor()
      await screenshot(`${theme} wide`)
      assert.deepEqual(await workbench.axe(), [])
      await workbench.bringIntoView(count)
      await workbench.output('count: your run').locator('p.stale:not([hidden])').waitFor()
      await screenshot(`${theme} stale`)
      assert.deepEqual(await workbench.axe(), [])
      await workbench.bringIntoView(task)
      await screenshot(`${theme} check`)
      assert.deepEqual(await workbench.axe(), [])
    })
  }
  await check('a prediction stands beside the result where there is room', async () => {
    await workbench.bringIntoView(count)
    const output = workbench.output('count: your run')
    const text = await output.locator('pre').first().boundingBox()
    const note = await output.locator('.note.prediction').boundingBox()
    assert.ok(note.x >= text.x + text.width && note.y < text.y + text.height, JSON.stringify({ text, note }))
  })
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
  await check('and below it where there is not', async () => {
    await workbench.bringIntoView(count)
    const output = workbench.output('count: your run')
    const text = await output.locator('pre').first().boundingBox()
    const note = await output.locator('.note.prediction').boundingBox()
    assert.ok(note.y >= text.y + text.height, JSON.stringify({ text, note }))
    await screenshot('narrow prediction')
  })
}
