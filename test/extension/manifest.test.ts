// The manifest and the source have the same commands, in order, and those that need a lesson are hidden without one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

interface Manifest {
  contributes: Record<string, unknown> & {
    commands: { command: string; enablement?: string }[]
    menus: Record<string, { command: string; when: string }[]>
    walkthroughs: { steps: { media: { svg: string } }[] }[]
  }
}

const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const commands = contributes.commands.map(({ command }) => command)

test('contributions and commands are sorted', () => {
  expect([Object.keys(contributes), commands]).toEqual([Object.keys(contributes).toSorted(), commands.toSorted()])
})

test('each command is registered; only what another part calls is registered besides', () => {
  const source = readFileSync(join(root, 'extension/commands.ts'), 'utf8')
  const table = /const commands[^]*?= \{([^]*?)\n {2}\}/.exec(source)?.[1] ?? ''
  const registered = [...table.matchAll(/^ {4}(\w+)[:,]/gm)].map(([, name]) => `pause-lab.${name}`)
  expect(registered.filter((command) => command !== 'pause-lab.openLesson')).toEqual(commands)
})

test('a command that needs a lesson is hidden from the palette where none is open', () => {
  const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => /notebookType|false/.test(when))
  const wanted = contributes.commands.filter(({ enablement }) => enablement?.includes('notebookType') === true)
  expect(hidden.map(({ command }) => command)).toEqual(expect.arrayContaining(wanted.map(({ command }) => command)))
})
