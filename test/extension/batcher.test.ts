// When changes are shown. The timer is a list that the test plays by hand.
import { expect, test } from 'vitest'
import { Batcher } from '../../extension/common/batcher.ts'

function setup() {
  const timers: (() => void)[] = []
  const shown: number[] = []
  const state = { value: 0 }
  const batcher = new Batcher(
    async () => {
      shown.push(state.value)
    },
    () => 16,
    (callback) => timers.push(callback),
  )
  const change = () => {
    state.value += 1
    batcher.request()
  }
  return { batcher, change, shown, timers }
}

test('many changes in one interval are one update', async () => {
  const { batcher, change, shown, timers } = setup()
  for (let i = 0; i < 1000; i += 1) change()
  expect(timers.length).toBe(1)
  timers.shift()?.()
  await batcher.flush()
  expect(shown).toEqual([1000])
})

test('a flush shows the last change at once, and the timer that comes later shows nothing more', async () => {
  const { batcher, change, shown, timers } = setup()
  change()
  await batcher.flush()
  timers.shift()?.()
  await batcher.flush()
  expect(shown).toEqual([1])
})

test('an update waits for the one before it', async () => {
  const order: string[] = []
  const flushed: Promise<void>[] = []
  const updates = [
    async () => {
      order.push('first begins')
      batcher.request()
      flushed.push(batcher.flush())
      await Promise.resolve()
      order.push('first ends')
    },
    async () => {
      order.push('second')
    },
  ]
  const batcher = new Batcher(
    async () => updates.shift()?.(),
    () => 16,
    () => undefined,
  )
  batcher.request()
  await batcher.flush()
  await Promise.all(flushed)
  expect(order).toEqual(['first begins', 'first ends', 'second'])
})
