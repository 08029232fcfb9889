// Questions as the lesson's text gives them.
import { expect, test } from 'vitest'
import { readQuestion } from '../../src/notebook/quiz.ts'

test('one right option is a list of one', () => {
  expect(readQuestion('ask: Why?\noptions: [a, 0, true]\nright: 2\nwhy: So.', 1)).toEqual({
    question: { ask: 'Why?', options: ['a', '0', 'true'], right: [2], why: 'So.' },
    problems: [],
  })
})

test('several right options', () => {
  expect(readQuestion('ask: Why?\noptions: [a, b, c]\nright: [1, 3]\nwhy: So.', 1).question?.right).toEqual([1, 3])
})

test('an alias to nowhere is a problem and no exception', () => {
  expect(readQuestion('ask: *nowhere', 5).problems.map(({ code, line }) => `${code} ${line}`)).toEqual(['quiz-yaml 6'])
})
