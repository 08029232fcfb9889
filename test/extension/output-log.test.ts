// How much of an output is shown, and where it is cut.
import { expect, test } from 'vitest'
import { OutputLog } from '../../extension/common/output-log.ts'

function log(...texts: string[]): OutputLog {
  const log = new OutputLog()
  for (const text of texts) log.append(1, text)
  return log
}

test('a short output is shown whole', () => {
  expect(log('one\n', 'two\n').visible(10, 100)).toEqual({ chunks: [[1, 'one\ntwo\n']], omittedLines: 0 })
})

test('of a long output the last lines are shown', () => {
  expect(log('1\n2\n3\n4\n').visible(2, 100)).toEqual({ chunks: [[1, '3\n4\n']], omittedLines: 2 })
})

test('lines that are long are cut at the start of a line', () => {
  expect(log('aaaa\nbbbb\ncccc\n').visible(10, 12)).toEqual({ chunks: [[1, 'bbbb\ncccc\n']], omittedLines: 1 })
})

test('one endless line shows its end', () => {
  expect(log('abcdefgh').visible(10, 3)).toEqual({ chunks: [[1, 'fgh']], omittedLines: 0 })
})

test('the cut goes through pieces of both streams', () => {
  const both = new OutputLog()
  both.append(1, 'a\nb\n')
  both.append(2, 'c\nd\n')
  both.append(1, 'e\n')
  expect(both.visible(2, 100)).toEqual({
    chunks: [
      [2, 'd\n'],
      [1, 'e\n'],
    ],
    omittedLines: 3,
  })
})

test('100 MB leave at most 20 million units, and the count of lines stays right', () => {
  const much = new OutputLog()
  const piece = `${'x'.repeat(99)}\n`.repeat(1000)
  for (let i = 0; i < 1000; i += 1) much.append(1, piece)
  const kept = much.all().reduce((sum, [, text]) => sum + text.length, 0)
  expect(kept).toBeLessThanOrEqual(20_000_000)
  expect(kept + much.droppedUnits).toBe(100_000_000)
  expect(much.visible(1000, 1_000_000).omittedLines).toBe(999_000)
})
