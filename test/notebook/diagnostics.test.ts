// What a lesson's author is told: place, line, caret.
import { describe, expect, test } from 'vitest'
import { formatDiagnostic } from '../../src/notebook/diagnostics.ts'
import { readLessonText } from '../../src/notebook/lesson.ts'

function check(text: string, expected: string): void {
  const lines = text.split(/\r\n?|\n/)
  const written = readLessonText(text).diagnostics.map((one) =>
    formatDiagnostic(one, 'a.md', lines[one.line - 1] ?? ''),
  )
  expect(written.join('\n')).toBe(expected)
}

const named = '```sh { name=look }\n```\n\n'

describe('fences and attributes', () => {
  test('a fence that is not closed', () => {
    check(
      'A.\n\n  ~~~sh { name=a }\nls\n',
      'a.md:3:3: fenced block is not closed: a line ~~~ is missing\n  ~~~sh { name=a }\n  ^',
    )
  })
  test('a value that is none', () => {
    check(
      '```sh { name=a exit=256 on=moon }\n```\n',
      'a.md:1:21: invalid value: 256, expected an exit code, 0 to 255\n```sh { name=a exit=256 on=moon }\n                    ^\n' +
        'a.md:1:28: invalid value: moon, expected client or node\n```sh { name=a exit=256 on=moon }\n                           ^',
    )
  })
  test('the caret keeps tabs', () => {
    check(
      '```sh {\ttimeout=1h }\n```\n',
      'a.md:1:17: invalid value: 1h, expected a duration such as 30s, 500ms or 2m\n```sh {\ttimeout=1h }\n       \t        ^',
    )
  })
  test('a condition that is none', () => {
    check(
      `${named}\`\`\`text { output=look when=new ignore=true }\n\`\`\`\n`,
      'a.md:4:28: invalid value: new, expected a condition such as docker<26.1\n```text { output=look when=new ignore=true }\n                           ^',
    )
  })
  test('a quiz that Runme would run', () => {
    check(
      '```quiz\nask: a\noptions: [b, c]\nright: 1\nwhy: d\n```\n',
      'a.md:1:1: warning: quiz block is not a cell: add ignore=true, so that Runme does not run it\n```quiz\n^',
    )
  })
})

describe('names', () => {
  test('used twice', () => {
    check(
      `${named}${named}`,
      'a.md:4:14: name is used twice: look, first in line 1\n```sh { name=look }\n             ^',
    )
  })
  test('of no cell, with the nearest', () => {
    check(
      `${named}\`\`\`sh { name=b after=look,lok }\n\`\`\`\n`,
      'a.md:4:27: no such cell: lok, expected look\n```sh { name=b after=look,lok }\n                          ^',
    )
  })
  test('of no cell at all', () => {
    check(
      '```text { output=elsewhere ignore=true }\n```\n',
      'a.md:1:18: no such cell: elsewhere\n```text { output=elsewhere ignore=true }\n                 ^',
    )
  })
  test('of a cell that is no check', () => {
    check(
      `${named}\`\`\`hint { for=look ignore=true }\n\`\`\`\n`,
      'a.md:4:15: cell is not a check: look\n```hint { for=look ignore=true }\n              ^',
    )
  })
  test('missing where other cells have one', () => {
    check(
      `${named}\`\`\`sh\n\`\`\`\n`,
      'a.md:4:1: warning: cell has no name: add name=…, or ignore=true if it is not to be run\n```sh\n^',
    )
  })
  test('two listings for the same versions', () => {
    const listing = '```text { output=look ignore=true }\n```\n'
    check(
      `${named}${listing}${listing}`,
      'a.md:6:18: second listing for the same cell and the same versions: look\n```text { output=look ignore=true }\n                 ^',
    )
  })
})

describe('notes', () => {
  test('a marker without a note', () => {
    check(
      '```sh\nls # (1)\n```\n',
      'a.md:2:4: marker (1) has no item in an ordered list directly after the block\nls # (1)\n   ^',
    )
  })
  test('a note without a marker', () => {
    check(
      '```sh\nls # (1)\n```\n\n1. One.\n2. Two.\n',
      'a.md:6:1: note 2 has no marker in the block before\n2. Two.\n^',
    )
  })
  test('a marker behind a backslash', () => {
    check(
      '```sh\necho one \\ # (1)\n  two\n```\n\n1. One.\n',
      'a.md:2:12: marker (1) on a line that ends in a backslash: bash cannot run it\necho one \\ # (1)\n           ^',
    )
  })
  test('a list after a block without markers is just a list', () => {
    check('```sh\nls\n```\n\n1. First.\n', '')
  })
})

describe('front matter', () => {
  test('that is not closed', () => {
    check('---\ntitle: a\n', 'a.md:1:1: front matter is not closed: a line --- is missing\n---\n^')
  })
  test('that is not YAML', () => {
    check(
      '---\ntitle: a\nneeds: "docker\n---\n',
      'a.md:3:15: front matter is not valid YAML: Missing closing "quote\nneeds: "docker\n              ^',
    )
  })
  test('with a value of another kind', () => {
    check(
      '---\ntitle: a\nneeds: [podman]\n---\n',
      'a.md:3:1: invalid front matter: needs, expected a list of docker, kubectl, crictl, cc\nneeds: [podman]\n^',
    )
  })
  test('that ends the file without a final newline', () => {
    check(
      '---\nminutes: soon\n---',
      'a.md:2:1: invalid front matter: minutes, expected a number of minutes\nminutes: soon\n^',
    )
  })
  test('of another tool is let alone', () => {
    check('---\nlayout: post\ntags: [a]\n---\n', '')
  })
  test('a thematic break is none', () => {
    check('---\n\nText: this.\n', '')
  })
})

describe('quizzes', () => {
  const quiz = (...yaml: string[]): string => `\`\`\`quiz { ignore=true }\n${yaml.join('\n')}\n\`\`\`\n`

  test('that are not YAML', () => {
    check(
      quiz('ask: [a', 'options: b'),
      'a.md:3:1: quiz is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]\noptions: b\n^',
    )
  })
  test('without a key', () => {
    check(quiz('ask: a', 'options: [b, c]', 'right: 1'), 'a.md:1:1: quiz has no why\n```quiz { ignore=true }\n^')
  })
  test('with a right answer that is no option', () => {
    check(
      quiz('ask: a', 'options: [b, c]', 'right: [1, 3]', 'why: d'),
      'a.md:4:1: invalid quiz: right, expected numbers from 1 to 2\nright: [1, 3]\n^',
    )
  })
  test('with one option', () => {
    check(
      quiz('ask: a', 'options: [b]', 'right: 1', 'why: d'),
      'a.md:3:1: invalid quiz: options, expected a list of two or more texts\noptions: [b]\n^',
    )
  })
})
