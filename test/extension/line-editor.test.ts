// Keys into a line: what is entered, and what the screen shows.
import { expect, test } from 'vitest'
import { type Completion, LineEditor } from '../../extension/common/line-editor.ts'
import { terminalText } from '../../extension/common/terminal-screen.ts'

const left = '\x1b[D'
const up = '\x1b[A'
const down = '\x1b[B'

/** Types into an editor that prompts again after each line. Returns the lines entered and the screen. */
async function type(keys: string, candidates: readonly string[] = []): Promise<{ lines: string[]; screen: string }> {
  const lines: string[] = []
  let written = ''
  const editor = new LineEditor({
    write: (text) => {
      written += text
    },
    submit(line) {
      lines.push(line)
      editor.begin('$ ', 2)
    },
    discard() {
      lines.push('(discarded)')
      editor.begin('$ ', 2)
    },
    interrupt: () => lines.push('(interrupted)'),
    end: () => lines.push('(end)'),
    complete: async (line): Promise<Completion> => ({ start: line.lastIndexOf(' ') + 1, candidates }),
  })
  editor.begin('$ ', 2)
  editor.input(keys)
  // Completion answers in a later turn.
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return { lines, screen: terminalText([[1, written]]) }
}

const edits: readonly [name: string, keys: string, line: string][] = [
  ['a line', 'docker ps\r', 'docker ps'],
  ['Backspace', 'pss\x7f\r', 'ps'],
  ['Left and a letter', `pwd${left}${left}X\r`, 'pXwd'],
  ['Delete', `abc${left}\x1b[3~\r`, 'ab'],
  ['Ctrl-A and Ctrl-E', 'b\x01a\x05c\r', 'abc'],
  ['Ctrl-U', 'wrong\x15right\r', 'right'],
  ['Ctrl-K', `ab${left}\x0b\r`, 'a'],
  ['Ctrl-W', 'docker rm alp1\x17alp2\r', 'docker rm alp2'],
  ['Alt-B', 'echo hello\x1bbX\r', 'echo Xhello'],
  ['letters outside ASCII', 'эхо🙂\x7f!\r', 'эхо!'],
  ['an unknown key does nothing', 'a\x1b[15~b\r', 'ab'],
]

test.each(edits)('%s', async (_, keys, line) => {
  expect((await type(keys)).lines).toEqual([line])
})

test('Up brings entered lines back, Down the line that was begun', async () => {
  expect((await type(`one\rtwo\rthr${up}${up}${down}${down}ee\r${up}${up}\r`)).lines).toEqual([
    'one',
    'two',
    'three',
    'two',
  ])
})

test('Ctrl-C drops the line', async () => {
  expect((await type('rm -r\x03ls\r')).lines).toEqual(['(discarded)', 'ls'])
})

test('Ctrl-D ends on an empty line only', async () => {
  expect((await type('a\x04\x7f\x04')).lines).toEqual(['(end)'])
})

test('pasted lines are entered one after the other', async () => {
  expect((await type('one\rtwo\r')).lines).toEqual(['one', 'two'])
})

test('Tab fills in what all candidates share, then lists them', async () => {
  expect(await type('docker al\t\t', ['alp1', 'alp2'])).toEqual({
    lines: [],
    screen: '$ docker alp\nalp1  alp2\n$ docker alp\n',
  })
})

test('Tab on the only candidate ends the word', async () => {
  expect((await type('docker al\tx\r', ['alp1'])).lines).toEqual(['docker alp1 x'])
})

test('a line longer than the screen is drawn over its own rows', async () => {
  const { screen } = await type(`${'a'.repeat(100)}\x7f`)
  expect(screen.replaceAll('\n', '')).toBe(`$ ${'a'.repeat(99)}`)
})

test('Ctrl-C while no line is taken interrupts', () => {
  const seen: string[] = []
  const editor = new LineEditor({
    write: () => undefined,
    submit: (line) => seen.push(line),
    discard: () => seen.push('(discarded)'),
    interrupt: () => seen.push('(interrupted)'),
    end: () => undefined,
    complete: async () => ({ start: 0, candidates: [] }),
  })
  editor.input('typed ahead\x03')
  expect(seen).toEqual(['(interrupted)'])
})
