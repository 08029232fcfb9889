// Running a lesson: the transcript, in text and as data, and Ctrl-C.
import { expect, test } from 'vitest'
import { FakeBackend, gate } from '../session/fake-backend.ts'
import { pauseLab } from './world.ts'

const transcript = `Hello
=====

This lesson says two words with \`echo\`.

$ echo hello
hello

    hello  (1)

(1) The first word.

? How many words?
  1 one
  2 two

$ echo hello world; exit_code() { return 3; }; exit_code
hello world
[exit code 3]
Answer: 2, two. There are two.

- The end,
- of all.

`

test('a transcript: the text, what was typed, what came', async () => {
  expect(await pauseLab(['run', 'hello'])).toEqual({ exitCode: 0, stdout: transcript, stderr: '' })
})

test.each(['1', '01', '01-hello', 'en/01-hello.lab.md'])('the lesson is found as %s', async (name) => {
  expect((await pauseLab(['run', name])).stdout).toBe(transcript)
})

test('in a pipe, start prints the transcript of the first lesson', async () => {
  expect(await pauseLab(['start'])).toEqual({ exitCode: 0, stdout: transcript, stderr: '' })
})

test('a transcript up to a cell', async () => {
  const { stdout } = await pauseLab(['run', '1', '--until', 'hello'])
  expect(stdout).toBe(transcript.slice(0, transcript.indexOf('    hello  (1)')))
})

test('a transcript as JSON', async () => {
  const { stdout, exitCode } = await pauseLab(['run', '1', '--json', '--until', 'hello'])
  const data: Record<string, unknown> = JSON.parse(stdout)
  expect({ exitCode, ...data, engine: '', cells: withoutDurations(data['cells']) }).toEqual({
    exitCode: 0,
    file: 'en/01-hello.lab.md',
    title: 'Hello',
    backend: 'sim',
    engine: '',
    ok: true,
    cells: [
      {
        cell: 'hello',
        script: 'echo hello\n',
        stdout: 'hello\n',
        stderr: '',
        exitCode: 0,
        ok: true,
        status: 'ran',
        listing: 'matches',
      },
    ],
  })
})

test('a cell that does not go well ends the run', async () => {
  const backend = new FakeBackend({ 'echo hello': { exitCode: 1, stderr: 'no echo' } })
  const { stdout, exitCode } = await pauseLab(['run', '1'], { machine: () => ({ backend }) })
  expect([exitCode, stdout.slice(stdout.indexOf('$'))]).toEqual([
    1,
    '$ echo hello\nno echo\n[exit code 1, expected 0]\n\n',
  ])
})

test('a lesson that may not start says why, and runs nothing', async () => {
  const backend = new FakeBackend()
  const markdown = 'creates.md'
  const machine = () => ({ backend, guard: async () => 'There is a container web already.' })
  const { stdout, exitCode } = await pauseLab(['run', markdown], { machine })
  expect([exitCode, stdout, backend.scripts, backend.isDisposed]).toEqual([
    1,
    '$ docker run --name web nginx\n[There is a container web already.]\n\n',
    [],
    true,
  ])
})

test('Ctrl-C cancels the running cell, and the machine is ended', async () => {
  const started = gate()
  const backend = new FakeBackend((script) => {
    if (script !== 'echo hello') return {}
    started.open()
    return { wait: new Promise(() => undefined) }
  })
  let interrupt = (): void => undefined
  const onReady = (press: () => void): void => void (interrupt = press)
  const run = pauseLab(['run', '1'], { machine: () => ({ backend }), onReady })
  await started.promise
  interrupt()
  const { stdout, exitCode } = await run
  expect([exitCode, stdout.slice(stdout.indexOf('$')), backend.isDisposed]).toEqual([
    1,
    '$ echo hello\n[cancelled]\n\n',
    true,
  ])
})

test('what a lesson made on a real machine is removed before it is left', async () => {
  const backend = new FakeBackend({ 'echo hello': 'hello\n' })
  const order: string[] = []
  const removeOwn = async (): Promise<void> => void order.push(`remove, disposed: ${String(backend.isDisposed)}`)
  await pauseLab(['run', '1', '--until', 'hello'], { machine: () => ({ backend, removeOwn }) })
  expect([order, backend.isDisposed]).toEqual([['remove, disposed: false'], true])
})

function withoutDurations(cells: unknown): unknown {
  if (!Array.isArray(cells)) return cells
  return cells.map((cell: Record<string, unknown>) => {
    const { durationMs, ...rest } = cell
    return typeof durationMs === 'number' ? rest : cell
  })
}
