// The extension packaged now, for what drives it in a real VS Code.
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** Packages the extension; gives the file's path. */
export function packaged() {
  const file = join(root, 'build/pause-lab.vsix')
  execFileSync('npm', ['run', '--silent', 'package', '--', '--out', file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return file
}
