// Files that are hard to keep: generated markdown with every line end, broken fences and attributes, and raw bytes.
import * as fc from 'fast-check'

// The same files on every run. SEED=… tries others, RUNS=… more of them.
const { SEED, RUNS } = process.env
fc.configureGlobal({ seed: Number(SEED ?? 1), numRuns: Number(RUNS ?? 300) })

const lines = [
  '',
  '',
  ' ',
  '\t',
  'text',
  'Text with `code` and \\ at the end \\',
  '# Heading',
  'Setext',
  '===',
  '---',
  'title: x',
  'needs: [docker',
  '...',
  '- item',
  '  continued',
  '1. note',
  '2. note two',
  '10) ten',
  '   inside',
  '> quote',
  '> ```sh { name=quoted }',
  '> ```',
  '- ```sh { name=listed }',
  '  ```',
  '<!--',
  '-->',
  '<div>',
  '</div>',
  '<pre>',
  '</pre>',
  '    indented code',
  '```',
  '```',
  '````',
  '~~~',
  '```sh',
  '```sh { name=a }',
  '~~~bash { name=b after=a }',
  '  ```sh { name=c }',
  '```sh { name=a check exit=1 future=x }',
  '```sh {name= =x "q" on=moon exit=999',
  '```sh { } trailing',
  '```python { name=p cwd=/tmp }',
  '```c { file=a.c }',
  '```c { ignore=true }',
  '```js {1,3-4}',
  '```text { output=a ignore=true }',
  '```text { output=b when=docker<26.1 }',
  '```text { output= }',
  '```quiz { name=q before=a ignore=true }',
  '```hint { for=a ignore=true }',
  'ask: what?',
  'right: [1',
  'docker ps # (1)',
  'int x; // (2)',
  'echo one \\ # (3)',
  'a\u2028b',
  'NUL \0 here',
  'Кириллица 😀',
  '\uFEFF',
  '\uDCFF\uDC80',
  '| a | b |',
  '| - | - |',
  '[ref]: http://example.com',
]

const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')

/** One line end for the whole file, or a different one each line; with or without a last one; with or without a BOM. */
export const nastyText: fc.Arbitrary<string> = fc
  .record({
    bom: fc.constantFrom('', '', '', '\uFEFF'),
    rows: fc.array(fc.tuple(fc.constantFrom(...lines), lineEnd), { maxLength: 40 }),
    uniform: fc.option(lineEnd, { nil: undefined }),
    cut: fc.boolean(),
  })
  .map(({ bom, rows, uniform, cut }) => {
    const text = rows.map(([line, end]) => line + (uniform ?? end)).join('')
    return bom + (cut ? text.replace(/[\r\n]+$/, '') : text)
  })

const cellText = fc.array(fc.constantFrom('docker ps', 'echo hi # (1)', '', '  indented', '```', '~~~~'), {
  maxLength: 4,
})

const block = fc.oneof(
  fc.constantFrom(
    'Some text.',
    '# Heading',
    '- a list\n- of two',
    '> quote',
    '1. first\n2. second',
    '<!-- comment -->',
  ),
  fc.record({ text: cellText, tilde: fc.boolean(), future: fc.boolean() }).map(({ text, tilde, future }) => {
    const fence = tilde ? '~~~~~' : '`````'
    return `${fence}sh { name=NAME${future ? ' future=1' : ''} }\n${text.map((line) => `${line}\n`).join('')}${fence}`
  }),
  fc.constant('```text { output=NAME ignore=true }\nprinted\n```'),
  fc.constant('```quiz { name=NAME ignore=true }\nask: a\noptions: [b, c]\nright: 1\nwhy: d\n```'),
  fc.constant('```c { ignore=true }\nint x; // (1)\n```'),
  fc.constant('```sh\nplain\n```'),
)

/** A file in which nothing is broken and blocks stand apart, with all cells named; LF or CRLF throughout. */
export const tidyText: fc.Arbitrary<string> = fc
  .record({
    head: fc.constantFrom('', '---\ntitle: T\n---\n\n'),
    blocks: fc.array(block, { minLength: 1, maxLength: 10 }),
    crlf: fc.boolean(),
  })
  .map(({ head, blocks, crlf }) => {
    const named = blocks.map((text, index) => {
      const name = text.startsWith('```text') ? `n${index - 1}` : `n${index}`
      return text.replace('NAME', name)
    })
    const text = `${head}${named.join('\n\n')}\n`
    return crlf ? text.replaceAll('\n', '\r\n') : text
  })
