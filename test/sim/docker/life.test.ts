// A container's life: stop, kill, pause, restart policies, removal, and what is left of it: nothing.
import { expect, test } from 'vitest'
import { createMachine, refusal, type TestMachine } from './machine.ts'
import { containerOf, exec, runAttached, runDetached, statusLine } from './verbs.ts'

function seconds(machine: TestMachine, since: number): number {
  return Math.floor((machine.kernel.clock.now() - since) / 1e6)
}

test('docker stop of a program that handles SIGTERM ends at once, with its status', async () => {
  const machine = createMachine()
  await runDetached(machine, '', { name: 'pause', image: 'registry.k8s.io/pause:3.9' })
  const before = machine.kernel.clock.now()
  await machine.client((system) => machine.engine.containerStop(system, 'pause'))
  expect([statusLine(machine, 'pause'), seconds(machine, before)]).toEqual(['down 0 restarts 0', 0])
})

test('docker stop of a plain sleep waits ten seconds and kills', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'sleeper' })
  const before = machine.kernel.clock.now()
  await machine.client((system) => machine.engine.containerStop(system, 'sleeper'))
  expect([statusLine(machine, 'sleeper'), seconds(machine, before)]).toEqual(['down 137 restarts 0', 10])
})

test('on-failure:2 gives up after two restarts', async () => {
  const machine = createMachine()
  const host = { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } }
  await runDetached(machine, 'talk out err 1', { name: 'ronfail', host })
  await machine.pass(5)
  expect(statusLine(machine, 'ronfail')).toBe('down 1 restarts 2')
})

test('a container that always fails is started with growing delays', async () => {
  const machine = createMachine()
  const host = { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } }
  await runDetached(machine, 'talk out err 3', { name: 'loop', host })
  const counts: number[] = []
  for (let minute = 0; minute < 4; minute++) {
    await machine.pass(60)
    counts.push(containerOf(machine, 'loop').restart.count)
  }
  // 100 ms, doubling: nine delays are 51 s, the tenth and all after it are 51 and 60. The count goes up as a delay begins.
  expect(counts).toEqual([10, 11, 12, 13])
})

test('docker restart sets the count of restarts to 0', async () => {
  const machine = createMachine()
  const host = { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } }
  await runDetached(machine, 'sleep 1000', { name: 'ralways', host })
  await machine.client((system) => system.kill(containerOf(machine, 'ralways').state.pid, 9))
  await machine.pass(2)
  const before = statusLine(machine, 'ralways')
  await machine.client((system) => machine.engine.containerRestart(system, 'ralways', { timeout: 0 }))
  expect([before, statusLine(machine, 'ralways')]).toEqual(['running 0 restarts 1', 'running 0 restarts 0'])
})

test('a paused container does not run on, and refuses an exec', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 3', { name: 'sleeper' })
  await machine.client((system) => machine.engine.containerPause(system, 'sleeper'))
  await machine.pass(10)
  const paused = statusLine(machine, 'sleeper')
  const said = await refusal(exec(machine, 'sleeper', 'env'))
  await machine.client((system) => machine.engine.containerUnpause(system, 'sleeper'))
  await machine.pass(1)
  expect([paused, said, statusLine(machine, 'sleeper')]).toEqual([
    'running 0 restarts 0',
    '409 Container sleeper is paused, unpause the container before exec',
    'down 0 restarts 0',
  ])
})

test('the init of a shared PID namespace dies, and all in it with 137', async () => {
  const machine = createMachine()
  await runDetached(machine, '', { name: 'pause', image: 'registry.k8s.io/pause:3.9' })
  await runDetached(machine, 'sleep 1000', { name: 'app', host: { PidMode: 'container:pause' } })
  await machine.client((system) => machine.engine.containerStop(system, 'pause'))
  await machine.pass(1)
  expect([statusLine(machine, 'pause'), statusLine(machine, 'app')]).toEqual([
    'down 0 restarts 0',
    'down 137 restarts 0',
  ])
})

test('an IPC namespace can be joined when it is shareable, and not otherwise', async () => {
  const machine = createMachine()
  const id = await runDetached(machine, 'sleep 1000', { name: 'priv' })
  await runDetached(machine, 'sleep 1000', { name: 'shar', host: { IpcMode: 'shareable' } })
  await runDetached(machine, 'sleep 1000', { name: 'join2', host: { IpcMode: 'container:shar' } })
  const said = await refusal(runDetached(machine, 'sleep 10', { host: { IpcMode: 'container:priv' } }))
  await exec(machine, 'shar', 'write /dev/shm/note shared')
  expect([said, (await exec(machine, 'join2', 'cat /dev/shm/note')).stdout]).toEqual([
    `400 failed to join IPC namespace: container ${id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`,
    'shared',
  ])
})

test("events come in the engine's order", async () => {
  const machine = createMachine()
  const actions = await machine.client(function* (system) {
    const events = yield* machine.engine.events(system)
    return events
  })
  await runAttached(machine, 'env', { name: 'ev', host: { AutoRemove: true } })
  const list = await machine.client(function* (system) {
    const seen: string[] = []
    for (let count = 0; count < 7; count++) {
      const event = yield* actions.next(system)
      if (event !== undefined) seen.push(`${event.Type} ${event.Action}`)
    }
    return seen
  })
  expect(list).toEqual([
    'container create',
    'container attach',
    'network connect',
    'container start',
    'network disconnect',
    'container die',
    'container destroy',
  ])
})

test('after all containers are removed the machine is as it was before', async () => {
  const machine = createMachine()
  const { kernel, engine } = machine
  const census = () => ({
    processes: [...kernel.processes()].filter((process) => process.comm !== 'docker').map((process) => process.comm),
    links: [...kernel.initialNamespaces.net.links.values()].map((link) => link.name),
    addresses: engine.daemon.networks.get('bridge').pool?.inUse,
    sessions: kernel.initialPidNamespace.pids.size,
    mounts: kernel.initialNamespaces.mnt.mounts.size,
    holders: Object.values(kernel.initialNamespaces).map((namespace) => `${namespace.kind} ${namespace.holders}`),
  })
  await machine.pass(1)
  const before = census()
  await runDetached(machine, 'sleep 1000', {
    name: 'alp1',
    host: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
  })
  await runDetached(machine, 'sleep 1000', {
    name: 'alp2',
    host: { NetworkMode: 'container:alp1', PidMode: 'container:alp1' },
  })
  await runDetached(machine, '', { name: 'pause', image: 'registry.k8s.io/pause:3.9' })
  await exec(machine, 'alp2', 'leave 100')
  await refusal(runDetached(machine, 'nosuch', { name: 'bad' }))
  await runAttached(machine, 'env', { host: { AutoRemove: true } })
  await machine.client((system) => system.kill(containerOf(machine, 'alp1').state.pid, 9))
  await machine.pass(3)
  for (const name of ['alp1', 'alp2', 'pause', 'bad']) {
    await machine.client((system) => engine.containerRemove(system, name, { force: true }))
  }
  await machine.pass(3)
  expect(census()).toEqual(before)
})
