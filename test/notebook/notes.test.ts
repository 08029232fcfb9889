// Numbered notes in fenced blocks.
import { expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { notesOf } from '../../src/notebook/notes.ts'

function notes(text: string): ReturnType<typeof notesOf> {
  const [segment = {}] = readLessonText(text).segments
  return notesOf(segment)
}

test('markers and their notes', () => {
  expect(notes('```c { ignore=true }\nint x;  // (2)\n# (1)\n```\n\n1. One,\n   in *two* lines.\n2. Two.\n')).toEqual({
    code: 'int x;\n',
    markers: [
      { number: 2, line: 0, column: 9 },
      { number: 1, line: 1, column: 1 },
    ],
    notes: [
      { number: 1, text: 'One,\nin *two* lines.', line: 6 },
      { number: 2, text: 'Two.', line: 8 },
    ],
  })
})

test('a list that starts elsewhere, with items of several blocks', () => {
  expect(notes('```sh\nls # (3)\n```\n3. A.\n\n   - b\n\n4) Another list.\n').notes).toEqual([
    { number: 3, text: 'A.\n\n- b', line: 4 },
  ])
})

test('a paragraph between block and list: no notes', () => {
  expect(notes('```sh\nls # (1)\n```\n\nText.\n\n1. One.\n').notes).toEqual([])
})

test('a comment that is no marker stays', () => {
  expect(notes('```sh\nls # (1) more\nls #(2)\necho a# (3)\n```\n').code).toBe('ls # (1) more\nls #(2)\necho a# (3)')
})

test('text has no notes', () => {
  expect(notes('Text. # (1)\n')).toEqual({ code: '', markers: [], notes: [] })
})
