// Lists of lessons and of cells.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtures, pauseLab } from './world.ts'

test('the lessons, with what they take', async () => {
  expect(await pauseLab(['lessons'])).toEqual({
    exitCode: 0,
    stdout: '01-hello  Hello (2 min, docker)\n          Two words.\n',
    stderr: '',
  })
})

test('the language is that of the locale', async () => {
  const { stdout } = await pauseLab(['lessons'], { env: { LANG: 'ru_RU.UTF-8' } })
  expect(stdout).toBe('01-hello  Привет (2 min, docker)\n          Два слова.\n')
})

test('the language that is asked for wins', async () => {
  const { stdout } = await pauseLab(['lessons', '--lang', 'en'], { env: { LANG: 'ru_RU.UTF-8' } })
  expect(stdout).toBe('01-hello  Hello (2 min, docker)\n          Two words.\n')
})

test('the lessons as JSON', async () => {
  const { stdout } = await pauseLab(['lessons', '--json'])
  expect(JSON.parse(stdout)).toEqual([
    {
      name: '01-hello',
      title: 'Hello',
      summary: 'Two words.',
      minutes: 2,
      needs: ['docker'],
      creates: [],
      objectives: [],
      cells: ['hello', 'count', 'goal', 'reach'],
      languages: ['en', 'ru'],
      path: 'en/01-hello.lab.md',
    },
  ])
})

test('the cells of a file, and what is wrong in it', async () => {
  expect(await pauseLab(['cells', 'crlf.md'])).toEqual({
    exitCode: 0,
    stdout: '1: one sh\n    echo 1\n',
    stderr: `crlf.md:5:1: warning: listing block is not a cell: add ignore=true, so that Runme does not run it
\`\`\`text { output=two }
^
crlf.md:5:18: no such cell: two
\`\`\`text { output=two }
                 ^
`,
  })
})

test('the cells as JSON have the attributes as written', async () => {
  const { stdout } = await pauseLab(['cells', '--json', 'en/01-hello.lab.md'])
  const cells: unknown[] = JSON.parse(stdout)
  expect(cells.slice(0, 2)).toEqual([
    {
      name: 'hello',
      line: 12,
      language: 'sh',
      script: 'echo hello',
      attributes: {},
      listings: [{ line: 16, when: [], text: 'hello' }],
    },
    {
      name: 'count',
      line: 29,
      language: 'sh',
      script: 'echo hello world; exit_code() { return 3; }; exit_code',
      attributes: { after: 'hello', exit: '3' },
      listings: [],
    },
  ])
})

test.each(['crlf.md', 'en/01-hello.lab.md'])('%s through the parser is the same file', async (file) => {
  const { stdout } = await pauseLab(['cells', '--roundtrip', file])
  expect(stdout).toBe(await readFile(join(fixtures, file), 'utf8'))
})
