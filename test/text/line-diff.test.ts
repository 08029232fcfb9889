// The changes between two texts, by line.
import { expect, test } from 'vitest'
import { lineChanges } from '../../src/text/line-diff.ts'

const told = (before: string, after: string): string[] =>
  lineChanges([...before], [...after]).map(
    ({ oldStart, oldEnd, newStart, newEnd }) => `${oldStart}-${oldEnd} ${newStart}-${newEnd}`,
  )

test.each([
  ['abc', 'abc', []],
  ['', 'ab', ['0-0 0-2']],
  ['ab', '', ['0-2 0-0']],
  ['abc', 'axc', ['1-2 1-2']],
  ['abcdef', 'abxdef', ['2-3 2-3']],
  ['abcdef', 'xbcdey', ['0-1 0-1', '5-6 5-6']],
  ['abc', 'abbc', ['2-2 2-3']],
])('from %j to %j', (before, after, changes) => {
  expect(told(before, after)).toEqual(changes)
})
