// What the terminal screen shows for bytes that programs write.
import { expect, test } from 'vitest'
import { terminalLines, terminalText, TerminalScreen } from '../../extension/common/terminal-screen.ts'

const cases: readonly [name: string, written: string, shown: string][] = [
  ['plain lines stay as they are', 'one\ntwo\n', 'one\ntwo\n'],
  ['a last line without a line feed is a line', 'one\ntwo', 'one\ntwo\n'],
  ['nothing shows nothing', '', ''],
  ['an empty line is kept', 'one\n\ntwo\n', 'one\n\ntwo\n'],
  ['CR LF is one line end', 'one\r\ntwo\r\n', 'one\ntwo\n'],
  ['carriage return overwrites, and what is longer stays', '100%\r5\n', '500%\n'],
  ['backspace moves left, the next character overwrites', 'ab\b\bxy\n', 'xy\n'],
  ['backspace at the first column stays there', '\b\ba\n', 'a\n'],
  ['erase to the end of the line', 'abcdef\x1b[3D\x1b[K!\n', 'abc!\n'],
  ['erase to the start of the line', 'abcdef\x1b[1D\x1b[1K\n', '      \n'],
  ['erase the whole line', 'abcdef\r\x1b[2Kx\n', 'x\n'],
  [
    'progress of docker pull: two lines up, rewritten',
    'a: wait\nb: wait\n\x1b[2A\x1b[2Ka: done\r\n\x1b[1B',
    'a: done\nb: wait\n',
  ],
  ['clear screen as watch(1) does', 'old\nold\n\x1b[H\x1b[2Jnew\n', 'new\n'],
  ['erase below', 'one\ntwo\nthree\x1b[1A\r\x1b[J\n', 'one\n\n'],
  ['cursor to a column', 'abc\x1b[2Gx\n', 'axc\n'],
  ['cursor right of the text leaves blanks', 'a\x1b[3Cb\n', 'a   b\n'],
  ['a window title (OSC, BEL) is no text', '\x1b]0;title\x07a\n', 'a\n'],
  ['a hyperlink (OSC 8, ST) shows its text', '\x1b]8;;http://x/\x1b\\link\x1b]8;;\x1b\\\n', 'link\n'],
  ['a device control string is no text', '\x1bPq#0\x1b\\a\n', 'a\n'],
  ['character set and private modes are no text', '\x1b(B\x1b[?25l\x1b=a\x1b[?25h\n', 'a\n'],
  ['BEL and NUL show nothing', 'a\x07\0b\n', 'ab\n'],
  ['tabs stay tabs', 'PID\tCMD\n', 'PID\tCMD\n'],
  ['a huge count does not fill the memory', 'a\x1b[999999999Cb\n', `a${' '.repeat(4095)}b\n`],
  ['markup is text', '<img src=x onerror=alert(1)>\n', '<img src=x onerror=alert(1)>\n'],
]

test.each(cases)('%s', (_name, written, shown) => {
  expect(terminalText([[1, written]])).toBe(shown)
})

test.each(cases)('cut after each character, still: %s', (_name, written, shown) => {
  const screen = new TerminalScreen()
  for (const character of written) screen.write(character, 1)
  expect(screen.lines().map((line) => line.map((run) => run.text).join(''))).toEqual(shown.split('\n').slice(0, -1))
})

test('colours become the pen of a run, until they are reset', () => {
  expect(terminalLines([[1, 'a\x1b[1;31mb\x1b[39mc\x1b[0md\n']])).toEqual([
    [
      { text: 'a', pen: '', fd: 1 },
      { text: 'b', pen: '1;31', fd: 1 },
      { text: 'c', pen: '1', fd: 1 },
      { text: 'd', pen: '', fd: 1 },
    ],
  ])
})

test('a palette colour 0 is no reset', () => {
  expect(terminalLines([[1, '\x1b[4;38;5;0mx']])).toEqual([[{ text: 'x', pen: '4;38;5;0', fd: 1 }]])
})

test('repeated colours do not pile up', () => {
  expect(terminalLines([[1, '\x1b[31m\x1b[32m\x1b[33mx']])).toEqual([[{ text: 'x', pen: '33', fd: 1 }]])
})

test('standard error stays apart on the same line', () => {
  expect(
    terminalLines([
      [1, 'out '],
      [2, 'err\n'],
    ]),
  ).toEqual([
    [
      { text: 'out ', pen: '', fd: 1 },
      { text: 'err', pen: '', fd: 2 },
    ],
  ])
})
