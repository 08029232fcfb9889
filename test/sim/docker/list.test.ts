// GET /containers/json and the log: what `docker ps` and `docker logs` are made of.
import { expect, test } from 'vitest'
import type { ContainerListOptions, LogsOptions } from '../../../src/sim/docker/api.ts'
import { createMachine, type TestMachine } from './machine.ts'
import { runAttached, runDetached } from './verbs.ts'

async function createShelf(): Promise<TestMachine> {
  const machine = createMachine()
  await runAttached(machine, 'talk out err 3', { name: 'talk' })
  await machine.pass(10)
  await runDetached(machine, 'sleep 1000', { name: 'sleeper', config: { Labels: { app: 'demo' } } })
  await machine.client((system) =>
    machine.engine.containerCreate(system, { Config: { Image: 'alpine', Cmd: ['sh', '-c', 'echo it'] } }, 'made'),
  )
  await machine.pass(2)
  return machine
}

async function names(machine: TestMachine, options: ContainerListOptions): Promise<string[]> {
  const rows = await machine.client((system) => machine.engine.containerList(system, options))
  return rows.map((row) => row.Names[0]?.slice(1) ?? '')
}

test.each<[string, ContainerListOptions, string[]]>([
  ['those that run', {}, ['sleeper']],
  ['all, newest first', { all: true }, ['made', 'sleeper', 'talk']],
  ['the newest two', { limit: 2 }, ['made', 'sleeper']],
  ['by a part of the name', { all: true, filters: { name: ['e'] } }, ['made', 'sleeper']],
  ['by label', { filters: { label: ['app=demo'] } }, ['sleeper']],
  ['by exit code, also of those that are down', { filters: { exited: ['3'] } }, ['talk']],
  ['by state', { filters: { status: ['created'] } }, ['made']],
  ['by image', { all: true, filters: { ancestor: ['alpine'] } }, ['made', 'sleeper', 'talk']],
])('%s', async (_name, options, expected) => {
  expect(await names(await createShelf(), options)).toEqual(expected)
})

test('the rows say for how long, and how it ended', async () => {
  const machine = await createShelf()
  const rows = await machine.client((system) => machine.engine.containerList(system, { all: true }))
  expect(rows.map((row) => [row.Command, row.State, row.Status])).toEqual([
    ["sh -c 'echo it'", 'created', 'Created'],
    ['sleep 1000', 'running', 'Up 2 seconds'],
    ['talk out err 3', 'exited', 'Exited (3) 12 seconds ago'],
  ])
})

async function logs(machine: TestMachine, options: LogsOptions): Promise<string[]> {
  const { engine } = machine
  return machine.client(function* (system) {
    const reader = yield* engine.containerLogs(system, 'talk', options)
    const lines: string[] = []
    for (let line = yield* reader.next(system); line !== undefined; line = yield* reader.next(system)) {
      lines.push(`${line.stream} ${new TextDecoder().decode(line.data)}`)
    }
    return lines
  })
}

test.each<[string, LogsOptions, string[]]>([
  ['both streams', { stdout: true, stderr: true }, ['stdout out\n', 'stderr err\n']],
  ['one stream', { stderr: true }, ['stderr err\n']],
  ['the last line', { stdout: true, stderr: true, tail: '1' }, ['stderr err\n']],
  ['followed, of a container that has ended', { stdout: true, follow: true }, ['stdout out\n']],
])('logs: %s', async (_name, options, expected) => {
  expect(await logs(await createShelf(), options)).toEqual(expected)
})

test('logs that are followed end with the container', async () => {
  const machine = createMachine()
  const { engine } = machine
  await runDetached(machine, 'sleep 5', { name: 'talk' })
  const before = machine.kernel.clock.now()
  await machine.client(function* (system) {
    const reader = yield* engine.containerLogs(system, 'talk', { stdout: true, follow: true })
    return yield* reader.next(system)
  })
  expect(Math.round((machine.kernel.clock.now() - before) / 1e6)).toBe(5)
})
