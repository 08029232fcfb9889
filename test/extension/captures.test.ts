// What stands in a recorded listing in place of values that differ from run to run.
import { expect, test } from 'vitest'
import { showCaptures } from '../../extension/common/captures.ts'
import { parseCaptures } from '../../src/notebook/listing.ts'

const words = { pid: 'PID', id: 'id', ns: 'inode', ip: 'address', time: 'time', any: '…' }

function check(text: string): string {
  return showCaptures(text, parseCaptures(text), words).replaceAll('\u00a0', ' ')
}

test('kind and name in words', () => {
  expect(check('alp1 is process <pid:alp1>, alp2 is process <pid:alp2>')).toBe(
    'alp1 is process ‹PID alp1›, alp2 is process ‹PID alp2›',
  )
})

test('within other text', () => {
  expect(check('"NetworkMode": "container:<id:alp1>",')).toBe('"NetworkMode": "container:‹id alp1›",')
})

test('of a time only that it is one', () => {
  expect(check('0 <time:t> net -> net:[<ns:first>]')).toBe('0 ‹time› net -> net:[‹inode first›]')
})

test('what kubectl prints is no capture', () => {
  expect(check('pod1   <none>   <unset>')).toBe('pod1   <none>   <unset>')
})
