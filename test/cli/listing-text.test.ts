// Annotated listings in a terminal.
import { expect, test } from 'vitest'
import { typedLines } from '../../src/cli/listing-text.ts'
import { renderMarkdown } from '../../src/cli/markdown-text.ts'
import { styleOf } from '../../src/cli/style.ts'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { transcriptParts } from '../../src/session/transcript.ts'

const io = { outputIsTerminal: false, env: {} } as unknown as Parameters<typeof styleOf>[0]
const colours = { outputIsTerminal: true, env: {} } as unknown as Parameters<typeof styleOf>[0]
const listing = '```c { ignore=true }\nfor (;;)\n  pause(); // (1)\n```\n\n1. Sleeps in state `S`.\n'

test('markers at the ends of lines, the notes below; other lists have their own numbers', () => {
  expect(renderMarkdown(`Text.\n\n${listing}\nMore.\n\n1. A list.\n`, styleOf(io), 80)).toBe(
    'Text.\n\n    for (;;)\n      pause();  (1)\n\n(1) Sleeps in state `S`.\n\nMore.\n\n1. A list.',
  )
})

test('a list within a note keeps its own numbers', () => {
  expect(renderMarkdown('```c\na // (1)\n```\n1. One:\n   1. first\n   2. second\n', styleOf(io), 80)).toBe(
    '    a  (1)\n\n(1) One:\n    1. first\n    2. second',
  )
})

test('in colour, a marker stands out', () => {
  expect(renderMarkdown('```c\na // (1)\n```\n1. One.\n', styleOf(colours), 80)).toBe(
    '    \x1b[36ma\x1b[39m  \x1b[1m(1)\x1b[22m\n\n(1) One.',
  )
})

test('a listing and its notes are one text of a transcript; of a recorded one the lines that have notes', () => {
  const lesson = readLessonText(
    `${listing}\n\`\`\`sh { name=ps }\nps\n\`\`\`\n\n\`\`\`text { output=ps ignore=true }\nPID\n1\n2 # (1)\n\`\`\`\n\n1. Two.\n`,
  )
  const parts = transcriptParts(lesson, lesson.cells)
  expect(parts.map((part) => (part.kind === 'text' ? part.markdown : part.kind))).toEqual([
    listing.trimEnd(),
    'cell',
    '```text { output=ps ignore=true }\nPID\n⋯\n2 # (1)\n```\n\n1. Two.',
  ])
})

test('a cell is typed with its markers, and the list after it has the numbers of notes', () => {
  const { cells } = readLessonText(
    '```sh { name=x }\na # (1)\nb # (7)\n```\n1. A.\n\n```c { name=y file=y.c }\nc // (1)\n```\n1. C.\n',
  )
  expect(cells.map((cell) => typedLines(cell, styleOf(io)))).toEqual([
    ['$ a  (1)', '> b'],
    ['$ cat > y.c', 'c  (1)'],
  ])
  expect(renderMarkdown('1. A.\n\nText.\n\n1. One.\n', styleOf(io), 80, true)).toBe('(1) A.\n\nText.\n\n1. One.')
})
