// What the learner has done with `start` is kept, shown, handed out and forgotten.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pauseLab } from './world.ts'

let folder = ''
let progressFile = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pause-lab-test-'))
  progressFile = join(folder, 'state', 'progress.json')
})

afterEach(async () => rm(folder, { recursive: true }))

const shown = async (...args: string[]): Promise<string> =>
  (await pauseLab(['progress', ...args], { progressFile })).stdout

test('nothing yet', async () => {
  expect(await shown()).toBe('01-hello    0 %  0 of 1 checks green\n')
})

test('cells that ran, guesses, and a check reached by commands of one’s own', async () => {
  await pauseLab(['start', '1'], { progressFile, keys: '\r2\rctcq', lines: ['done=yes', ''] })
  expect(await shown()).toBe('01-hello  100 %  1 of 1 checks green, 1 of 1 guesses right\n')
})

test('a check after the shown solution does not count', async () => {
  await pauseLab(['start', '1'], { progressFile, keys: '\r1\r\rq' })
  expect(await shown('--lang', 'ru')).toBe('01-hello   67 %  зелёных проверок 0 из 1, верных догадок 0 из 1\n')
})

test('the JSON has names, for who teaches', async () => {
  await pauseLab(['start', '1'], { progressFile, keys: '\rq' })
  expect(JSON.parse(await shown('--json'))).toEqual({
    date: '2026-11-25',
    lessons: [
      {
        name: '01-hello',
        title: 'Hello',
        share: 1 / 3,
        cellsOf: 3,
        checksOf: 1,
        done: ['hello'],
        checks: [],
        guesses: 0,
        rightGuesses: 0,
      },
    ],
  })
})

test.each([['--reset'], ['--reset', '1']])('progress %s %s forgets', async (...args) => {
  await pauseLab(['start', '1'], { progressFile, keys: '\rq' })
  expect(await shown(...args.filter((arg) => arg !== undefined))).toBe('01-hello    0 %  0 of 1 checks green\n')
})

test('a file that is not understood is as none', async () => {
  progressFile = join(folder, 'progress.json')
  await writeFile(progressFile, '{"01-hello": 7')
  expect(await shown()).toBe('01-hello    0 %  0 of 1 checks green\n')
})
