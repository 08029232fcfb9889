// A lesson as an editor's notebook, and back to bytes.
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText, encodeText } from '../../src/notebook/bytes.ts'
import { type Lesson, readLessonText } from '../../src/notebook/lesson.ts'
import {
  fromNotebookCells,
  type Notebook,
  type NotebookCell,
  toNotebookCells,
} from '../../src/notebook/notebook-cells.ts'
import { nastyText, tidyText } from './arbitrary.ts'

/** As an editor hands it back: through JSON. */
function notebook(text: string): Notebook {
  return JSON.parse(JSON.stringify(toNotebookCells(readLessonText(text)))) as Notebook
}

function saved({ metadata, cells }: Notebook, change: (cells: NotebookCell[]) => readonly NotebookCell[]): string {
  return decodeText(fromNotebookCells({ metadata, cells: change([...cells]) }))
}

function edited(text: string, index: number, value: string): string {
  return saved(notebook(text), (cells) =>
    cells.map((cell, at) => (at === index ? Object.assign(cell, { value }) : cell)),
  )
}

const code: NotebookCell = { kind: 'code', language: 'shellscript', value: 'ls' }
const markdown: NotebookCell = { kind: 'markdown', language: 'markdown', value: 'New.' }

describe('the cells', () => {
  const sample = readFileSync(new URL('fixtures/00-who-buries-the-dead.en.lab.md', import.meta.url), 'utf8')

  test('of the sample lesson: text, questions, hints and code; listings belong to their cell', () => {
    const { cells } = notebook(sample)
    expect(
      cells.map(({ kind, language, metadata }) => [kind, language, metadata?.kind, metadata?.name ?? ''].join(' ')),
    ).toEqual([
      'markdown markdown markdown ',
      'markdown markdown quiz recall-orphan',
      'markdown markdown markdown ',
      'code shellscript cell lazy',
      'markdown markdown markdown ',
      'markdown markdown quiz guess-look',
      'code shellscript cell look',
      'markdown markdown markdown ',
      'code shellscript cell check-tidy',
      'markdown markdown hint ',
      'markdown markdown hint ',
      'code shellscript cell solve-tidy',
    ])
  })

  test('carry the listing to show before the first run', () => {
    const look = notebook(sample).cells.find(({ metadata }) => metadata?.name === 'look')
    expect(look?.metadata?.recorded).toBe(
      'PID   PPID  STAT COMMAND\n    1     0 S    sleep\n<pid:a>    1 Z    sleep\n<pid:b>    0 R    ps',
    )
  })

  test('show LF text, whatever the file has', () => {
    expect(notebook('A.\r\nB.\r\n\r\n```sh\r\none\r\ntwo\r\n```\r\n').cells.map(({ value }) => value)).toEqual([
      'A.\nB.',
      'one\ntwo',
    ])
  })

  test('leave source blocks in the text, beside their notes', () => {
    expect(
      notebook('A.\n\n```c { ignore=true }\nint x; // (1)\n```\n\n1. One.\n').cells.map(({ value }) => value),
    ).toEqual(['A.\n\n```c { ignore=true }\nint x; // (1)\n```\n\n1. One.'])
  })
})

describe('saving', () => {
  test('without a change gives the same bytes, for any file', () => {
    fc.assert(fc.property(nastyText, (text) => saved(notebook(text), (cells) => cells) === text))
  })

  test('without a change gives the same bytes if the editor turned all line ends into CRLF', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const crlf = (cell: NotebookCell) => Object.assign(cell, { value: cell.value.replaceAll('\n', '\r\n') })
        expect(saved(notebook(text), (cells) => cells.map(crlf))).toBe(text)
      }),
    )
  })

  test('any bytes gives the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeText(saved(notebook(decodeText(bytes)), (cells) => cells))).toEqual(bytes)
      }),
    )
  })

  test('an edited code cell changes only what is in its fence, in any file', () => {
    fc.assert(
      fc.property(nastyText, fc.nat(), fc.constantFrom('new', '', 'a\n```\nb', '~~~~~~\n'), (text, pick, value) => {
        const { cells, metadata } = notebook(text)
        const codes = cells.filter(({ kind }) => kind === 'code')
        const cell = codes[pick % Math.max(1, codes.length)]
        fc.pre(cell !== undefined)
        const sourceOf = (cell: NotebookCell) =>
          `${cell.metadata?.source}${cell.metadata?.hidden}${cell.metadata?.after}`
        const at = cells.indexOf(cell)
        const head = [metadata.lead, metadata.frontMatterSource, metadata.frontMatterAfter]
        const before = [...head, ...cells.slice(0, at).map(sourceOf)].join('')
        const behind = `${cell.metadata?.hidden}${cell.metadata?.after}${cells
          .slice(at + 1)
          .map(sourceOf)
          .join('')}`
        const after = edited(text, at, value)
        expect([after.slice(0, before.length), after.slice(after.length - behind.length)]).toEqual([before, behind])
      }),
    )
  })

  test('an edited text cell keeps the other cells, in any file', () => {
    fc.assert(
      fc.property(
        nastyText,
        fc.nat(),
        fc.constantFrom('new', '```\nopen', '<!-- open', '- a', '<div>'),
        (text, pick, value) => {
          const before = notebook(text)
          const texts = before.cells.filter(({ metadata }) => metadata?.kind === 'markdown')
          const cell = texts[pick % Math.max(1, texts.length)]
          fc.pre(cell !== undefined)
          const codes = (cells: readonly NotebookCell[]) =>
            cells.filter(({ kind }) => kind === 'code').map(({ value }) => value)
          const after = notebook(edited(text, before.cells.indexOf(cell), value))
          expect(codes(after.cells)).toEqual(codes(before.cells))
        },
      ),
    )
  })

  test('a cell removed from a tidy file leaves the other cells as they were', () => {
    fc.assert(
      fc.property(tidyText, fc.nat(), (text, pick) => {
        const before = notebook(text)
        const at = pick % before.cells.length
        const sources = (cells: readonly NotebookCell[]) =>
          cells.map(({ metadata }) => `${metadata?.source}${metadata?.hidden}`)
        const after = saved(before, (cells) => cells.toSpliced(at, 1))
        const rest = sources(before.cells.toSpliced(at, 1))
        const lineEnd = before.metadata.lineEnd
        const head = before.metadata.frontMatterSource
        expect(after).toBe([...(head === '' ? [] : [head]), ...rest].join(lineEnd))
      }),
    )
  })

  test('cells of a tidy file in another order take their bytes along', () => {
    fc.assert(
      fc.property(tidyText, fc.nat(), fc.nat(), (text, from, to) => {
        const before = notebook(text)
        const order = [...before.cells]
        const moved = order.splice(from % order.length, 1)
        order.splice(to % (order.length + 1), 0, ...moved)
        const { frontMatterSource: head, lineEnd } = before.metadata
        const list = (value: string) => /^(?:- |\d\. |1\. )/.test(value.split('\n').at(-1) ?? '')
        fc.pre(!order.some(({ value }) => list(value)))
        const sources = order.map(({ metadata }) => `${metadata?.source}${metadata?.hidden}`)
        expect(saved(before, () => order)).toBe([...(head === '' ? [] : [head]), ...sources].join(lineEnd))
      }),
    )
  })

  test('new cells are set apart, in the line ends of the file', () => {
    expect(saved(notebook('A.\r\n'), (cells) => [...cells, code, markdown])).toBe(
      'A.\r\n\r\n```sh\r\nls\r\n```\r\n\r\nNew.\r\n',
    )
  })

  test('a new cell gets a name where the others have one', () => {
    expect(saved(notebook('```sh { name=a }\n```\n'), (cells) => [...cells, code])).toBe(
      '```sh { name=a }\n```\n\n```sh { name=cell-2 }\nls\n```\n',
    )
  })

  test('a new cell in a language that is not a shell gets a name, so that it is a cell', () => {
    expect(saved(notebook(''), () => [{ kind: 'code', language: 'python', value: 'print(1)' }])).toBe(
      '```python { name=cell-1 }\nprint(1)\n```\n',
    )
  })

  test('a copied cell gets a name of its own, and no listing', () => {
    const text = '```sh { name=a future=1 }\nls\n```\n\n```text { output=a ignore=true }\n1\n```\n'
    expect(saved(notebook(text), ([cell = code]) => [cell, cell])).toBe(
      `${text}\n\`\`\`sh { name=a-2 future=1 }\nls\n\`\`\`\n`,
    )
  })

  test('a cell in another language has the other word in its fence', () => {
    const python = (cells: NotebookCell[]) => cells.map((cell) => Object.assign(cell, { language: 'python' }))
    expect(saved(notebook('```sh {  after=b }\nls\n```\n'), python)).toBe(
      '```python {  after=b name=cell-1 }\nls\n```\n',
    )
  })

  test('code turned into text loses its fence, text turned into code gets one', () => {
    expect(
      saved(notebook('A.\n\n```sh\nls\n```\n'), ([text = code, cell = code]) => [
        Object.assign(text, { kind: 'code', language: 'shellscript' }),
        Object.assign(cell, { kind: 'markdown', language: 'markdown' }),
      ]),
    ).toBe('```sh\nA.\n```\n\nls\n')
  })

  test('an emptied text cell is gone', () => {
    expect(edited('A.\n\n```sh\n```\n\nB.\n', 0, '')).toBe('```sh\n```\n\nB.\n')
  })

  test('without metadata writes the cells as new ones', () => {
    expect(decodeText(fromNotebookCells({ cells: [markdown, code] }))).toBe('New.\n\n```sh\nls\n```\n')
  })

  test('the front matter stays, whatever happens to the cells', () => {
    expect(saved(notebook('\uFEFF---\ntitle: [broken\n---\n\n\nA.\n'), () => [code])).toBe(
      '\uFEFF---\ntitle: [broken\n---\n\n\n```sh\nls\n```\n',
    )
  })
})

test('the lesson head is plain data', () => {
  const lesson: Lesson = readLessonText('---\ntitle: A\nminutes: 5\nneeds: [docker]\n---\n')
  expect(toNotebookCells(lesson).metadata.frontMatter).toEqual({
    title: 'A',
    minutes: 5,
    needs: ['docker'],
    creates: [],
    objectives: [],
  })
})
