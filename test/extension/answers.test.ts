// When an answer can be given, changed, and seen to be right or wrong.
import { expect, test } from 'vitest'
import { Answers } from '../../extension/common/answers.ts'

const prediction = { name: 'guess', before: 'run', options: 3 }
const recall = { name: 'recall', options: 2 }

function setup(): Answers {
  const kept = new Map<string, unknown>()
  return new Answers({
    get: (key) => kept.get(key),
    update: async (key, value) => {
      kept.set(key, value)
    },
  })
}

test('a prediction changes until its cell runs', async () => {
  const answers = setup()
  await answers.give('lesson', prediction, 1)
  await answers.give('lesson', prediction, 2)
  expect(answers.of('lesson')).toEqual({ guess: { option: 2, locked: false, revealed: false } })
})

test('a prediction is locked by its cell and no longer changes', async () => {
  const answers = setup()
  await answers.give('lesson', prediction, 1)
  await answers.lock('lesson', [prediction, recall], 'run')
  expect(await answers.give('lesson', prediction, 2)).toBe(false)
  expect(answers.of('lesson')).toEqual({ guess: { option: 1, locked: true, revealed: true } })
})

test('another cell locks nothing', async () => {
  const answers = setup()
  await answers.give('lesson', prediction, 1)
  await answers.lock('lesson', [prediction], 'other')
  expect(answers.of('lesson')).toEqual({ guess: { option: 1, locked: false, revealed: false } })
})

test('a prediction that was not made can still be made after the run', async () => {
  const answers = setup()
  await answers.lock('lesson', [prediction], 'run')
  expect(await answers.give('lesson', prediction, 3)).toBe(true)
})

test('a recall question is answered once and tells at once', async () => {
  const answers = setup()
  await answers.give('lesson', recall, 1)
  expect(await answers.give('lesson', recall, 2)).toBe(false)
  expect(answers.of('lesson')).toEqual({ recall: { option: 1, locked: true, revealed: true } })
})

test('an option that does not exist is no answer', async () => {
  const answers = setup()
  expect([await answers.give('lesson', recall, 0), await answers.give('lesson', recall, 3)]).toEqual([false, false])
})

test('lessons have answers of their own', async () => {
  const answers = setup()
  await answers.give('lesson', recall, 1)
  expect(answers.of('another')).toEqual({})
})

test('answers that were forgotten are gone', async () => {
  const answers = setup()
  await answers.give('lesson', recall, 1)
  await answers.forget('lesson')
  expect(answers.of('lesson')).toEqual({})
})
