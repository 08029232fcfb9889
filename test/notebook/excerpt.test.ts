// The lines of a listing or a cell that its notes need.
import { expect, test } from 'vitest'
import { excerptOf } from '../../src/notebook/excerpt.ts'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { toNotebookCells } from '../../src/notebook/notebook-cells.ts'

const listing = '```text { output=ps ignore=true }\nPID STAT\n1 S\n2 S\n3 Z # (1)\n4 S\n```\n'

function excerpt(text: string): string | undefined {
  const [segment] = readLessonText(text).segments
  return segment && 'notes' in segment ? excerptOf(segment) : undefined
}

test('the first line, the lines with markers, and a sign for what is left out', () => {
  expect(excerpt(`${listing}\n1. Dead.\n`)).toBe('```text { output=ps ignore=true }\nPID STAT\n⋯\n3 Z # (1)\n⋯\n```')
})

test('a listing without notes has none', () => {
  expect(excerpt(`${listing}\nText.\n`)).toBe(undefined)
})

test('an indented block loses its indentation, and CRLF', () => {
  expect(excerpt('  ```text { output=ps ignore=true }\r\n  1 # (1)\r\n  ```\r\n\r\n1. One.\r\n')).toBe(
    '```text { output=ps ignore=true }\n1 # (1)\n```',
  )
})

test('in a notebook it comes with the text that begins with the notes', () => {
  const text = `\`\`\`sh { name=ps }\nps\n\`\`\`\n\n${listing}\n1. Dead.\n\nMore.\n`
  const [cell, notes] = toNotebookCells(readLessonText(text)).cells
  expect([cell?.metadata?.['annotates'], notes?.metadata?.['annotates'], notes?.value]).toEqual([
    undefined,
    '```text { output=ps ignore=true }\nPID STAT\n⋯\n3 Z # (1)\n⋯\n```',
    '1. Dead.\n\nMore.',
  ])
})

test('of a script too; a file that a cell writes comes as a whole', () => {
  const script = '```sh { name=x }\na\nb\nc # (1)\n```\n\n1. C.\n\n'
  const file = '```c { name=y file=y.c }\na\nb // (1)\nc\n```\n\n1. B.\n'
  const cells = toNotebookCells(readLessonText(script + file)).cells
  expect(cells.map(({ metadata }) => metadata?.['annotates'])).toEqual([
    undefined,
    '```sh { name=x }\na\n⋯\nc # (1)\n```',
    undefined,
    '```c { name=y file=y.c }\na\nb // (1)\nc\n```',
  ])
})
