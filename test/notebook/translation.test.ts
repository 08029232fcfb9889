// What a translation must keep.
import { expect, test } from 'vitest'
import { diagnosticMessage } from '../../src/notebook/diagnostics.ts'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { translationProblems } from '../../src/notebook/translation.ts'

const lesson = `# One

\`\`\`sh { name=one }
echo one
\`\`\`

\`\`\`text { output=one ignore=true }
one
\`\`\`

\`\`\`sh { name=two after=one }
echo two
\`\`\`
`

/** What is said of the lesson when its translation differs so. */
function problemsWith(change: (text: string) => string): string[] {
  const problems = translationProblems(readLessonText(lesson), readLessonText(change(lesson)), 'ru/x')
  return problems.map((problem) => `${problem.line}: ${diagnosticMessage(problem)}`)
}

test('prose and the text of cells may differ', () => {
  expect(problemsWith((text) => text.replace('# One', '# Один').replace('echo two', 'echo два'))).toEqual([])
})

test('a cell that is not there', () => {
  expect(problemsWith((text) => text.replace('name=two', 'name=three'))).toEqual([
    '11: translation ru/x has no cell two',
  ])
})

test('an attribute that differs', () => {
  expect(problemsWith((text) => text.replace(' after=one', ''))).toEqual(['11: translation ru/x has another cell two'])
})

test('a listing that differs', () => {
  expect(problemsWith((text) => text.replace('\none\n', '\neins\n'))).toEqual([
    '7: translation ru/x has another listing of one',
  ])
})

test('another order', () => {
  const [head = '', ...blocks] = lesson.split('\n\n')
  expect(problemsWith(() => [head, ...blocks.toReversed()].join('\n\n'))).toEqual([
    '3: translation ru/x has it in another place: cell one',
    '11: translation ru/x has it in another place: cell two',
  ])
})
