// What the real bash does beyond the contract of every backend.
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MachineBackend, createMachineBackend } from '../../src/machine/backend.ts'
import { listProcesses } from '../../src/machine/processes.ts'
import type { RunResult, Shell } from '../../src/session/backend.ts'

let backend: MachineBackend
let shell: Shell

beforeEach(async () => {
  backend = createMachineBackend()
  shell = await backend.open({})
})

afterEach(() => backend.dispose())

async function run(script: string, cancelAt?: string): Promise<RunResult & { stdout: string; stderr: string }> {
  const output = { stdout: '', stderr: '' }
  const abort = new AbortController()
  const result = await shell.run(script, {
    stdout: (chunk) => {
      output.stdout += new TextDecoder().decode(chunk)
      if (cancelAt !== undefined && output.stdout.includes(cancelAt)) abort.abort()
    },
    stderr: (chunk) => (output.stderr += new TextDecoder().decode(chunk)),
    signal: abort.signal,
  })
  return { ...result, ...output }
}

test('a cell that waits to open a FIFO can be cancelled, and the state of the shell is kept', async () => {
  await run('x=5; declare -A map=([key]="a b"); greet() { echo "hello $1"; }; mkdir inner; cd inner; mkfifo fifo')
  const { exitCode, ended, stdout } = await run('echo go; read line < fifo; echo no', 'go\n')
  expect({ exitCode, ended, stdout }).toEqual({ exitCode: 130, ended: 'cancelled', stdout: 'go\n' })
  expect(await run('echo "$x ${map[key]} $(basename "$PWD")"; greet you')).toEqual({
    exitCode: 0,
    stdout: '5 a b inner\nhello you\n',
    stderr: '',
  })
})

test('cancelling finds processes that have left their session, and such as ignore SIGTERM', async () => {
  const { stdout } = await run(
    'setsid sh -c \'trap "" TERM; echo $$ go; while :; do sleep 1; done\' & sleep 1000',
    'go\n',
  )
  const pid = Number.parseInt(stdout, 10)
  expect((await listProcesses()).filter((entry) => entry.pid === pid)).toEqual([])
})

test('a shell that was killed between two cells is replaced before the next', async () => {
  await run('export GREETING=hello')
  const pid = Number((await run('echo $$')).stdout)
  process.kill(pid, 'SIGKILL')
  expect(await run('echo $GREETING')).toMatchObject({ exitCode: 0, stdout: 'hello\n' })
})

test('a cell sees no terminal, no input, and no descriptors of ours', async () => {
  const { stdout } = await run('tty; ls /proc/self/fd | tr "\\n" " "; readlink /proc/self/fd/0')
  expect(stdout).toBe('not a tty\n0 1 2 3 /dev/null\n')
})

test('/dev/stderr can be opened by its name', async () => {
  expect(await run('echo text | tee /dev/stderr')).toEqual({ exitCode: 0, stdout: 'text\n', stderr: 'text\n' })
})

test('a stray break does not end the session', async () => {
  await run('x=5; break')
  expect(await run('echo $x')).toEqual({ exitCode: 0, stdout: '5\n', stderr: '' })
})

test('declare makes variables of the session', async () => {
  await run('declare -A map=([key]=value)')
  expect(await run('echo ${map[key]}')).toEqual({ exitCode: 0, stdout: 'value\n', stderr: '' })
})

test('dispose leaves no process and no file', async () => {
  const script = '(while :; do sleep 1; done) >/dev/null & echo $!; setsid sleep 1000 & echo $!; echo $$; echo $PATH'
  const [loop, sleeper, bash, path = ''] = (await run(script)).stdout.split('\n')
  const directory = path.split('/bin:')[0] ?? ''
  expect(existsSync(directory)).toBe(true)
  await backend.dispose()
  const alive = (await listProcesses()).map(({ pid }) => String(pid))
  expect({
    alive: [loop, sleeper, bash].filter((pid) => alive.includes(pid ?? '')),
    directory: existsSync(directory),
  }).toEqual({ alive: [], directory: false })
})

test("nothing of the host's own environment gets in", async () => {
  process.env['NODE_OPTIONS_OF_A_TEST'] = '1'
  const { stdout } = await run('echo "[$NODE_OPTIONS_OF_A_TEST]"; tr "\\0" "\\n" < /proc/$$/environ | grep -c VITEST')
  delete process.env['NODE_OPTIONS_OF_A_TEST']
  expect(stdout).toBe('[]\n0\n')
})

test('a directory that is none is refused', async () => {
  await expect(backend.open({ cwd: '/no/such/directory' })).rejects.toMatchObject({ fault: { kind: 'no-directory' } })
})

test('a session starts where it is told to', async () => {
  shell = await backend.open({ cwd: '/proc' })
  expect((await run('pwd; cat uptime')).stdout.split('\n')[0]).toBe('/proc')
})
