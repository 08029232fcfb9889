// Drives a real VS Code with the packaged extension: `node test/e2e/run.mjs [--vsix FILE] [--only NAME]`.
// Prints a line a check and `N passed, N failed` at the end; exit code 1 when one failed. Screenshots: build/screenshots/.
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installEditor, screenshots, startBrowser, startEditor } from './editor.mjs'
import { packaged } from './packaged.mjs'
import { Workbench } from './workbench.mjs'

const { values } = parseArgs({ options: { vsix: { type: 'string' }, only: { type: 'string', multiple: true } } })
const vsix = resolve(values.vsix ?? packaged())
const editor = installEditor()
const browser = await startBrowser()
const counts = { passed: 0, failed: 0 }
await rm(screenshots, { recursive: true, force: true })
await mkdir(screenshots, { recursive: true })

const files = (await readdir(join(import.meta.dirname, 'scenarios'))).filter((file) => file.endsWith('.mjs')).toSorted()
for (const file of files) {
  const name = file.replace('.mjs', '')
  if (values.only !== undefined && !values.only.some((wanted) => name.includes(wanted))) continue
  const scenario = await import(`./scenarios/${file}`)
  const missing = scenario.needs?.()
  if (missing) {
    console.log(`left out  ${name}: ${missing}`)
    continue
  }
  await play(name, scenario)
}
await browser.close()
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed > 0 ? 1 : 0

async function play(name, scenario) {
  const server = await startEditor({ editor, vsix, ...scenario.options })
  let page
  const context = {
    server,
    /** Opens a page in a fresh browser profile; `query` as VS Code reads it. */
    async open(query = `?folder=${server.workspace}`, viewport = undefined) {
      page = await browser.open(server.url + query, viewport)
      return new Workbench(page)
    },
    async check(fact, body) {
      try {
        await body()
        counts.passed += 1
        console.log(`passed  ${name}: ${fact}`)
      } catch (error) {
        counts.failed += 1
        console.log(`FAILED  ${name}: ${fact}\n${String(error?.stack ?? error).replaceAll(/^/gm, '        ')}`)
        await context.screenshot(`failed-${fact}`)
        await page?.keyboard.press('Escape').catch(() => undefined)
      }
    },
    async screenshot(title) {
      const path = join(screenshots, `${name}-${title.replaceAll(/[^\w-]+/g, '-').slice(0, 60)}.png`)
      await page?.screenshot({ path }).catch(() => undefined)
    },
  }
  try {
    await scenario.run(context)
  } catch (error) {
    await context.check('runs to its end', async () => {
      throw error
    })
  } finally {
    await page?.context().close()
    await server.stop()
  }
}
