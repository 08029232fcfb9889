// What the engine refuses, in the words of each version.
import { expect, test } from 'vitest'
import type { ContainerCreateRequest, DockerApi } from '../../../src/sim/docker/api.ts'
import type { EngineVersion } from '../../../src/sim/docker/versions.ts'
import type { Program, System } from '../../../src/sim/kernel/system.ts'
import { createMachine, imageId, refusal, type TestMachine } from './machine.ts'
import { requestOf, runDetached, type RunOptions } from './verbs.ts'

const versions = ['20.10', '26.1', '28.5'] as const

/** A machine with a running container `web`, a stopped one `k9` and one that waits to be started again, `loop`. */
async function createBusyMachine(
  version: EngineVersion,
): Promise<{ machine: TestMachine; ids: Record<string, string> }> {
  const machine = createMachine(version)
  const web = await runDetached(machine, 'sleep 1000', { name: 'web' })
  const k9 = await runDetached(machine, 'sleep 1000', { name: 'k9' })
  await machine.client((system) => machine.engine.containerKill(system, 'k9'))
  const host = { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } }
  const loop = await runDetached(machine, 'talk out err 3', { name: 'loop', host })
  await machine.pass(4)
  return { machine, ids: { web, k9, loop } }
}

type Call = (engine: DockerApi, system: System) => Program<unknown>

async function check(version: EngineVersion, call: Call, expected: string): Promise<void> {
  const { machine, ids } = await createBusyMachine(version)
  const said = await refusal(machine.client((system) => call(machine.engine, system)))
  const named = Object.entries(ids).reduce((text, [name, id]) => text.replaceAll(id, `ID(${name})`), said)
  expect(named).toBe(expected)
}

const create =
  (command: string, options: RunOptions = {}): Call =>
  (engine, system) =>
    engine.containerCreate(system, requestOf(command, options), options.name)

/** Cases: what it is, the call, and what is said in 20.10, 26.1 and 28.5 (one text where all say the same). */
const cases: readonly (readonly [string, Call, string | readonly [string, string, string]])[] = [
  [
    'kill of a stopped container',
    (engine, system) => engine.containerKill(system, 'k9'),
    [
      '409 Cannot kill container: k9: Container ID(k9) is not running',
      '409 cannot kill container: k9: container ID(k9) is not running',
      '409 cannot kill container: k9: container ID(k9) is not running',
    ],
  ],
  [
    'kill of a container that is not there',
    (engine, system) => engine.containerKill(system, 'nosuch'),
    [
      '404 Cannot kill container: nosuch: No such container: nosuch',
      '404 cannot kill container: nosuch: No such container: nosuch',
      '404 cannot kill container: nosuch: No such container: nosuch',
    ],
  ],
  [
    'a signal that there is not',
    (engine, system) => engine.containerKill(system, 'web', 'NOSUCH'),
    [
      '400 Invalid signal: NOSUCH',
      '400 cannot kill container: web: invalid signal: NOSUCH',
      '400 cannot kill container: web: invalid signal: NOSUCH',
    ],
  ],
  [
    'removal of a running container',
    (engine, system) => engine.containerRemove(system, 'web'),
    [
      '409 You cannot remove a running container ID(web). Stop the container before attempting removal or force remove',
      '409 cannot remove container "/web": container is running: stop the container before removing or force remove',
      '409 cannot remove container "web": container is running: stop the container before removing or force remove',
    ],
  ],
  [
    'removal of one that waits to be started again',
    (engine, system) => engine.containerRemove(system, 'loop'),
    [
      '409 You cannot remove a restarting container ID(loop). Stop the container before attempting removal or force remove',
      '409 cannot remove container "/loop": container is restarting: stop the container before removing or force remove',
      '409 cannot remove container "loop": container is restarting: stop the container before removing or force remove',
    ],
  ],
  [
    'an exec in one that waits to be started again',
    (engine, system) => engine.execCreate(system, 'loop', { Cmd: ['ls'] }),
    '409 Container ID(loop) is restarting, wait until the container is running',
  ],
  [
    'an exec in a stopped one',
    (engine, system) => engine.execCreate(system, 'k9', { Cmd: ['ls'] }),
    [
      '409 Container ID(k9) is not running',
      '409 container ID(k9) is not running',
      '409 container ID(k9) is not running',
    ],
  ],
  [
    'unpausing what is not paused',
    (engine, system) => engine.containerUnpause(system, 'web'),
    '409 Container ID(web) is not paused',
  ],
  [
    'a name that is taken',
    create('env', { name: 'web' }),
    '409 Conflict. The container name "/web" is already in use by container "ID(web)". You have to remove (or rename) that container to be able to reuse that name.',
  ],
  [
    'a name of one letter',
    create('env', { name: 'x' }),
    '400 Invalid container name (x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
  ],
  [
    'renaming to a name that is taken',
    (engine, system) => engine.containerRename(system, 'k9', 'web'),
    '409 Error when allocating new name: Conflict. The container name "/web" is already in use by container "ID(web)". You have to remove (or rename) that container to be able to reuse that name.',
  ],
  [
    'renaming to what is no name',
    (engine, system) => engine.containerRename(system, 'k9', 'bad name'),
    '400 Error when allocating new name: Invalid container name (/bad name), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
  ],
  ['too little memory', create('env', { host: { Memory: 1 } }), '400 Minimum memory limit allowed is 6MB'],
  [
    'a restart policy that there is not',
    create('env', { host: { RestartPolicy: { Name: 'sometimes', MaximumRetryCount: 0 } } }),
    [
      "400 invalid restart policy 'sometimes'",
      "400 invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
      "400 invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    ],
  ],
  [
    'publishing ports of a joiner',
    create('env', {
      host: { NetworkMode: 'container:web', PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '80' }] } },
    }),
    '400 conflicting options: port publishing and the container type network mode',
  ],
  [
    'a hostname for a joiner',
    create('env', { config: { Hostname: 'x' }, host: { NetworkMode: 'container:web' } }),
    '400 conflicting options: hostname and the network mode',
  ],
  [
    'a hostname with the UTS namespace of the host',
    create('env', { config: { Hostname: 'x' }, host: { UTSMode: 'host' } }),
    '400 conflicting options: hostname and the UTS mode',
  ],
  [
    'a missing donor of a PID namespace',
    create('env', { host: { PidMode: 'container:nosuch' } }),
    '404 No such container: nosuch',
  ],
  [
    'a filter that there is not',
    (engine, system) => engine.containerList(system, { filters: { nosuch: ['1'] } }),
    ["400 Invalid filter 'nosuch'", "400 invalid filter 'nosuch'", "400 invalid filter 'nosuch'"],
  ],
  [
    'a state that there is not',
    (engine, system) => engine.containerList(system, { filters: { status: ['sleeping'] } }),
    [
      "400 Invalid filter 'status=sleeping'",
      "400 invalid filter 'status=sleeping'",
      "400 invalid filter 'status=sleeping': invalid value for state (sleeping): must be one of created, running, paused, restarting, removing, exited, dead",
    ],
  ],
  [
    'a network that is not there',
    (engine, system) => engine.networkInspect(system, 'nosuch'),
    '404 network nosuch not found',
  ],
  [
    'removal of the default network',
    (engine, system) => engine.networkRemove(system, 'bridge'),
    '403 bridge is a pre-defined network and cannot be removed',
  ],
  [
    'removal of an image that a container uses',
    (engine, system) => engine.imageRemove(system, 'alpine'),
    `409 conflict: unable to remove repository reference "alpine" (must force) - container WEB is using its referenced image ${imageId.slice(0, 12)}`,
  ],
  [
    'an image that no registry has',
    (engine, system) => engine.imagePull(system, 'nosuch'),
    "404 pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
]

const rows = cases.flatMap(([name, call, texts]) =>
  versions.map((version, index) => {
    const text = typeof texts === 'string' ? texts : (texts[index] ?? '')
    return [name, version, call, text] as const
  }),
)

test.each(rows)('%s, %s', async (_name, version, call, text) => {
  const machine = text.includes('WEB') ? (await createBusyMachine(version)).ids['web'] : undefined
  await check(version, call, text.replace('WEB', machine?.slice(0, 12) ?? ''))
})

/** Errors of a start: the container has been made by then. */
function start(request: (ids: Record<string, string>) => ContainerCreateRequest): Call {
  return function* (engine, system) {
    const list = yield* engine.containerList(system, { all: true })
    const ids = Object.fromEntries(list.map((row) => [row.Names[0]?.slice(1) ?? '', row.Id]))
    const { Id } = yield* engine.containerCreate(system, request(ids), 'late')
    yield* engine.containerStart(system, Id)
  }
}

const joins = (host: RunOptions['host']) => start(() => requestOf('env', host === undefined ? {} : { host }))

const startCases: typeof cases = [
  [
    'joining the network of a stopped container',
    joins({ NetworkMode: 'container:k9' }),
    [
      '409 cannot join network of a non running container: ID(k9)',
      '409 cannot join network of a non running container: ID(k9)',
      '409 cannot join network namespace of a non running container: container k9 is exited',
    ],
  ],
  [
    'joining the network of a missing container',
    joins({ NetworkMode: 'container:nosuch' }),
    [
      '404 No such container: nosuch',
      '404 No such container: nosuch',
      '404 joining network namespace of container: No such container: nosuch',
    ],
  ],
  [
    'joining the PID namespace of a stopped container',
    joins({ PidMode: 'container:k9' }),
    [
      '409 container ID(k9) is not running',
      '409 failed to join PID namespace: container ID(k9) is not running',
      '409 failed to join PID namespace: container ID(k9) is not running',
    ],
  ],
  [
    'joining the IPC namespace of a stopped container',
    joins({ IpcMode: 'container:k9' }),
    [
      "409 can't join IPC of container ID(k9): container ID(k9) is not running",
      '409 failed to join IPC namespace: container ID(k9) is not running',
      '409 failed to join IPC namespace: container ID(k9) is not running',
    ],
  ],
  [
    'joining a private IPC namespace',
    joins({ IpcMode: 'container:web' }),
    [
      "400 can't join IPC of container ID(web): non-shareable IPC (hint: use IpcMode:shareable for the donor container)",
      '400 failed to join IPC namespace: container ID(web): non-shareable IPC (hint: use IpcMode:shareable for the donor container)',
      '400 failed to join IPC namespace: container ID(web): non-shareable IPC (hint: use IpcMode:shareable for the donor container)',
    ],
  ],
  [
    'a network that is not there',
    joins({ NetworkMode: 'nosuch' }),
    [
      '404 network nosuch not found',
      '404 network nosuch not found',
      '404 failed to set up container networking: network nosuch not found',
    ],
  ],
]

const startRows = startCases.flatMap(([name, call, texts]) =>
  versions.map(
    (version, index) => [name, version, call, typeof texts === 'string' ? texts : (texts[index] ?? '')] as const,
  ),
)

test.each(startRows)('%s at the start, %s', async (_name, version, call, text) => {
  await check(version, call, text)
})
