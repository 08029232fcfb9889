// The course's walk through pause.c: its source is a cell to edit, and stands below it with its notes.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true', { width: 1400, height: 900 })
  const { page, view } = workbench
  await workbench.command('Pause Lab: Open the Course')
  await workbench.quickPickRows().filter({ hasText: 'pause.c' }).first().click()
  await workbench.cellsShown()
  const figure = view.locator('.annotated-listing[data-file="pause.c"]')
  await figure.locator('.panes .line span').first().waitFor({ state: 'attached', timeout: 60_000 })
  await check('each marker of the source has its note', async () => {
    const { markers, notes } = await figure.evaluate((element) => ({
      markers: [...element.querySelectorAll('button.marker')].map((marker) => marker.dataset.note),
      notes: [...element.querySelectorAll('ol.notes > li')].map((note) => note.dataset.note),
    }))
    assert.ok(notes.length > 5)
    assert.deepEqual([...new Set(markers)], notes)
  })
  await check('the command brings it into view, and axe finds no serious fault', async () => {
    await workbench.command('Pause Lab: Step Through the Notes')
    await figure.locator('.lit').first().waitFor()
    await page.keyboard.press('j')
    await screenshot('pause.c')
    assert.deepEqual(await workbench.axe(), [])
  })
}
