// A lesson is proved cell by cell, listing by listing, and each check red before its solution and green after it.
import { expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { checkLesson } from '../../src/session/check.ts'
import { FakeBackend, gate } from './fake-backend.ts'

const markdown = `---
needs: [docker]
creates: [container/web]
---

\`\`\`sh { name=ids }
docker ps -q
\`\`\`

\`\`\`text { output=ids ignore=true }
a53ea8be109d
\`\`\`

\`\`\`sh { name=goal check }
test -f goal
\`\`\`

\`\`\`sh { name=reach solution=goal }
touch goal
\`\`\`
`

const engine = { "docker version --format '{{.Server.Version}}'": '26.1.5\n' }

/** A machine in which the goal is reached once `touch goal` has run. */
function reachable(ids: string, touchWorks = true): FakeBackend {
  let isReached = false
  return new FakeBackend((script) => {
    if (script === 'docker ps -q') return { stdout: ids }
    if (script === 'touch goal') isReached = touchWorks
    if (script === '( test -f goal\n)') return { exitCode: isReached ? 0 : 1 }
    return { stdout: script.startsWith('docker version') ? '26.1.5\n' : '' }
  })
}

async function outcomes(text: string, backend: FakeBackend): Promise<unknown> {
  const report = await checkLesson(readLessonText(text), backend, { file: 'x.lab.md' })
  const items = report.items.map((item) => [
    item.kind,
    item.ok,
    item.line,
    ...(item.kind === 'check' ? [item.outcome] : []),
    ...(item.kind === 'problem' ? [item.diagnostic.code] : []),
  ])
  return { ok: report.ok, items }
}

test('a lesson that holds: its cell, its listing, its check', async () => {
  expect(await outcomes(markdown, reachable('000000000001\n'))).toEqual({
    ok: true,
    items: [
      ['cell', true, 6],
      ['listing', true, 11],
      ['check', true, 14, 'red-then-green'],
    ],
  })
})

test('a listing that has drifted', async () => {
  expect(await outcomes(markdown, reachable('000000000001\n000000000002\n'))).toEqual({
    ok: false,
    items: [
      ['cell', true, 6],
      ['listing', false, 11],
      ['check', true, 14, 'red-then-green'],
    ],
  })
})

test('a check that nobody can pass', async () => {
  expect(await outcomes(markdown, reachable('000000000001\n', false))).toEqual({
    ok: false,
    items: [
      ['cell', true, 6],
      ['listing', true, 11],
      ['check', false, 14, 'red-after'],
    ],
  })
})

test('a check that is green with nothing done', async () => {
  expect(await outcomes(markdown, new FakeBackend({ ...engine, 'docker ps -q': '000000000001\n' }))).toEqual({
    ok: false,
    items: [
      ['cell', true, 6],
      ['listing', true, 11],
      ['check', false, 14, 'green-before'],
    ],
  })
})

test('a check without a solution', async () => {
  const text = markdown.slice(0, markdown.indexOf('```sh { name=reach'))
  expect(await outcomes(text, reachable('000000000001\n'))).toEqual({
    ok: false,
    items: [
      ['cell', true, 6],
      ['listing', true, 11],
      ['check', false, 14, 'no-solution'],
    ],
  })
})

test('a lesson whose file has errors', async () => {
  const text = markdown.replace('solution=goal', 'solution=gaol')
  expect(await outcomes(text, reachable('000000000001\n'))).toEqual({
    ok: false,
    items: [
      ['problem', false, 18, 'name-unknown'],
      ['cell', true, 6],
      ['listing', true, 11],
      ['check', false, 14, 'no-solution'],
    ],
  })
})

test('a lesson that needs what this machine has not is skipped', async () => {
  const backend = new FakeBackend({ "command -v 'docker'": { exitCode: 1 } })
  const report = await checkLesson(readLessonText(markdown), backend, { file: 'x.lab.md' })
  expect([report.ok, report.skippedFor, report.items]).toEqual([true, 'docker', []])
})

test('a lesson that would collide runs nothing', async () => {
  const backend = reachable('000000000001\n')
  const guard = async (): Promise<string> => 'There is a container web already.'
  const report = await checkLesson(readLessonText(markdown), backend, { file: 'x.lab.md', guard })
  expect([report.ok, report.items.length, backend.scripts]).toEqual([false, 1, []])
})

test('with a machine to begin anew on, cells run once without the tasks and once with them', async () => {
  const first = reachable('000000000001\n')
  const second = reachable('000000000001\n')
  await checkLesson(readLessonText(markdown), first, { file: 'x.lab.md', reopen: async () => second })
  expect([first.scripts, second.scripts]).toEqual([
    ['docker ps -q'],
    ['docker ps -q', '( test -f goal\n)', 'touch goal', '( test -f goal\n)'],
  ])
})

test('a listing that holds only for who has passed the task by has drifted', async () => {
  const reopen = async (): Promise<FakeBackend> => reachable('000000000001\n000000000002\n')
  const items: unknown[] = []
  const onItem = (item: { kind: string; ok: boolean }): void => void items.push([item.kind, item.ok])
  await checkLesson(readLessonText(markdown), reachable('000000000001\n'), { file: 'x.lab.md', reopen, onItem })
  expect(items).toEqual([
    ['cell', true],
    ['listing', true],
    ['listing', false],
    ['check', true],
  ])
})

test('an abort cancels the running cell and ends the check', async () => {
  const abort = new AbortController()
  const started = gate()
  const backend = new FakeBackend((script) => {
    if (script !== 'docker ps -q') return {}
    started.open()
    return { wait: new Promise(() => undefined) }
  })
  const check = checkLesson(readLessonText(markdown), backend, { file: 'x.lab.md', signal: abort.signal })
  await started.promise
  abort.abort()
  const report = await check
  const statuses = report.items.map((item) => (item.kind === 'cell' ? item.result.status : item.kind))
  expect([report.ok, statuses, backend.scripts]).toEqual([false, ['cancelled'], ['docker ps -q']])
})
