// Colours for code: each grammar, and what is not known.
import { describe, expect, test } from 'vitest'
import { grammarOf, loadHighlighter, type Piece, type ThemeKind } from '../../src/notebook/highlight.ts'

async function pieces(language: string, code: string, id = '', kind: ThemeKind = 'light'): Promise<Piece[][]> {
  return (await loadHighlighter(language, { id, kind }))(code)
}

function colours(line: readonly Piece[] = []): string[] {
  return line.map(({ text, colour }) => `${text.trim()} ${colour ?? ''}`)
}

test('C', async () => {
  const [line] = await pieces('c', 'for (;;) pause(); /* 1 */')
  expect(colours(line)).toEqual(['for #af00db', '(;;) #000000', 'pause #795e26', '(); #000000', '/* 1 */ #008000'])
})

test('shell', async () => {
  const [line] = await pieces('sh', 'echo "$pid" # one')
  expect(colours(line)).toEqual([
    'echo #795e26',
    ' #000000',
    '" #a31515',
    '$pid #001080',
    '" #a31515',
    ' #000000',
    '# one #008000',
  ])
})

test('YAML', async () => {
  const [line] = await pieces('yaml', 'shareProcessNamespace: true')
  expect(colours(line)).toEqual(['shareProcessNamespace #800000', ': #000000', 'true #0000ff'])
})

test('JSON', async () => {
  const [line] = await pieces('json', '{"Pid": 1}')
  expect(colours(line)).toEqual(['{ #000000', '"Pid" #0451a5', ': #000000', '1 #098658', '} #000000'])
})

test('the pieces of each line are the line', async () => {
  const code = '#include <signal.h>\n\nint main() {\n\treturn 42; // "\n}'
  const lines = await pieces('c', code, '', 'dark')
  expect(lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code)
})

test('the theme decides: dark, and one that VS Code has by name', async () => {
  const first = async (id: string, kind: ThemeKind) => (await pieces('c', 'for', id, kind))[0]?.[0]?.colour
  expect(await Promise.all([first('Default Dark Modern', 'dark'), first('Monokai', 'dark')])).toEqual([
    '#c586c0',
    '#f92672',
  ])
})

describe('what is not known', () => {
  test.each(['', 'text', 'cobol', '__proto__', 'constructor', '"><script>'])(
    'the language %j is plain text',
    async (language) => {
      expect(grammarOf(language)).toBe(undefined)
      expect(await pieces(language, 'for (;;)\n\n<b>')).toEqual([[{ text: 'for (;;)' }], [], [{ text: '<b>' }]])
    },
  )

  test.each(['', 'My Theme', '__proto__', 'constructor', '"><script>'])('the theme %j is the usual one', async (id) => {
    expect(await pieces('c', 'for', id, 'high-contrast')).toEqual(await pieces('c', 'for', '', 'dark'))
  })
})
