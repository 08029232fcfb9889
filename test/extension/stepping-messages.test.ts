// Requests to step through a program come from a page, which may send anything.
import { expect, test } from 'vitest'
import { readSteppingAnswer, readSteppingRequest } from '../../extension/common/stepping-messages.ts'

const program = { file: 'pause.c', source: 'int main() {}\n', command: ['pause', 'a b'] }
const step = { type: 'stepping', listing: 'a', action: 'step', program }

test('a request is read as it is; what does not belong to it is left out', () => {
  expect(readSteppingRequest({ ...step, signal: 'TERM', other: 1 })).toEqual(step)
})

test('only a signal has one', () => {
  const signal = { ...step, action: 'signal', signal: 'TERM' }
  expect(readSteppingRequest(signal)).toEqual(signal)
})

test.each([
  undefined,
  'stepping',
  { ...step, type: 'other' },
  { ...step, listing: 1 },
  { ...step, action: 'toString' },
  { ...step, action: 'signal' },
  { ...step, action: 'signal', signal: 'TERM; rm -r /' },
  { ...step, program: undefined },
  { ...step, program: { ...program, file: '../pause.c' } },
  { ...step, program: { ...program, file: '-o' } },
  { ...step, program: { ...program, command: [] } },
  { ...step, program: { ...program, command: ['a/b'] } },
  { ...step, program: { ...program, command: ['pause', 1] } },
  { ...step, program: { ...program, source: 'x'.repeat(100_001) } },
])('%j is no request', (message) => {
  expect(readSteppingRequest(message)).toBe(undefined)
})

test('an answer is told from other messages by its type', () => {
  const answer = { type: 'stepping-view', listing: 'a' }
  expect([readSteppingAnswer(answer), readSteppingAnswer({ type: 'facts' }), readSteppingAnswer(null)]).toEqual([
    answer,
    undefined,
    undefined,
  ])
})
