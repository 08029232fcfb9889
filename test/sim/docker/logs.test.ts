// The store of a container's log: lines as they were written, and a bound on what it keeps.
import { expect, test } from 'vitest'
import { LogStore } from '../../../src/sim/docker/logs.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const texts = (store: LogStore) =>
  store.frames().map(({ stream, data }) => `${stream} ${new TextDecoder().decode(data)}`)

test('a line is kept when its newline has come, whatever comes on the other stream meanwhile', () => {
  const store = new LogStore()
  store.append('stdout', bytes('one\ntw'), 1)
  store.append('stderr', bytes('err\n'), 2)
  store.append('stdout', bytes('o\nrest'), 3)
  store.end('stdout', 4)
  expect(texts(store)).toEqual(['stdout one\n', 'stderr err\n', 'stdout two\n', 'stdout rest'])
})

test('a log that is too long loses its oldest lines', () => {
  const store = new LogStore()
  const line = bytes(`${'y'.repeat(1023)}\n`)
  for (let number = 0; number < 40_000; number++) store.append('stdout', line, number)
  const kept = store.frames().reduce((sum, { data }) => sum + data.length, 0)
  expect(kept <= 32 * 1024 * 1024 && kept >= 16 * 1024 * 1024).toBe(true)
})
