// A change to one cell changes that cell's bytes and no others.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editCell, insertCell, moveCell, removeCell, replaceListing } from '../../src/notebook/edit.ts'
import { type Lesson, lessonText, readLessonText } from '../../src/notebook/lesson.ts'
import { nastyText, tidyText } from './arbitrary.ts'

/** Lines joined by LF, for the reader's eye. */
function file(...lines: string[]): Lesson {
  return readLessonText(`${lines.join('\n')}\n`)
}

function lines(lesson: Lesson): string[] {
  return lessonText(lesson).replace(/\n$/, '').split('\n')
}

const newText = fc
  .array(fc.constantFrom('docker ps', '', '  x', '```', '`````', '~~~~~~', '<!--', 'é', '# (1)'), { maxLength: 4 })
  .map((texts) => texts.join('\n'))

describe('editing', () => {
  const lesson = file('Text.', '', '```sh { name=a future=1 }', 'one', 'two', 'three', '```', '', 'More.')

  test('puts the new lines into the fence', () => {
    expect(lines(editCell(lesson, 'a', 'one\n2\nthree'))).toEqual([
      'Text.',
      '',
      '```sh { name=a future=1 }',
      'one',
      '2',
      'three',
      '```',
      '',
      'More.',
    ])
  })

  test('makes the fence longer if the text would close it', () => {
    expect(lines(editCell(lesson, 'a', 'cat <<E\n```\nE'))).toEqual([
      'Text.',
      '',
      '````sh { name=a future=1 }',
      'cat <<E',
      '```',
      'E',
      '````',
      '',
      'More.',
    ])
  })

  test('gives new lines the line end of the fence, and old lines theirs', () => {
    const mixed = readLessonText('```sh { name=a }\r\none\ntwo\r\n```\r\n')
    expect(lessonText(editCell(mixed, 'a', 'one\nnew\ntwo'))).toBe('```sh { name=a }\r\none\nnew\r\ntwo\r\n```\r\n')
  })

  test('keeps the indentation of the fence', () => {
    const indented = readLessonText('  ```sh { name=a }\n  one\n  ```\n')
    expect(lessonText(editCell(indented, 'a', 'one\n  two'))).toBe('  ```sh { name=a }\n  one\n    two\n  ```\n')
  })

  test('keeps bytes that are not UTF-8 in lines that stay', () => {
    const binary = readLessonText('```sh { name=a }\n\uDCFF\ntwo\n```\n')
    expect(lessonText(editCell(binary, 'a', '\uFFFD\n2'))).toBe('```sh { name=a }\n\uDCFF\n2\n```\n')
  })

  test('touches nothing outside the cell, in any file', () => {
    fc.assert(
      fc.property(nastyText, newText, fc.nat(), (text, value, pick) => {
        const before = readLessonText(text)
        const cell = before.cells[pick % Math.max(1, before.cells.length)]
        fc.pre(cell !== undefined && before.cells.find(({ name }) => name === cell.name) === cell)
        const index = before.segments.indexOf(cell)
        const after = lessonText(editCell(before, cell.name, value))
        const all = before.segments.map((segment) => segment.source + segment.after)
        const head = before.lead + all.slice(0, index).join('')
        const tail = cell.after + all.slice(index + 1).join('')
        expect([after.slice(0, head.length), after.slice(after.length - tail.length)]).toEqual([head, tail])
      }),
    )
  })

  test('gives a cell with that text, and the others as they were, in any file', () => {
    fc.assert(
      fc.property(nastyText, newText, (text, value) => {
        const before = readLessonText(text)
        const cell = before.cells[0]
        fc.pre(cell !== undefined && value !== '')
        const after = editCell(before, cell.name, value)
        expect(after.cells.map(({ text, info }) => [text, info.attributes.get('future')?.value])).toEqual(
          before.cells.map(({ text, info }, at) => [at === 0 ? value : text, info.attributes.get('future')?.value]),
        )
      }),
    )
  })
})

describe('inserting', () => {
  test('sets the cell apart by blank lines', () => {
    expect(lines(insertCell(file('Text.', '```sh { name=a }', '```', 'More.'), 1, { text: 'ls', name: 'b' }))).toEqual([
      'Text.',
      '',
      '```sh { name=b }',
      'ls',
      '```',
      '',
      '```sh { name=a }',
      '```',
      'More.',
    ])
  })

  test('at the end of a file without a final newline ends that line first', () => {
    expect(lessonText(insertCell(readLessonText('Text.'), 9, { text: 'ls' }))).toBe('Text.\n\n```sh\nls\n```\n')
  })

  test('into an empty file writes the cell', () => {
    expect(lessonText(insertCell(readLessonText(''), 0, { text: 'ls' }))).toBe('```sh\nls\n```\n')
  })

  test('closes a fence that the text before leaves open', () => {
    expect(lessonText(insertCell(readLessonText('```\nopen\n'), 1, { text: 'ls' }))).toBe(
      '```\nopen\n```\n\n```sh\nls\n```\n',
    )
  })

  test('closes a comment that the text before leaves open', () => {
    expect(lessonText(insertCell(readLessonText('<!-- open\n'), 1, { text: 'ls' }))).toBe(
      '<!-- open\n-->\n\n```sh\nls\n```\n',
    )
  })

  test('never goes before the front matter', () => {
    expect(lessonText(insertCell(readLessonText('---\ntitle: a\n---\n'), 0, { text: 'ls' }))).toBe(
      '---\ntitle: a\n---\n\n```sh\nls\n```\n',
    )
  })

  test('gives a name where other cells have one', () => {
    const named = file('```sh { name=cell-2 }', '```')
    expect(insertCell(named, 1, { text: 'ls' }).cells.map(({ name }) => name)).toEqual(['cell-2', 'cell-2-2'])
  })

  test('takes the line ends of the file', () => {
    expect(lessonText(insertCell(readLessonText('Text.\r\n'), 1, { text: 'a\nb' }))).toBe(
      'Text.\r\n\r\n```sh\r\na\r\nb\r\n```\r\n',
    )
  })

  test('leaves all other bytes, in any file', () => {
    fc.assert(
      fc.property(nastyText, newText, fc.nat(), (text, value, pick) => {
        const before = readLessonText(text)
        const at = pick % (before.segments.length + 1)
        const after = lessonText(insertCell(before, at, { text: value, name: 'brand-new' }))
        const all = before.segments.map((segment) => segment.source + segment.after)
        const free = before.segments[0]?.kind === 'front-matter' ? Math.max(1, at) : at
        const tail = free === all.length ? '' : all.slice(free).join('')
        const head = (before.lead + all.slice(0, free).join('')).replace(/[ \t\r\n]+$/, '')
        expect([after.slice(0, head.length), after.slice(after.length - tail.length)]).toEqual([head, tail])
      }),
    )
  })

  test('gives one cell more, in any file without an open fence', () => {
    fc.assert(
      fc.property(nastyText, fc.nat(), (text, pick) => {
        const before = readLessonText(text)
        fc.pre(before.diagnostics.every(({ code }) => code !== 'fence-not-closed'))
        const after = insertCell(before, pick % (before.segments.length + 1), { text: 'ls', name: 'brand-new' })
        // A fence that ended the file without a final newline now has one.
        const sources = (lesson: Lesson) => lesson.cells.map(({ source }) => source.trimEnd())
        expect(sources(after).filter((source) => !source.includes('brand-new'))).toEqual(sources(before))
        expect(after.cells.length).toBe(before.cells.length + 1)
      }),
    )
  })
})

describe('removing', () => {
  test('takes the cell, its listings and the blank lines behind', () => {
    const lesson = file(
      'A.',
      '',
      '```sh { name=a }',
      '```',
      '',
      '```text { output=a ignore=true }',
      '1',
      '```',
      '',
      'B.',
    )
    expect(lines(removeCell(lesson, 'a'))).toEqual(['A.', '', 'B.'])
  })

  test('of the last cell takes the blank line before', () => {
    expect(lines(removeCell(file('A.', '', '```sh { name=a }', '```'), 'a'))).toEqual(['A.'])
  })

  test('keeps paragraphs apart that only the cell had parted', () => {
    expect(lines(removeCell(file('A.', '```sh { name=a }', '```', 'B.'), 'a'))).toEqual(['A.', '', 'B.'])
  })

  test('undoes an insertion into a tidy file', () => {
    fc.assert(
      fc.property(tidyText, fc.nat(), (text, pick) => {
        const before = readLessonText(text)
        const inserted = insertCell(before, pick % (before.segments.length + 1), { text: 'ls', name: 'brand-new' })
        expect(lessonText(removeCell(inserted, 'brand-new'))).toBe(text)
      }),
    )
  })
})

describe('moving', () => {
  test('takes the cell and its listing along', () => {
    const lesson = file(
      'A.',
      '',
      '```sh { name=a }',
      '```',
      '',
      '```text { output=a ignore=true }',
      '1',
      '```',
      '',
      'B.',
    )
    expect(lines(moveCell(lesson, 'a', 2))).toEqual([
      'A.',
      '',
      'B.',
      '',
      '```sh { name=a }',
      '```',
      '',
      '```text { output=a ignore=true }',
      '1',
      '```',
    ])
  })

  test('there and back gives the same bytes, in a tidy file', () => {
    fc.assert(
      fc.property(tidyText, fc.nat(), fc.nat(), (text, pick, to) => {
        const before = readLessonText(text)
        const cell = before.cells[pick % Math.max(1, before.cells.length)]
        fc.pre(cell?.named === true && before.segments.length > 1)
        const index = before.segments.indexOf(cell)
        const moved = moveCell(before, cell.name, to % before.segments.length)
        // Text that the move has parted or joined counts as other segments than before; where it has not, the way back is.
        fc.pre(moved.segments.length === before.segments.length)
        fc.pre(index > 0 || before.segments[0]?.kind !== 'front-matter')
        expect(lessonText(moveCell(moved, cell.name, index))).toBe(text)
      }),
    )
  })
})

describe('renewing a listing', () => {
  const lesson = file(
    '```sh { name=a }',
    '```',
    '',
    '```text { output=a ignore=true proved=docker-20.10 }',
    'PID   COMMAND',
    '<pid:x>     sleep   # (1)',
    '2     ps      # (2)',
    '```',
    '',
    '1. One.',
    '2. Two.',
  )

  test('leaves it as it is if what was printed fits', () => {
    const lesson = file(
      '```sh { name=a }',
      '```',
      '',
      '```text { output=a ignore=true }',
      '<pid:x> sleep  # (1)',
      '```',
    )
    expect(replaceListing(lesson, 'a', '', '  4711 sleep\n').segments).toEqual(lesson.segments)
  })

  test('keeps captures that fit, markers at their lines and columns, and sets proved', () => {
    expect(
      lines(replaceListing(lesson, 'a', '', 'PID   COMMAND\n7     init\n31     sleep\n9     ps\n', ['sim'])),
    ).toEqual([
      '```sh { name=a }',
      '```',
      '',
      '```text { output=a ignore=true proved=sim }',
      'PID   COMMAND',
      '7     init',
      '<pid:x>     sleep   # (1)',
      '9     ps      # (2)',
      '```',
      '',
      '1. One.',
      '2. Two.',
    ])
  })

  test('drops a marker whose line is gone, and its note is reported', () => {
    const renewed = replaceListing(lesson, 'a', '', 'PID   COMMAND\n31     sleep\n')
    expect([lines(renewed)[6], renewed.diagnostics.map(({ code, found }) => `${code} ${found}`)]).toEqual([
      '```',
      ['note-without-marker 2'],
    ])
  })

  test('adds one that is not there behind the others', () => {
    expect(lines(replaceListing(lesson, 'a', 'docker<26.1', 'old', ['docker-20.10'])).slice(8, 13)).toEqual([
      '',
      '```text { output=a when=docker<26.1 ignore=true proved=docker-20.10 }',
      'old',
      '```',
      '',
    ])
  })
})
