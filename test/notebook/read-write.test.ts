// Reading and writing gives the same bytes, whatever they are.
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { encodeText } from '../../src/notebook/bytes.ts'
import { readLesson, writeLesson } from '../../src/notebook/lesson.ts'
import { nastyText } from './arbitrary.ts'

function rewritten(bytes: Uint8Array): string {
  return Buffer.from(writeLesson(readLesson(bytes))).toString('latin1')
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

const files: Record<string, string> = {
  'an empty file': '',
  'blank lines only': ' \n\t\r\n\n',
  'no final newline': '# a\n\n```sh { name=a }\nls\n```',
  'a fence with nothing in it': '```sh { name=a }\n```\n',
  CRLF: '# a\r\n\r\n```sh { name=a }\r\nls\r\n```\r\n',
  'lone CR': '# a\r\r```sh { name=a }\rls\r```\r',
  'mixed line ends': '# a\r\n\n```sh { name=a }\rls\n```\r\n',
  'a byte order mark': '\xEF\xBB\xBF---\ntitle: a\n---\n```sh { name=a }\nls\n```\n',
  NUL: 'a\0b\n```sh { name=a }\n\0\n```\n',
  'bytes that are not UTF-8': '\xFF\xFE\n```sh { name=a }\n\xC3\x28 \xED\xA0\x80\n```\n\xF0\x9F',
  'a fence that is not closed': '# a\n\n```sh { name=a }\nls\n',
  'fences in lists, quotes and comments': '- ```sh\n  ls\n  ```\n> ```sh\n> ls\n> ```\n<!--\n```sh\n```\n-->\n',
  'tildes and tabs': '~~~\tsh {\tname=a\t}\n\tls\n~~~\t\n',
  'broken attributes': '```sh { name= =b "c" exit=1000 \n```\n```sh { name=a } { name=b }\n```\n',
  'broken YAML': '---\ntitle: [a\nneeds: {\n---\n```quiz { ignore=true }\nask: *nowhere\n```\n',
  'a long line of open quotes': `\`\`\`sh { ${'a="b '.repeat(100_000)}\n\`\`\`\n`,
  'front matter that is not closed': '---\ntitle: a\n\n```sh\nls\n```\n',
}

describe('writing what was read gives the same bytes', () => {
  for (const [name, text] of Object.entries(files)) {
    test(name, () => {
      const bytes = Buffer.from(text, 'latin1')
      expect(rewritten(bytes)).toBe(latin1(bytes))
    })
  }

  test('any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => rewritten(bytes) === latin1(bytes)))
  })

  test('any text of markdown', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const bytes = encodeText(text)
        return rewritten(bytes) === latin1(bytes)
      }),
    )
  })

  test('5 MB', () => {
    const lesson = readFileSync(new URL('fixtures/00-who-buries-the-dead.ru.lab.md', import.meta.url))
    const bytes = Buffer.concat(Array.from({ length: Math.ceil(5_000_000 / lesson.length) }, () => lesson))
    expect(Buffer.compare(writeLesson(readLesson(bytes)), bytes)).toBe(0)
  })
})

test('diagnostics never throw, and their places are in the file', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const lesson = readLesson(encodeText(text))
      const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
      return lesson.diagnostics.every(({ line, column }) => column >= 1 && column <= (lines[line - 1] ?? '').length + 1)
    }),
  )
})

test('segments tell their lines', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const lines = text.replace(/^\uFEFF/, '').match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+/g) ?? []
      return readLesson(encodeText(text)).segments.every(
        ({ source, line, endLine }) => lines.slice(line - 1, endLine).join('') === source,
      )
    }),
  )
})

test('named top-level fences are those that another CommonMark parser finds', () => {
  // Reference definitions, tables and NUL are where the two parsers themselves differ.
  const common = nastyText.filter((text) => !/[|\0\uFEFF\uDC80-\uDCFF]|\[ref\]|^---/u.test(text))
  const isNamed = (line: string | undefined): boolean => /name=[a-z]/.test(line ?? '')
  fc.assert(
    fc.property(common, (text) => {
      const lines = text.split(/\r\n?|\n/)
      const expected = fromMarkdown(text).children.flatMap(({ type, position }) => {
        const { start, end } = position ?? { start: { line: 0 }, end: { line: 0 } }
        const marker = /`+|~+/.exec(lines[start.line - 1] ?? '')?.[0] ?? ''
        const closing = /^ {0,3}(`+|~+)[ \t]*$/.exec(lines[end.line - 1] ?? '')?.[1] ?? ''
        const closed = end.line > start.line && closing.startsWith(marker)
        return type === 'code' && closed && isNamed(lines[start.line - 1]) ? [start.line] : []
      })
      const found = readLesson(encodeText(text)).segments.flatMap((segment) =>
        'fence' in segment && isNamed(lines[segment.line - 1]) ? [segment.line] : [],
      )
      expect(found).toEqual(expected)
    }),
  )
})

describe('the sample lesson', () => {
  for (const language of ['en', 'ru']) {
    test(`is read without diagnostics, ${language}`, () => {
      const file = new URL(`fixtures/00-who-buries-the-dead.${language}.lab.md`, import.meta.url)
      const lesson = readLesson(readFileSync(file))
      expect({ diagnostics: lesson.diagnostics, kinds: lesson.segments.map(({ kind }) => kind).join(' ') }).toEqual({
        diagnostics: [],
        kinds: 'front-matter markdown quiz markdown cell markdown quiz cell listing markdown cell hint hint cell',
      })
    })
  }
})
