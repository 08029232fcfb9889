// Which fenced blocks are cells, and what their attributes mean.
import { describe, expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'

function kindsOf(text: string): string[] {
  return readLessonText(text).segments.map((segment) =>
    'name' in segment ? `${segment.kind} ${segment.name}` : segment.kind,
  )
}

describe('a fenced block', () => {
  const cases: Record<string, [info: string, kinds: string[]]> = {
    'with a name is a cell': ['sh { name=a }', ['cell a']],
    'with a name is a cell in any language': ['python { name=a }', ['cell a']],
    'with a file is a cell': ['c { file=pause.c }', ['cell cell-1']],
    'of a shell with attributes is a cell': ['bash { check }', ['cell cell-1']],
    'of a shell without attributes is a cell': ['sh', ['cell cell-1']],
    'of another language without attributes is text': ['yaml', ['markdown']],
    'of another language with braces of another tool is text': ['js {1,3-4}', ['markdown']],
    'to be ignored is source': ['sh { name=a ignore=true }', ['source a']],
    'with output is a listing': ['text { output=a ignore=true }', ['listing']],
    'in the language quiz is a quiz': ['quiz { name=q ignore=true }', ['quiz q']],
    'in the language hint is a hint': ['hint { for=a ignore=true }', ['hint']],
  }
  for (const [name, [info, kinds]] of Object.entries(cases)) {
    test(name, () => {
      expect(kindsOf(`\`\`\`${info}\n\`\`\`\n`)).toEqual(kinds)
    })
  }

  test('in a list, a quote or a comment is text', () => {
    expect(
      kindsOf('- ```sh { name=a }\n  ```\n> ```sh { name=a }\n> ```\n\n<!--\n```sh { name=a }\n```\n-->\n'),
    ).toEqual(['markdown'])
  })

  test('that is not closed is text', () => {
    expect(kindsOf('```sh { name=a }\nls\n')).toEqual(['markdown'])
  })
})

test('cells without a name are numbered, past names in use', () => {
  expect(
    readLessonText('```sh\n```\n```sh { name=cell-2 }\n```\n```sh\n```\n```sh {check}\n```\n').cells.map(
      ({ name }) => name,
    ),
  ).toEqual(['cell-1', 'cell-2', 'cell-3', 'cell-4'])
})

test('attributes are typed, unknown ones kept', () => {
  const info = 'background cwd=/tmp needs=docker,cc on=node exit=137 after=a,b check solution=c timeout=2m future=1 odd'
  expect(readLessonText(`\`\`\`sh { ${info} }\n\`\`\`\n`).cells[0]?.attributes).toEqual({
    background: true,
    interactive: false,
    excludeFromRunAll: false,
    cwd: '/tmp',
    needs: ['docker', 'cc'],
    on: 'node',
    exit: 137,
    after: ['a', 'b'],
    check: true,
    solution: 'c',
    timeout: 120_000,
    unknown: { future: '1', odd: true },
  })
})

test('attributes have defaults', () => {
  expect(readLessonText('```sh\n```\n').cells[0]?.attributes).toEqual({
    background: false,
    interactive: false,
    excludeFromRunAll: false,
    needs: [],
    on: 'client',
    exit: 0,
    after: [],
    check: false,
    unknown: {},
  })
})

test('the script has no markers and no blanks before them, and LF line ends', () => {
  const cell = readLessonText('```sh\r\nps   # (1)\r\necho "# (2)"\r\n\t// (3)\r\n```\r\n').cells[0]
  expect([cell?.text, cell?.script]).toEqual(['ps   # (1)\necho "# (2)"\n\t// (3)', 'ps\necho "# (2)"\n'])
})

test('the indentation of the fence is no part of the text', () => {
  expect(readLessonText('  ```sh\n  a\n    b\n c\n  ```\n').cells[0]?.text).toBe('a\n  b\nc')
})
