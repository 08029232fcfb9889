// Two containers in one network namespace, the first is killed: the whole experiment, at the engine's level.
import { expect, test } from 'vitest'
import { createMachine, refusal, type TestMachine } from './machine.ts'
import { addressOf, containerOf, interfacesOf, namespaceOf, runDetached, statusLine } from './verbs.ts'

async function alp1AndAlp2(host = {}): Promise<TestMachine> {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'alp1', host })
  await runDetached(machine, 'sleep 1000', { name: 'alp2', host: { NetworkMode: 'container:alp1' } })
  return machine
}

function killFromHost(machine: TestMachine, name: string): Promise<void> {
  return machine.client((system) => system.kill(containerOf(machine, name).state.pid, 9))
}

test('two containers share one network namespace, and nothing else', async () => {
  const machine = await alp1AndAlp2()
  const kinds = ['net', 'ipc', 'mnt', 'pid', 'uts']
  const shared: string[] = []
  for (const kind of kinds) {
    const same = (await namespaceOf(machine, 'alp1', kind)) === (await namespaceOf(machine, 'alp2', kind))
    shared.push(`${kind} ${same ? 'shared' : 'own'}`)
  }
  expect(shared).toEqual(['net shared', 'ipc own', 'mnt own', 'pid own', 'uts own'])
})

test('a new container gets a run of inode numbers: mnt, uts, ipc, pid, net', async () => {
  const machine = await alp1AndAlp2()
  const numbers: number[] = []
  for (const kind of ['mnt', 'uts', 'ipc', 'pid', 'net']) {
    numbers.push(Number(/\d+/.exec(await namespaceOf(machine, 'alp1', kind))?.[0]))
  }
  const [first = 0] = numbers
  expect(numbers).toEqual([first, first + 1, first + 2, first + 3, first + 4])
})

test('the mode of the joiner has the whole id of the donor', async () => {
  const machine = await alp1AndAlp2()
  const modes = ['alp1', 'alp2'].map((name) => containerOf(machine, name).hostConfig.NetworkMode)
  expect(modes).toEqual(['bridge', `container:${containerOf(machine, 'alp1').id}`])
})

test('the joiner sees the interfaces of the donor and has no network of its own', async () => {
  const machine = await alp1AndAlp2()
  expect([interfacesOf(machine, 'alp2'), containerOf(machine, 'alp2').endpoints.size]).toEqual([
    ['lo 127.0.0.1', 'eth0 172.17.0.2'],
    0,
  ])
})

test('the donor is killed: the joiner lives on in the old namespace with lo alone', async () => {
  const machine = await alp1AndAlp2()
  const before = await namespaceOf(machine, 'alp2', 'net')
  await killFromHost(machine, 'alp1')
  await machine.pass(1)
  expect({
    alp1: statusLine(machine, 'alp1'),
    alp2: statusLine(machine, 'alp2'),
    same: (await namespaceOf(machine, 'alp2', 'net')) === before,
    interfaces: interfacesOf(machine, 'alp2'),
    routes: containerOf(machine, 'alp2').task?.init.namespaces.net.routes.length,
  }).toEqual({
    alp1: 'down 137 restarts 0',
    alp2: 'running 0 restarts 0',
    same: true,
    interfaces: ['lo 127.0.0.1'],
    routes: 0,
  })
})

test('the donor is started again: another namespace, the same address', async () => {
  const machine = await alp1AndAlp2()
  const before = await namespaceOf(machine, 'alp1', 'net')
  await killFromHost(machine, 'alp1')
  await machine.pass(1)
  await machine.client((system) => machine.engine.containerStart(system, 'alp1'))
  expect([addressOf(machine, 'alp1'), (await namespaceOf(machine, 'alp1', 'net')) === before]).toEqual([
    '172.17.0.2',
    false,
  ])
})

test('a policy starts the donor again by itself', async () => {
  const machine = await alp1AndAlp2({ RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } })
  await killFromHost(machine, 'alp1')
  await machine.pass(2)
  expect([statusLine(machine, 'alp1'), addressOf(machine, 'alp1'), interfacesOf(machine, 'alp2')]).toEqual([
    'running 0 restarts 1',
    '172.17.0.2',
    ['lo 127.0.0.1'],
  ])
})

test('docker restart of the joiner joins the namespace that the donor has now', async () => {
  const machine = await alp1AndAlp2()
  await killFromHost(machine, 'alp1')
  await machine.pass(1)
  await machine.client((system) => machine.engine.containerStart(system, 'alp1'))
  await machine.client((system) => machine.engine.containerRestart(system, 'alp2', { timeout: 0 }))
  const nets = [await namespaceOf(machine, 'alp1', 'net'), await namespaceOf(machine, 'alp2', 'net')]
  expect([nets[0] === nets[1], interfacesOf(machine, 'alp2')]).toEqual([true, ['lo 127.0.0.1', 'eth0 172.17.0.2']])
})

test('docker kill counts as by hand: no policy brings the container back', async () => {
  const machine = await alp1AndAlp2({ RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } })
  await machine.client((system) => machine.engine.containerKill(system, 'alp1'))
  await machine.pass(120)
  expect(statusLine(machine, 'alp1')).toBe('down 137 restarts 0')
})

test('the address is not reserved: who starts first gets the lowest', async () => {
  const machine = await alp1AndAlp2()
  await machine.client((system) => machine.engine.containerStop(system, 'alp1', { timeout: 0 }))
  await runDetached(machine, 'sleep 1000', { name: 'alp3' })
  await machine.client((system) => machine.engine.containerStart(system, 'alp1'))
  expect([addressOf(machine, 'alp1'), addressOf(machine, 'alp3')]).toEqual(['172.17.0.3', '172.17.0.2'])
})

test.each([
  ['20.10', (id: string) => `Cannot restart container alp2: cannot join network of a non running container: ${id}`],
  ['26.1', (id: string) => `Cannot restart container alp2: cannot join network of a non running container: ${id}`],
  [
    '28.5',
    () =>
      'Cannot restart container alp2: cannot join network namespace of a non running container: container alp1 is exited',
  ],
] as const)('restarting the joiner while the donor is down kills it and fails, %s', async (version, text) => {
  const machine = createMachine(version)
  const id = await runDetached(machine, 'sleep 1000', { name: 'alp1' })
  await runDetached(machine, 'sleep 1000', { name: 'alp2', host: { NetworkMode: 'container:alp1' } })
  await machine.client((system) => machine.engine.containerKill(system, 'alp1'))
  const said = await refusal(
    machine.client((system) => machine.engine.containerRestart(system, 'alp2', { timeout: 0 })),
  )
  expect([said, statusLine(machine, 'alp2')]).toEqual([`409 ${text(id)}`, 'down 137 restarts 0'])
})

test('the name of the donor is resolved once: a new container of that name is not joined', async () => {
  const machine = createMachine()
  const id = await runDetached(machine, 'sleep 1000', { name: 'alp1' })
  await runDetached(machine, 'sleep 1000', { name: 'alp2', host: { NetworkMode: 'container:alp1' } })
  await machine.client((system) => machine.engine.containerRemove(system, 'alp1', { force: true }))
  await runDetached(machine, 'sleep 1000', { name: 'alp1' })
  await machine.client((system) => machine.engine.containerStop(system, 'alp2', { timeout: 0 }))
  expect(await refusal(machine.client((system) => machine.engine.containerStart(system, 'alp2')))).toBe(
    `404 joining network namespace of container: No such container: ${id}`,
  )
})
