// With a real docker: what a session makes is known as ours, what is not ours stays.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MachineBackend, createMachineBackend } from '../../src/machine/backend.ts'
import { cleanup, listLeftovers } from '../../src/machine/cleanup.ts'
import { docker } from '../../src/machine/docker.ts'
import { findCollisions } from '../../src/machine/ownership.ts'
import type { Shell } from '../../src/session/backend.ts'

let backend: MachineBackend
let shell: Shell

beforeEach(async () => {
  backend = createMachineBackend()
  shell = await backend.open({})
})

afterEach(async () => {
  await docker('rm', '--force', name('theirs'))
  await cleanup(backend.sessionId)
  await backend.dispose()
})

// Names that no other test and no lesson has.
const name = (suffix: string) => `pl-test-${process.pid}-${suffix}`

async function run(script: string): Promise<string> {
  let output = ''
  const io = { stdout: (chunk: Uint8Array) => (output += new TextDecoder().decode(chunk)), stderr: () => {} }
  const { exitCode } = await shell.run(script, io)
  expect(exitCode).toBe(0)
  return output
}

test('clean-up removes what the session has made, and nothing else', async () => {
  await docker('run', '-d', '--name', name('theirs'), 'alpine', 'sleep', '600')
  await run(`docker run -d --name ${name('a')} alpine sleep 600; docker create --name ${name('b')} alpine`)
  await run(`docker network create ${name('n')}; docker volume create ${name('v')}`)
  const made = [
    ['container', name('b')],
    ['container', name('a')],
    ['network', name('n')],
    ['volume', name('v')],
  ]
  const { removed, failed } = await cleanup(backend.sessionId)
  expect({ removed: removed.map(({ kind, name }) => [kind, name]), failed }).toEqual({ removed: made, failed: [] })
  const { stdout } = await docker('ps', '--format', '{{.Names}}', '--filter', `name=${name('')}`)
  expect(stdout).toBe(`${name('theirs')}\n`)
})

test('clean-up a second time finds nothing', async () => {
  await run(`docker run -d --name ${name('a')} alpine sleep 600`)
  await cleanup(backend.sessionId)
  expect(await cleanup(backend.sessionId)).toEqual({ removed: [], failed: [] })
})

test('what another session has made stays', async () => {
  await run(`docker run -d --name ${name('a')} alpine sleep 600`)
  await cleanup('another-session')
  expect((await listLeftovers(backend.sessionId)).map(({ name }) => name)).toEqual([name('a')])
})

test('a container from an image of ours, started elsewhere, is not ours', async () => {
  await run(`echo 'FROM alpine' | DOCKER_BUILDKIT=0 docker build -q -t ${name('image')} -`)
  await docker('run', '-d', '--name', name('theirs'), name('image'), 'sleep', '600')
  expect((await listLeftovers(backend.sessionId)).map(({ kind, name }) => [kind, name])).toEqual([
    ['image', `${name('image')}:latest`],
  ])
})

test('a lesson collides with what it would create and did not', async () => {
  await docker('run', '-d', '--name', name('theirs'), 'alpine', 'sleep', '600')
  await run(`docker run -d --name ${name('a')} alpine sleep 600`)
  const creates = [`container/${name('theirs')}`, `container/${name('a')}`, 'container/nowhere', 'deployment/depl3']
  expect(await findCollisions(creates, backend.sessionId)).toEqual([
    {
      thing: `container/${name('theirs')}`,
      owner: 'foreign',
      message: `There is already a container named ${name('theirs')}, and no lesson made it, so it stays as it is.`,
      advice: `The lesson needs that name: \`docker rename ${name('theirs')} ${name('theirs')}-mine\` keeps it, \`docker rm -f ${name('theirs')}\` removes it.`,
    },
  ])
})

test('a lesson collides with what an earlier session has left', async () => {
  await run(`docker run -d --name ${name('a')} alpine sleep 600`)
  expect(await findCollisions([`container/${name('a')}`], 'a-later-session')).toEqual([
    {
      thing: `container/${name('a')}`,
      owner: 'other-session',
      message: `There is already a container named ${name('a')}, left by an earlier run of a lesson.`,
      advice: '`pause-lab cleanup` removes what lessons have left.',
    },
  ])
})

test('a foreground container and its output are as without us', async () => {
  expect(await run('docker run --rm alpine echo hello')).toBe('hello\n')
})
