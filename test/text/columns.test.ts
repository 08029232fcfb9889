// Tables: the laws of tabwriter, and the cells of real tables laid out again.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { alignColumns, dockerColumns, kubectlColumns, tableText } from '../../src/text/columns.ts'

it('lays out a docker table: ten columns at least, three blanks, nothing after the last cell', () => {
  expect(
    tableText(
      [
        ['NAMES', 'IMAGE', 'STATUS'],
        ['pause', 'registry.k8s.io/pause:3.9', 'Up 2 seconds'],
      ],
      dockerColumns,
    ),
  ).toBe('NAMES     IMAGE                       STATUS\npause     registry.k8s.io/pause:3.9   Up 2 seconds\n')
})

it('lays out a kubectl table: six columns at least', () => {
  expect(
    tableText(
      [
        ['NAME', 'AGE'],
        ['lab', '5s'],
      ],
      kubectlColumns,
    ),
  ).toBe('NAME   AGE\nlab    5s\n')
})

it('keeps an empty column at its least width', () => {
  expect(tableText([['a', '', 'b']], dockerColumns)).toBe('a                   b\n')
})

it('starts a new column block where a line has no such cell', () => {
  expect(alignColumns('a\tb\nplain\nlong name here\tc\n', dockerColumns)).toBe(
    'a         b\nplain\nlong name here   c\n',
  )
})

const cell = fc.stringMatching(/^[a-zA-Z0-9/:.]{0,30}$/)
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))

it('starts every cell of a column at the same place, at least three blanks after the cell before', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const lines = tableText(rows, dockerColumns).split('\n')
      let start = 0
      for (const column of (rows[0] ?? []).keys()) {
        for (const [i, row] of rows.entries()) {
          expect(lines[i]?.startsWith(row[column] ?? '', start)).toBe(true)
          expect((lines[i] ?? '').slice(0, start)).toMatch(start === 0 ? /^$/ : / {3}$/)
        }
        start += Math.max(10, 3 + Math.max(...rows.map((row) => row[column]?.length ?? 0)))
      }
    }),
  )
})
