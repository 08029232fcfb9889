// A lesson as VS Code shows it, and back to the same bytes: the head, hints in order, solutions folded.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  type EditorNotebook,
  fromEditor,
  hintPlaceOf,
  solutionOf,
  toEditor,
} from '../../extension/common/notebook-mapping.ts'
import { readLesson } from '../../src/notebook/lesson.ts'
import { fromNotebookCells, toNotebookCells } from '../../src/notebook/notebook-cells.ts'

const root = join(import.meta.dirname, '../..')

function open(text: string): EditorNotebook {
  return toEditor(toNotebookCells(readLesson(new TextEncoder().encode(text))))
}

function save(notebook: EditorNotebook): string {
  const { metadata } = toNotebookCells(readLesson(new Uint8Array()))
  // VS Code keeps metadata as JSON.
  const stored = JSON.parse(JSON.stringify(notebook)) as EditorNotebook
  return new TextDecoder().decode(fromNotebookCells(fromEditor(stored, metadata)))
}

/** Opens, changes the cells, saves. */
function edit(text: string, change: (value: string, index: number) => string): string {
  const notebook = open(text)
  const cells = notebook.cells.map((cell, index) => ({ ...cell, value: change(cell.value, index) }))
  return save({ ...notebook, cells })
}

const lesson = `---
title: A task
---

# A task

\`\`\`sh { name=check-file check }
test -e file
\`\`\`

\`\`\`hint { for=check-file ignore=true }
\`touch\` makes one.
\`\`\`

\`\`\`hint { for=check-file ignore=true }
\`touch file\`
\`\`\`

\`\`\`sh { name=solve-file solution=check-file cwd=/tmp }
touch file
\`\`\`
`

const files = ['notebooks/en/05-alp1-alp2.lab.md', 'notebooks/ru/05-alp1-alp2.lab.md', 'test/e2e/lessons/tour.lab.md']

test.each([...files, 'README.md'])('%s: open and save gives the same bytes', (file) => {
  const text = readFileSync(join(root, file), 'utf8')
  expect(save(open(text))).toBe(text)
})

test('CRLF stays, also where a solution is', () => {
  const text = lesson.replaceAll('\n', '\r\n')
  expect(save(open(text))).toBe(text)
})

test('the cells: head, text, check, two hints, the solution as text', () => {
  const { cells } = open(lesson)
  expect(cells.map(({ kind, value }) => `${kind}: ${value.split('\n')[0]}`)).toEqual([
    'markdown: ---',
    'markdown: # A task',
    'code: test -e file',
    'markdown: ```hint { for=check-file ignore=true }',
    'markdown: ```hint { for=check-file ignore=true }',
    'markdown: ```solution',
  ])
})

test('a hint knows its place', () => {
  expect(open(lesson).cells.flatMap(({ metadata }) => hintPlaceOf(metadata) ?? [])).toEqual([
    { check: 'check-file', number: 1, count: 2 },
    { check: 'check-file', number: 2, count: 2 },
  ])
})

test('a solution knows its check, its code and its language', () => {
  expect(open(lesson).cells.flatMap((cell) => solutionOf(cell) ?? [])).toEqual([
    { check: 'check-file', code: 'touch file', language: 'shellscript' },
  ])
})

test('an edited solution changes its own line, its attributes stay', () => {
  expect(edit(lesson, (value) => value.replace('\ntouch file\n', '\necho > file\n'))).toBe(
    lesson.replace('\ntouch file\n', '\necho > file\n'),
  )
})

test('a solution may be empty, and may have fences in it', () => {
  const texts = ['', 'cat <<E\n```sh\n````\nE\n'].map((code) =>
    lesson.replace(/```sh \{ name=solve[^]*$/, solved(code)),
  )
  expect(texts.map((text) => save(open(text)))).toEqual(texts)
})

function solved(code: string): string {
  return `~~~~~sh { name=solve-file solution=check-file }\n${code}~~~~~\n`
}

test('an edited head changes the front matter only', () => {
  expect(edit(lesson, (value, i) => (i === 0 ? value.replace('A task', 'Two tasks') : value))).toBe(
    lesson.replace('title: A task', 'title: Two tasks'),
  )
})

test('a head that was deleted takes the front matter with it', () => {
  const notebook = open(lesson)
  expect(save({ ...notebook, cells: notebook.cells.slice(1) })).toBe(lesson.slice(lesson.indexOf('# A task')))
})

test('a new notebook has cells only', () => {
  const cells = [{ kind: 'code' as const, language: 'shellscript', value: 'ls', metadata: {} }]
  expect(save({ metadata: {}, cells })).toBe('```sh\nls\n```\n')
})
