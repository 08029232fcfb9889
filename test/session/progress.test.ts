// What counts as done, and what is read back from a store.
import { expect, test } from 'vitest'
import { readLesson } from '../../src/notebook/lesson.ts'
import { noProgress, readCourseProgress, shareDone, withResult } from '../../src/session/progress.ts'
import type { CellResult } from '../../src/session/result.ts'

const lesson = readLesson(
  new TextEncoder().encode(
    '```sh { name=one }\ntrue\n```\n\n```sh { name=goal check }\ntrue\n```\n\n```sh { name=solve solution=goal }\ntrue\n```\n',
  ),
)

const guess = { question: '', chosen: '', right: [], why: '' }

function result(cell: string, more: Partial<CellResult> = {}): CellResult {
  return {
    ...{ cell, status: 'ran', exitCode: 0, expectedExitCode: 0, ok: true, stdout: '', stderr: '', output: '' },
    ...{ truncated: false, durationMs: 1, hints: [], predictions: [], ranFirst: [] },
    ...more,
  }
}

test('a cell and a check, each counted once', () => {
  const done = [result('one'), result('goal'), result('one')].reduce(
    (progress, each) => withResult(progress, lesson, each),
    noProgress,
  )
  expect(done).toEqual({ done: ['one', 'goal'], checks: ['goal'], guesses: 0, rightGuesses: 0 })
})

test('guesses count at the first run', () => {
  const predictions = [
    { ...guess, correct: true },
    { ...guess, correct: false },
  ]
  const once = withResult(noProgress, lesson, result('one', { predictions }))
  expect(withResult(once, lesson, result('one', { predictions }))).toEqual({
    ...{ done: ['one'], checks: [], guesses: 2, rightGuesses: 1 },
  })
})

test('a red check, a refused and a cancelled cell add nothing', () => {
  const results = [
    result('goal', { ok: false, exitCode: 1 }),
    result('one', { status: 'refused' }),
    result('one', { status: 'cancelled' }),
  ]
  expect(results.reduce((progress, each) => withResult(progress, lesson, each), noProgress)).toEqual(noProgress)
})

test('solutions do not count to the whole', () => {
  expect(shareDone(withResult(noProgress, lesson, result('one')), lesson)).toBe(0.5)
})

test('what is not understood in a store begins anew, the rest stays', () => {
  const known = { done: ['one'], checks: [], guesses: 0, rightGuesses: 0 }
  expect([readCourseProgress({ a: known, b: { done: 1 }, c: null }), readCourseProgress('no')]).toEqual([
    { a: known },
    {},
  ])
})
