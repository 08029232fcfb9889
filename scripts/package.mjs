// `npm run package [-- --out FILE]`: the extension as a .vsix, from a copy of what belongs into it: the package's files without the command line.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createVSIX } from '@vscode/vsce'

const root = fileURLToPath(new URL('..', import.meta.url))
const staging = join(root, 'build', 'extension')
const { values } = parseArgs({ options: { out: { type: 'string' } } })
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const files = ['package.json', 'package.nls.json', 'package.nls.ru.json', 'README.md']
const isCommandLine = (path) => /[\\/]dist[\\/]cli[^\\/]*$/.test(path)

rmSync(staging, { recursive: true, force: true })
mkdirSync(staging, { recursive: true })
for (const name of [...files, ...manifest.files.filter((each) => !each.includes('*'))]) {
  cpSync(join(root, name), join(staging, name), { recursive: true, filter: (path) => !isCommandLine(path) })
}
await createVSIX({
  cwd: staging,
  dependencies: false,
  packagePath: resolve(values.out ?? join(root, `${manifest.name}-${manifest.version}.vsix`)),
})
