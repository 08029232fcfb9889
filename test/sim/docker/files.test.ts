// Images and files: pulling, tagging, importing, removing; copying in and out; top, which is the host's own ps.
import { expect, test } from 'vitest'
import { resolvePath } from '../../../src/sim/kernel/path-resolution.ts'
import { MemoryDirectory } from '../../../src/sim/kernel/memory-file-system.ts'
import { createMachine, imageId, refusal, type TestMachine } from './machine.ts'
import { containerOf, exec, runAttached, runDetached } from './verbs.ts'

async function references(machine: TestMachine): Promise<string[]> {
  const images = await machine.client((system) => machine.engine.imageList(system))
  return images.flatMap((image) => image.RepoTags)
}

test('images are listed newest first', async () => {
  expect(await references(createMachine())).toEqual(['registry.k8s.io/pause:3.9', 'alpine:latest'])
})

test('a second name comes and goes, and the image stays', async () => {
  const machine = createMachine()
  await machine.client((system) => machine.engine.imageTag(system, 'alpine:latest', 'my/alpine:v1'))
  const both = await references(machine)
  const removed = await machine.client((system) => machine.engine.imageRemove(system, 'my/alpine:v1'))
  expect([both, removed, await references(machine)]).toEqual([
    ['registry.k8s.io/pause:3.9', 'alpine:latest', 'my/alpine:v1'],
    [{ Untagged: 'my/alpine:v1' }],
    ['registry.k8s.io/pause:3.9', 'alpine:latest'],
  ])
})

test('the last name takes the image along', async () => {
  const machine = createMachine()
  expect(await machine.client((system) => machine.engine.imageRemove(system, 'alpine'))).toEqual([
    { Untagged: 'alpine:latest' },
    { Deleted: `sha256:${imageId}` },
  ])
})

test('an imported tree with changes is an image that runs', async () => {
  const machine = createMachine()
  const { engine } = machine
  await machine.client(function* (system) {
    const { Id } = yield* engine.containerCreate(system, { Config: { Image: 'alpine' } }, 'source')
    const files = yield* engine.containerArchiveGet(system, Id, '/bin')
    const changes = ['ENTRYPOINT ["/bin/echo"]', 'ENV GREETING=hi', 'USER 7:8']
    yield* engine.imageImport(system, files, { reference: 'mine:1', changes })
  })
  const output = await runAttached(machine, 'from the import', { image: 'mine:1' })
  expect([output.stdout, containerOf(machine, 'source').state.running]).toEqual(['from the import\n', false])
})

test('a file is copied in and out again, with its owner and mode', async () => {
  const machine = createMachine()
  const { engine } = machine
  await runDetached(machine, 'sleep 1000', { name: 'dreamer' })
  const content = new TextEncoder().encode('<h1>page</h1>\n')
  const entry = { name: 'index.html', type: 'regular', mode: 0o640, uid: 5, gid: 6, mtime: 1e6, content } as const
  await machine.client((system) => engine.containerArchivePut(system, 'dreamer', '/tmp', [entry]))
  const seen = await exec(machine, 'dreamer', 'cat /tmp/index.html')
  const back = await machine.client((system) => engine.containerArchiveGet(system, 'dreamer', '/tmp/index.html'))
  expect([seen.stdout, back]).toEqual(['<h1>page</h1>\n', [{ ...entry, executable: undefined }]])
})

test('a path that is not there', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'dreamer' })
  const get = machine.client((system) => machine.engine.containerArchiveGet(system, 'dreamer', '/nosuch'))
  expect(await refusal(get)).toBe('404 Could not find the file /nosuch in container dreamer')
})

/** A ps that prints all processes of the machine, with the columns that it is asked for, or those of -f. */
function installPs(machine: TestMachine): void {
  const bin = resolvePath(machine.init, '/usr/bin').inode
  if (!(bin instanceof MemoryDirectory)) throw new Error('no /usr/bin')
  bin.addFile('ps', {
    *executable(system, argv) {
      const only = argv[1] === '-o' ? argv[2] : undefined
      const header = only === undefined ? 'UID PID CMD' : only.toUpperCase()
      yield* system.write(1, `${header}\n`)
      for (const process of machine.kernel.processes()) {
        const fields = [process.credentials.uid.real, process.pid.global, process.executing.argv.join(' ')]
        yield* system.write(1, `${(only === undefined ? fields : [process.comm]).join(' ')}\n`)
      }
      return 0
    },
  })
}

test('top shows what belongs to the container, with its PIDs on the host', async () => {
  const machine = createMachine()
  installPs(machine)
  await runDetached(machine, 'sleep 1000', { name: 'one' })
  await runDetached(machine, 'sleep 2000', { name: 'two', host: { PidMode: 'container:one' } })
  expect(await machine.client((system) => machine.engine.containerTop(system, 'two'))).toEqual({
    Titles: ['UID', 'PID', 'CMD'],
    Processes: [['0', `${containerOf(machine, 'two').state.pid}`, 'sleep 2000']],
  })
})

test('top needs the PIDs', async () => {
  const machine = createMachine()
  installPs(machine)
  await runDetached(machine, 'sleep 1000', { name: 'one' })
  const top = machine.client((system) => machine.engine.containerTop(system, 'one', ['-o', 'comm']))
  expect(await refusal(top)).toBe("500 Couldn't find PID field in ps output")
})

test('an exec runs as the user, in the directory and with the variables that are asked for', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'one' })
  const who = await exec(machine, 'one', 'id', { User: 'nobody' })
  const where = await exec(machine, 'one', 'pwd', { WorkingDir: '/tmp' })
  const what = await exec(machine, 'one', 'env', { Env: ['X=1'] })
  expect([who.stdout, where.stdout, what.stdout.split('\n').filter((line) => line.startsWith('X'))]).toEqual([
    '65534:65534 [65534]\n',
    '/tmp\n',
    ['X=1'],
  ])
})
