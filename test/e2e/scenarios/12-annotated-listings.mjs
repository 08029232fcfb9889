// Annotated listings in a notebook: drawn in every kind of theme, wide and narrow, stepped through by keys alone, copied
// without markers; what is hostile in them is text.
import assert from 'node:assert/strict'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

const themes = ['Light 2026', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast', 'Solarized Light', 'Monokai']

export async function run({ open, check, screenshot }) {
  const tour = await open()
  await tour.openLesson('tour.lab.md')
  await check('a lesson without listings loads nothing that draws them', async () => {
    await tour.output('hello').waitFor()
    const names = await renderersOf(tour.page)
    assert.deepEqual(
      names.filter((name) => ['listings', 'highlight', 'c', 'light'].includes(name)),
      [],
    )
    assert.ok(names.includes('markdown'), names.join())
  })
  await tour.page.context().close()

  const workbench = await open(undefined, { width: 1400, height: 900 })
  const { page, view } = workbench
  await workbench.ready()
  // The lesson begins with text: its first cell is out of view.
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'annotated.lab.md' }).dblclick()
  const figures = view.locator('.annotated-listing')
  const first = figures.first()
  await first.locator('.panes .line span').first().waitFor({ timeout: 60_000 })
  await workbench.command('View: Toggle Primary Side Bar Visibility')

  const lit = () =>
    first.evaluate((figure) => ({
      lines: [...figure.querySelectorAll('.line.lit')].map((line) => Number(line.dataset.line)),
      notes: [...figure.querySelectorAll('li.lit')].map((note) => Number(note.dataset.note)),
      focus: figure.getRootNode().activeElement?.getAttribute('aria-label') ?? null,
    }))
  /** Whether both that are lit stand within the panes that hold them. */
  const inView = () =>
    first.evaluate((figure) =>
      [...figure.querySelectorAll('.lit')].every((element) => {
        const pane = element.closest('pre, ol.notes').getBoundingClientRect()
        const { top, bottom } = element.getBoundingClientRect()
        return top >= pane.top - 1 && bottom <= pane.bottom + 1
      }),
    )

  await check('of grammars and themes only those are loaded that it needs', async () => {
    await figures.nth(1).locator('.panes .line span').first().waitFor({ state: 'attached' })
    const names = (await renderersOf(page)).filter((name) =>
      ['c', 'dark', 'json', 'light', 'monokai', 'shellscript', 'yaml'].includes(name),
    )
    assert.deepEqual([...new Set(names)].toSorted(), ['c', 'light', 'yaml'])
  })
  await check('by keys alone: j enters the listing, then j, k, arrows, Home, End and Escape', async () => {
    for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('j')
    await first.locator('.lit').first().waitFor()
    const seen = [await lit()]
    for (const key of ['j', 'ArrowDown', 'ArrowRight', 'k', 'ArrowUp', 'End', 'j', 'Home', 'k', 'Escape', 'j']) {
      await page.keyboard.press(key)
      seen.push(await lit())
    }
    const line = [9, 14, 19, 23, 27, 28, 32, 33, 35]
    const at = (note) => ({ lines: [line[note - 1]], notes: [note], focus: `Note ${note}, line ${line[note - 1]}` })
    const none = { lines: [], notes: [], focus: 'Note 1, line 9' }
    assert.deepEqual(seen, [at(1), at(2), at(3), at(4), at(3), at(2), at(9), at(9), at(1), at(1), none, at(1)])
  })
  await check('the line and its note are always in view', async () => {
    for (let note = 1; note <= 9; note += 1) {
      for (let tries = 0; tries < 20 && !(await inView()); tries += 1) await page.waitForTimeout(100)
      assert.ok(await inView(), `note ${note}`)
      await page.keyboard.press('j')
    }
  })
  await check('a click on a note lights its line, the pointer over a line its note', async () => {
    await first.locator('li[data-note="3"]').evaluate((note) => note.click())
    assert.deepEqual((await lit()).lines, [19])
    await first
      .locator('.line[data-line="33"]')
      .evaluate((element) => element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })))
    assert.deepEqual((await lit()).notes, [8])
    await first.evaluate((figure) => figure.dispatchEvent(new MouseEvent('mouseleave')))
    assert.deepEqual((await lit()).notes, [3])
  })
  await check('what is selected or copied has no markers', async () => {
    const { selectable, copied } = await first.evaluate(async (figure) => {
      let copied = ''
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => (copied = text) } })
      figure.querySelector('.bar button:last-of-type').click()
      return { selectable: figure.querySelector('pre').textContent, copied }
    })
    assert.equal(copied, selectable)
    assert.match(copied, /^#include <signal.h>\n[^]* {4}pause\(\);\n {2}fprintf[^]*}\n$/)
  })
  for (const theme of themes) {
    await check(`axe finds no serious fault in ${theme}`, async () => {
      await workbench.theme(theme)
      await screenshot(`${theme} wide`)
      assert.deepEqual(await workbench.axe(), [])
    })
  }
  await check('nothing hostile has run', async () => {
    const frame = page.frames().find((candidate) => candidate.url().includes('fake.html'))
    assert.equal(await frame.evaluate('window.hostile'), undefined)
    const hostile = figures.nth(4)
    await hostile.waitFor({ state: 'attached' })
    assert.equal(await hostile.locator('script, img, [onerror], [onclick], a').count(), 0)
    assert.match(await hostile.textContent(), /<script>window.hostile = 'listing'<\/script>/)
  })
  await workbench.theme('Dark Modern')
  for (const part of ['second', 'third']) {
    await workbench.scroll(700)
    await screenshot(`Dark Modern ${part} part`)
  }
  await workbench.scroll(-10_000)
  await check('in a narrow window the notes stand below the code', async () => {
    await page.setViewportSize({ width: 500, height: 900 })
    await page.waitForTimeout(800)
    await workbench.scroll(250)
    const { codeBottom, notesTop, right } = await first.evaluate((figure) => ({
      codeBottom: figure.querySelector('pre').getBoundingClientRect().bottom,
      notesTop: figure.querySelector('ol').getBoundingClientRect().top,
      right: figure.getBoundingClientRect().right - document.documentElement.clientWidth,
    }))
    assert.ok(notesTop >= codeBottom && right <= 0, JSON.stringify({ codeBottom, notesTop, right }))
    await screenshot('narrow')
    assert.deepEqual(await workbench.axe(), [])
  })
}

/** The first words in the names of the files of ours that the web view of outputs has loaded. */
async function renderersOf(page) {
  const frame = page.frames().find((candidate) => candidate.url().includes('fake.html'))
  const urls = await frame.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  return urls.map((url) => /\/renderers\/([a-z]+)[\w-]*\.js/.exec(url)?.[1]).filter((name) => name !== undefined)
}
