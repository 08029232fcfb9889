// A run as text, and what is kept of it.
import { expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { noProgress, shareDone, withResult } from '../../src/session/progress.ts'
import { LessonSession } from '../../src/session/session.ts'
import { promptLines, transcriptParts, transcriptRecord } from '../../src/session/transcript.ts'
import { FakeBackend } from './fake-backend.ts'

const lesson = readLessonText(`# Title

\`\`\`sh { name=one }
for i in 1 2; do
  echo $i # (1)
done
\`\`\`

1. Twice.

\`\`\`sh { name=two }
true
\`\`\`

The end.

\`\`\`sh { name=goal check }
true
\`\`\`
`)

test('a transcript has the text and the cells that run, in order', () => {
  const session = new LessonSession(lesson, new FakeBackend())
  const parts = transcriptParts(lesson, session.cellsUntil())
  expect(
    parts.map((part) => (part.kind === 'text' ? part.markdown : part.kind === 'cell' ? part.cell.name : '?')),
  ).toEqual(['# Title', 'one', '1. Twice.', 'two', 'The end.'])
})

test('a transcript up to a cell ends with it', () => {
  const session = new LessonSession(lesson, new FakeBackend())
  expect(transcriptParts(lesson, session.cellsUntil('one')).map((part) => part.kind)).toEqual(['text', 'cell'])
})

test('a script stands as typed at a prompt, without note markers', () => {
  expect(lesson.cells.slice(0, 1).map(promptLines)).toEqual([['$ for i in 1 2; do', '>   echo $i', '> done']])
})

test('the record of a cell has the fields of a recording', async () => {
  const session = new LessonSession(lesson, new FakeBackend({ true: 'yes\n' }), { now: () => 0 })
  const [, two] = lesson.cells
  const result = await session.runCell('two')
  expect(two && transcriptRecord(two, result)).toEqual({
    cell: 'two',
    script: 'true\n',
    stdout: 'yes\n',
    stderr: '',
    exitCode: 0,
    ok: true,
    status: 'ran',
    durationMs: 0,
  })
})

test('progress counts a cell once, and a check as such', async () => {
  const session = new LessonSession(lesson, new FakeBackend())
  let progress = noProgress
  for (const name of ['one', 'one', 'goal']) progress = withResult(progress, lesson, await session.runCell(name))
  expect([progress, shareDone(progress, lesson)]).toEqual([
    { done: ['one', 'goal'], checks: ['goal'], guesses: 0, rightGuesses: 0 },
    2 / 3,
  ])
})
