// What the extension costs: VS Code's own activation time, median of five fresh windows, and the size of the package.
// `node test/bench/activation.mjs [--vsix FILE]` prints one JSON object a line; exit code 1 when a limit does not hold.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installEditor, startBrowser, startEditor } from '../e2e/editor.mjs'
import { packaged } from '../e2e/packaged.mjs'
import { Workbench } from '../e2e/workbench.mjs'

const { values } = parseArgs({ options: { vsix: { type: 'string' } } })
const vsix = resolve(values.vsix ?? packaged())

report('activation_ms', median(await activations(5)), 'ms', 60)
report('vsix_mb', Math.round(((await stat(vsix)).size / 1e6) * 100) / 100, 'MB', 3)

async function activations(count) {
  const settings = { 'security.workspace.trust.enabled': false }
  const server = await startEditor({ editor: installEditor(), vsix, settings })
  const browser = await startBrowser()
  const times = []
  try {
    for (let i = 0; i < count; i += 1) {
      const page = await browser.open(`${server.url}?folder=${server.workspace}`)
      const workbench = new Workbench(page)
      await workbench.openLesson('tour.lab.md')
      await workbench.command('Developer: Show Running Extensions')
      const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Pause Lab' })
      await scrollTo(page, row)
      const text = await row.filter({ hasText: /\d+ms/ }).innerText()
      times.push(Number(/(\d+)ms/.exec(text)?.[1]))
      await page.context().close()
    }
  } finally {
    await browser.close()
    await server.stop()
  }
  return times
}

/** The list draws only the rows in view, and long tables of built-in extensions come first. */
async function scrollTo(page, row) {
  const list = page.locator('.runtime-extensions-editor .monaco-list')
  await list.waitFor()
  await list.hover()
  for (let turn = 0; turn < 200 && !(await row.isVisible()); turn += 1) {
    await page.mouse.wheel(0, 50)
    await page.waitForTimeout(50)
  }
}

function report(name, value, unit, limit) {
  const holds = value <= limit
  console.log(JSON.stringify({ name, value, unit, limit, holds }))
  if (!holds) process.exitCode = 1
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
}
