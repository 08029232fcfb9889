// What runs in a container: as whom, where, with which variables, files and streams, and how it ends.
import { expect, test } from 'vitest'
import { createMachine, refusal } from './machine.ts'
import { containerOf, exec, runAttached, runDetached, textOf } from './verbs.ts'

const removed = { AutoRemove: true }

test('output comes on the stream that it was written to, with the exit code', async () => {
  expect(await runAttached(createMachine(), 'talk out err 3')).toEqual({
    stdout: 'out\n',
    stderr: 'err\n',
    exitCode: 3,
  })
})

test('a signal that ends the program is 128 and its number', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'k9' })
  await machine.client((system) => machine.engine.containerKill(system, 'k9'))
  expect(containerOf(machine, 'k9').state.exitCode).toBe(137)
})

test('the environment: PATH, HOSTNAME, what is configured, HOME', async () => {
  const config = { Hostname: 'box', Env: ['A=1'] }
  expect(await runAttached(createMachine(), 'env', { config })).toEqual({
    stdout: 'PATH=/bin\nHOSTNAME=box\nA=1\nHOME=/root\n',
    stderr: '',
    exitCode: 0,
  })
})

test.each([
  ['', '0:0 [0]\n'],
  ['1000:1000', '1000:1000 [1000]\n'],
  ['nobody', '65534:65534 [65534]\n'],
])('user %s is looked up in the container', async (User, stdout) => {
  expect((await runAttached(createMachine(), 'id', { config: { User } })).stdout).toBe(stdout)
})

test('a user that is not there', async () => {
  const machine = createMachine()
  expect(await refusal(runAttached(machine, 'id', { config: { User: 'ghost' } }))).toBe(
    '400 unable to find user ghost: no matching entries in passwd file',
  )
})

test('the working directory', async () => {
  expect((await runAttached(createMachine(), 'pwd', { config: { WorkingDir: '/tmp' } })).stdout).toBe('/tmp\n')
})

test('the default capabilities and seccomp, as the status file shows them', async () => {
  const { stdout } = await runAttached(createMachine(), 'cat /proc/1/status')
  expect(stdout.split('\n').filter((line) => /^(CapEff|CapBnd|Seccomp):/.test(line))).toEqual([
    'CapEff:\t00000000a80425fb',
    'CapBnd:\t00000000a80425fb',
    'Seccomp:\t2',
  ])
})

test('/etc/hosts names the container by its id', async () => {
  const machine = createMachine()
  const id = await runDetached(machine, 'sleep 1000', { name: 'c1' })
  expect((await exec(machine, 'c1', 'cat /etc/hosts')).stdout).toBe(
    [
      '127.0.0.1\tlocalhost',
      '::1\tlocalhost ip6-localhost ip6-loopback',
      'fe00::\tip6-localnet',
      'ff00::\tip6-mcastprefix',
      'ff02::1\tip6-allnodes',
      'ff02::2\tip6-allrouters',
      `172.17.0.2\t${id.slice(0, 12)}`,
      '',
    ].join('\n'),
  )
})

test('a joiner of a network has the name and the hosts of its donor', async () => {
  const machine = createMachine()
  const id = await runDetached(machine, 'sleep 1000', { name: 'alp1' })
  await runDetached(machine, 'sleep 1000', { name: 'alp2', host: { NetworkMode: 'container:alp1' } })
  const hosts = await exec(machine, 'alp2', 'cat /etc/hosts')
  const name = await exec(machine, 'alp2', 'hostname')
  expect([name.stdout, hosts.stdout.split('\n').at(-2)]).toEqual([
    `${id.slice(0, 12)}\n`,
    `172.17.0.2\t${id.slice(0, 12)}`,
  ])
})

const create = (text: string, version: string) =>
  ({
    '20.10': `400 failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${text}: unknown`,
    '26.1': `400 failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${text}: unknown`,
    '28.5': `400 failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${text}`,
  })[version]

test.each(['20.10', '26.1', '28.5'] as const)('a program that is not there, %s', async (version) => {
  const machine = createMachine(version)
  const said = await refusal(runDetached(machine, 'nosuchcommand', { name: 'e127' }))
  const { state } = containerOf(machine, 'e127')
  expect([said, state.exitCode, state.startedAt, state.running]).toEqual([
    create('exec: "nosuchcommand": executable file not found in $PATH', version),
    127,
    undefined,
    false,
  ])
})

test('a file that may not be executed', async () => {
  const machine = createMachine()
  expect([
    await refusal(runDetached(machine, '/etc/passwd', { name: 'e126' })),
    containerOf(machine, 'e126').state.exitCode,
  ]).toEqual([create('exec: "/etc/passwd": permission denied', '28.5'), 126])
})

test('an exec has a parent outside, PPid 0', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'c1' })
  const { stdout } = await exec(machine, 'c1', 'cat /proc/self/status')
  expect(stdout.split('\n').find((line) => line.startsWith('PPid'))).toBe('PPid:\t0')
})

test.each([
  ['20.10', 126, ': unknown'],
  ['26.1', 126, ': unknown'],
  ['28.5', 127, ''],
] as const)('an exec of a program that is not there says so on stdout, %s', async (version, exitCode, end) => {
  const machine = createMachine(version)
  await runDetached(machine, 'sleep 1000', { name: 'c1' })
  expect(await exec(machine, 'c1', 'nosuch')).toEqual({
    stdout: `OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH${end}\r\n`,
    stderr: '',
    exitCode,
  })
})

test('an exec waits two seconds for a child that holds its output', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'c1' })
  const before = machine.kernel.clock.now()
  const { stdout } = await exec(machine, 'c1', 'leave 60')
  expect([stdout, Math.floor((machine.kernel.clock.now() - before) / 1e6)]).toEqual(['left\n', 2])
})

test('stdin reaches the program, and its end does', async () => {
  const machine = createMachine()
  const { engine } = machine
  const output = await machine.client(function* (system) {
    const { Id } = yield* engine.containerCreate(system, {
      Config: { Image: 'alpine', Cmd: ['cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true },
    })
    const stream = yield* engine.containerAttach(system, Id, { stdin: true, stdout: true })
    yield* engine.containerStart(system, Id)
    yield* stream.write(system, new TextEncoder().encode('from stdin\n'))
    stream.closeWrite()
    const frame = yield* stream.next(system)
    return [textOf(frame === undefined ? [] : [frame], 'stdout'), yield* stream.next(system)]
  })
  expect(output).toEqual(['from stdin\n', undefined])
})

test('copy hands stdin and output through descriptors of the client', async () => {
  const machine = createMachine()
  const { engine } = machine
  const output = await machine.client(function* (system) {
    const { Id } = yield* engine.containerCreate(system, {
      Config: { Image: 'alpine', Cmd: ['cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true },
    })
    const stream = yield* engine.containerAttach(system, Id, { stdin: true, stdout: true, stderr: true })
    yield* engine.containerStart(system, Id)
    const [inRead, inWrite] = yield* system.pipe()
    const [outRead, outWrite] = yield* system.pipe()
    yield* system.write(inWrite, 'through pipes\n')
    yield* system.close(inWrite)
    const how = yield* stream.copy(system, { stdin: inRead, stdout: outWrite })
    return [how, new TextDecoder().decode(yield* system.read(outRead, 100))]
  })
  expect(output).toEqual(['ended', 'through pipes\n'])
})

test('a missing image', async () => {
  const machine = createMachine()
  expect(await refusal(runDetached(machine, 'true', { image: 'nosuch', host: removed }))).toBe(
    '404 No such image: nosuch:latest',
  )
})

test('a bind mount shows the files of the host, and ro keeps them as they are', async () => {
  const machine = createMachine()
  await machine.client(function* (system) {
    yield* system.mkdir('/page')
    const fd = yield* system.open('/page/index.html', ['WRONLY', 'CREAT'])
    yield* system.write(fd, '<h1>page</h1>\n')
  })
  const host = { Binds: ['/page:/www:ro'] }
  const read = await runAttached(machine, 'cat /www/index.html', { host })
  const written = await runAttached(machine, 'write /www/x text', { host })
  expect([read.stdout, written.exitCode]).toEqual(['<h1>page</h1>\n', 1])
})

test('what a container writes is its own, and diff shows it', async () => {
  const machine = createMachine()
  await runAttached(machine, 'write /tmp/note text', { name: 'one' })
  await runAttached(machine, 'env', { name: 'two' })
  expect([containerOf(machine, 'one').files.differences(), containerOf(machine, 'two').files.differences()]).toEqual([
    [
      { Kind: 'C', Path: '/tmp' },
      { Kind: 'A', Path: '/tmp/note' },
    ],
    [],
  ])
})

test('--init makes docker-init PID 1 and the program its child', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'app', host: { Init: true } })
  expect(containerOf(machine, 'app').task?.init.executing.argv).toEqual(['/sbin/docker-init', '--', 'sleep', '1000'])
})
