// The rooms' import directions hold: a planted fault of each kind is found, and the tree as it is has none.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let tree: string

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'pause-lab-imports-'))
  copyFileSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'))
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
})

afterAll(() => rmSync(tree, { recursive: true, force: true }))

/** The rules that the linter finds broken in one file with one import. */
function findings(file: string, imported: string): string {
  const path = join(tree, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `import { thing } from '${imported}'\nexport const own = thing\n`)
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=unix', path], { cwd: tree })
    return 'nothing'
  } catch (error) {
    const text = String((error as { stdout?: Buffer }).stdout ?? '')
    return text.includes('no-restricted-imports') ? 'no-restricted-imports' : text
  } finally {
    rmSync(path)
  }
}

test.each([
  ['src/notebook/x.ts', '../session/session.ts'],
  ['src/text/x.ts', '../sim/boot.ts'],
  ['src/xray/x.ts', '../sim/boot.ts'],
  ['src/session/x.ts', '../machine/backend.ts'],
  ['src/session/x.ts', '../sim/backend.ts'],
  ['src/session/x.ts', 'node:fs'],
  ['src/sim/x.ts', '../machine/backend.ts'],
  ['src/sim/kernel/x.ts', '../docker/engine.ts'],
  ['src/sim/kernel/x.ts', '../programs/ls.ts'],
  ['src/sim/docker/x.ts', '../docker-cli/main.ts'],
  ['src/sim/docker/x.ts', '../programs/ls.ts'],
  ['src/sim/docker/x.ts', '../kubernetes/cluster.ts'],
  ['src/sim/kernel/x.ts', '../containerd/boot.ts'],
  ['src/sim/kubernetes/x.ts', '../kubectl/main.ts'],
  ['src/sim/kubernetes/x.ts', 'node:fs'],
  ['src/sim/containerd/x.ts', '../crictl/main.ts'],
  ['src/sim/programs/x.ts', 'node:fs'],
  ['src/machine/x.ts', '../sim/backend.ts'],
  ['src/cli/x.ts', '../../extension/extension.ts'],
  ['src/cli/x.ts', 'vscode'],
])('%s may not import %s', (file, imported) => {
  expect(findings(file, imported)).toBe('no-restricted-imports')
})

test.each([
  ['src/session/x.ts', '../notebook/lesson.ts'],
  ['src/sim/docker/x.ts', '../kernel/kernel.ts'],
  ['src/sim/docker-cli/x.ts', '../docker/api.ts'],
  ['src/sim/kubectl/x.ts', '../kubernetes/cluster.ts'],
  ['src/sim/crictl/x.ts', '../containerd/boot.ts'],
  ['src/machine/x.ts', 'node:fs'],
  ['src/cli/x.ts', '../session/session.ts'],
])('%s may import %s', (file, imported) => {
  expect(findings(file, imported)).toBe('nothing')
})
