// Running the cells of a lesson, on a machine that only plays a part.
import { expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { describeRefusal } from '../../src/session/messages.ts'
import { LessonSession, type SessionOptions } from '../../src/session/session.ts'
import { FakeBackend, gate } from './fake-backend.ts'

const markdown = `---
title: Two containers
needs: [docker]
creates: [container/alp1]
---

\`\`\`sh { name=one }
docker run alp1 # (1)
\`\`\`

1. It starts.

\`\`\`quiz { name=guess before=two ignore=true }
ask: How many?
options: [one, two]
right: 2
why: Both run.
\`\`\`

\`\`\`sh { name=two after=one }
docker ps -q
\`\`\`

\`\`\`text { output=two ignore=true }
a53ea8be109d
e72ecc03cafa
\`\`\`

\`\`\`sh { name=fails exit=3 timeout=2s }
false
\`\`\`

\`\`\`c { file=src/pause.c }
int main() {}
\`\`\`

\`\`\`sh { name=later background cwd=/tmp }
sleep 60
\`\`\`

\`\`\`sh { name=is-done check }
test done
\`\`\`

\`\`\`sh { name=do-it solution=is-done }
touch done
\`\`\`
`

function sessionOn(backend: FakeBackend, options: SessionOptions = {}): LessonSession {
  return new LessonSession(readLessonText(markdown), backend, { file: 'two.lab.md', ...options })
}

test('a cell runs without its note markers, and its output is streamed and kept', async () => {
  const backend = new FakeBackend({ 'docker run alp1': { stdout: 'id\n', stderr: 'pulled\n', hints: ['a hint'] } })
  const seen: string[] = []
  const text = new TextDecoder()
  const io = {
    stdout: (chunk: Uint8Array) => void seen.push(`1 ${text.decode(chunk)}`),
    stderr: (chunk: Uint8Array) => void seen.push(`2 ${text.decode(chunk)}`),
  }
  let clock = 100
  const result = await sessionOn(backend, { now: () => (clock += 5) }).runCell('one', io)
  expect({ result, seen, scripts: backend.scripts }).toEqual({
    result: {
      cell: 'one',
      status: 'ran',
      exitCode: 0,
      expectedExitCode: 0,
      ok: true,
      stdout: 'id\n',
      stderr: 'pulled\n',
      output: 'id\npulled\n',
      truncated: false,
      durationMs: 5,
      hints: ['a hint'],
      predictions: [],
      ranFirst: [],
    },
    seen: ['1 id\n', '2 pulled\n'],
    scripts: ['docker run alp1'],
  })
})

test('an exit code that the lesson expects is right, and another one is not', async () => {
  const session = sessionOn(new FakeBackend({ false: { exitCode: 3 } }))
  const wrong = sessionOn(new FakeBackend({ false: { exitCode: 1 } }))
  expect([(await session.runCell('fails')).ok, (await wrong.runCell('fails')).ok]).toEqual([true, false])
})

test('a cell whose predecessor has not run is refused, with the cells to run', async () => {
  const { refusal } = await sessionOn(new FakeBackend()).runCell('two')
  expect(refusal && describeRefusal(refusal)).toBe('two needs what one did. Run first: one.')
})

test('with prerequisites, what a cell needs is run before it', async () => {
  const backend = new FakeBackend()
  const result = await sessionOn(backend).runCell('two', undefined, { withPrerequisites: true })
  expect({ ran: backend.scripts, first: result.ranFirst.map((each) => each.cell) }).toEqual({
    ran: ['docker run alp1', 'docker ps -q'],
    first: ['one'],
  })
})

test('what has run once is not run again for another cell', async () => {
  const backend = new FakeBackend()
  const session = sessionOn(backend)
  await session.runCell('one')
  await session.runCell('two', undefined, { withPrerequisites: true })
  expect(backend.scripts).toEqual(['docker run alp1', 'docker ps -q'])
})

test('a cell is not run when one that it needs fails', async () => {
  const backend = new FakeBackend({ 'docker run alp1': { exitCode: 125 } })
  const result = await sessionOn(backend).runCell('two', undefined, { withPrerequisites: true })
  expect([result.refusal, backend.scripts]).toEqual([
    { code: 'needs-failed', cell: 'two', failed: 'one' },
    ['docker run alp1'],
  ])
})

test('a lesson that needs docker does not start without it', async () => {
  const backend = new FakeBackend({ "command -v 'docker'": { exitCode: 1 } })
  expect((await sessionOn(backend).runCell('one')).refusal).toEqual({ code: 'needs-tool', cell: 'one', tool: 'docker' })
})

test('an unknown cell is refused with the names of all', async () => {
  const { refusal } = await sessionOn(new FakeBackend()).runCell('nine')
  expect(refusal && describeRefusal(refusal)).toBe(
    'There is no cell named nine. The cells are: one, two, fails, cell-4, later, is-done, do-it.',
  )
})

test('a lesson that would collide does not start, and starts when there is room', async () => {
  const asked: (readonly string[])[] = []
  const answers = ['There is a container alp1 already.', undefined]
  const backend = new FakeBackend()
  const guard = async (creates: readonly string[]): Promise<string | undefined> => {
    asked.push(creates)
    return answers[asked.length - 1]
  }
  const session = sessionOn(backend, { guard })
  const results = [await session.runCell('one'), await session.runCell('one'), await session.runCell('one')]
  expect([results.map((result) => result.refusal), asked]).toEqual([
    [{ code: 'collision', message: 'There is a container alp1 already.' }, undefined, undefined],
    [['container/alp1'], ['container/alp1']],
  ])
})

test('a file cell writes its text, also one that holds the delimiter', async () => {
  const backend = new FakeBackend()
  const session = sessionOn(backend)
  await session.runCell('cell-4')
  expect(backend.scripts).toEqual(["mkdir -p -- 'src' && cat > 'src/pause.c' << 'END'\nint main() {}\nEND"])
})

test('a background cell runs in its directory, and the session comes back', async () => {
  const backend = new FakeBackend({ pwd: "/home/it's\n" })
  await sessionOn(backend).runCell('later')
  expect(backend.scripts).toEqual(['pwd', "cd -- '/tmp'", '{ sleep 60\n} &', "cd -- '/home/it'\\''s'"])
})

test('cells run one after the other, in the order in which they were asked for', async () => {
  const first = gate()
  const backend = new FakeBackend({ 'docker run alp1': { wait: first.promise } })
  const session = sessionOn(backend)
  const runs = [session.runCell('one'), session.runCell('two')]
  const states = [session.state('one'), session.state('two')]
  first.open()
  expect([(await Promise.all(runs)).map((result) => result.ok), states, session.ran]).toEqual([
    [true, true],
    ['queued', 'queued'],
    ['one', 'two'],
  ])
})

test('cancelling ends the running cell and those that wait', async () => {
  const started = gate()
  const never = new Promise<void>(() => undefined)
  const backend = new FakeBackend((script) => {
    if (script !== 'docker run alp1') return {}
    started.open()
    return { wait: never }
  })
  const session = sessionOn(backend)
  const runs = [session.runCell('one'), session.runCell('fails')]
  await started.promise
  session.cancel()
  const results = await Promise.all(runs)
  expect([results.map(({ status, exitCode, ok }) => ({ status, exitCode, ok })), backend.scripts]).toEqual([
    [
      { status: 'cancelled', exitCode: 130, ok: false },
      { status: 'cancelled', exitCode: 130, ok: false },
    ],
    ['docker run alp1'],
  ])
})

test('an output is stale when a cell before it runs again', async () => {
  const session = sessionOn(new FakeBackend())
  await session.runCell('one')
  await session.runCell('two')
  const before = session.state('two')
  await session.runCell('one')
  expect([before, session.state('two'), session.state('one'), session.state('fails')]).toEqual([
    'current',
    'stale',
    'current',
    'not-run',
  ])
})

test('after a restart there is a new shell, and all outputs are stale', async () => {
  const backend = new FakeBackend()
  const session = sessionOn(backend)
  await session.runCell('one')
  await session.restart()
  const state = session.state('one')
  await session.runCell('one')
  expect([state, session.state('one'), backend.scripts]).toEqual([
    'stale',
    'current',
    ['docker run alp1', 'exit 0', 'docker run alp1'],
  ])
})

test('a restart with a new machine ends the old one', async () => {
  const [first, second] = [new FakeBackend(), new FakeBackend()]
  const session = sessionOn(first, { reopen: async () => second })
  await session.runCell('one')
  await session.restart()
  await session.runCell('one')
  expect([first.isDisposed, first.scripts, second.scripts]).toEqual([true, ['docker run alp1'], ['docker run alp1']])
})

test('a guess is shown beside the result, and locked from then on', async () => {
  const session = sessionOn(new FakeBackend())
  const [question] = session.questionsBefore('two')
  if (!question) throw new Error('the lesson has no question before two')
  const guesses = [session.predict(question, 3), session.predict(question, 2), session.predict(question, 1)]
  await session.runCell('one')
  const { predictions } = await session.runCell('two')
  expect([guesses, predictions, session.predict(question, 2), session.prediction(question)]).toEqual([
    [false, true, true],
    [{ question: 'How many?', chosen: 'one', right: ['two'], correct: false, why: 'Both run.' }],
    false,
    { option: 1, isLocked: true },
  ])
})

test('an output that matches the listing but for its ids is right', async () => {
  const session = sessionOn(new FakeBackend({ 'docker ps -q': '000000000001\n000000000002\n' }))
  await session.runCell('one')
  expect((await session.runCell('two')).listing).toEqual({ matches: true, line: 25 })
})

test('an output that differs from the listing comes with a diff against the file', async () => {
  const session = sessionOn(
    new FakeBackend({ 'docker ps -q': '000000000001\n', "docker version --format '{{.Server.Version}}'": '26.1.5\n' }),
  )
  await session.runCell('one')
  expect((await session.runCell('two')).listing).toEqual({
    matches: false,
    line: 25,
    diff: `--- two.lab.md:25 listing of the cell two
+++ printed now by docker 26.1.5
@@ -25,2 +25,1 @@
 a53ea8be109d
-e72ecc03cafa`,
  })
})

test('all cells means all but checks and solutions, up to the one that is named', async () => {
  const session = sessionOn(new FakeBackend())
  expect([session.cellsUntil(), session.cellsUntil('two'), session.cellsUntil('is-done')].map(names)).toEqual([
    ['one', 'two', 'fails', 'cell-4', 'later'],
    ['one', 'two'],
    ['one', 'two', 'fails', 'cell-4', 'later', 'is-done'],
  ])
})

test('long output is passed on whole and kept in part', async () => {
  const backend = new FakeBackend({ 'docker run alp1': 'x'.repeat(100) })
  let passed = 0
  const io = { stdout: (chunk: Uint8Array) => void (passed += chunk.length), stderr: () => undefined }
  const { stdout, truncated } = await sessionOn(backend, { captureLimit: 10 }).runCell('one', io)
  expect([passed, stdout, truncated]).toEqual([100, 'xxxxxxxxxx', true])
})

test('a session that has ended runs nothing', async () => {
  const backend = new FakeBackend()
  const session = sessionOn(backend)
  await session.dispose()
  expect([(await session.runCell('one')).refusal, backend.isDisposed, backend.scripts]).toEqual([
    { code: 'disposed' },
    true,
    [],
  ])
})

function names(cells: readonly { name: string }[]): string[] {
  return cells.map((cell) => cell.name)
}

test('a check runs in a subshell, so that its exit ends no shell', async () => {
  const backend = new FakeBackend()
  await sessionOn(backend).runCell('is-done')
  expect(backend.scripts).toEqual(['( test done\n)'])
})
