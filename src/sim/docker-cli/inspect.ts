// `docker inspect` and `docker container|image|network|volume inspect`.
import type { DockerApi } from '../docker/api.ts'
import { EngineError } from '../docker/errors.ts'
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, inspectFormat, string } from './flag-types.ts'
import { inspectAll, type Inspected } from './inspector.ts'
import type { Invocation } from './invocation.ts'

type Find = (invocation: Invocation, api: DockerApi, name: string) => Program<unknown>

interface ObjectKind {
  /** As in `No such KIND: NAME`. */
  readonly kind: string
  readonly goType: string
  readonly find: Find
}

const kinds: readonly ObjectKind[] = [
  {
    kind: 'container',
    goType: 'types.ContainerJSON',
    find: (invocation, api, name) => {
      const known = invocation.name === 'docker inspect' || invocation.name === 'docker container inspect'
      const size = known && invocation.flags.bool('size')
      return api.containerInspect(invocation.system, name, { size })
    },
  },
  { kind: 'image', goType: 'types.ImageInspect', find: ({ system }, api, name) => api.imageInspect(system, name) },
  {
    kind: 'network',
    goType: 'types.NetworkResource',
    find: ({ system }, api, name) => api.networkInspect(system, name),
  },
  { kind: 'volume', goType: 'types.Volume', find: ({ system }, api, name) => api.volumeInspect(system, name) },
]

/** Kinds that docker knows and a machine outside a swarm does not have. */
const swarmKinds = new Set(['node', 'service', 'task', 'plugin', 'secret', 'config'])

export const inspectCommand: Command = {
  names: ['inspect'],
  usage: '[OPTIONS] NAME|ID [NAME|ID...]',
  summary: 'Return low-level information on Docker objects',
  operands: { least: 1 },
  flags: [
    inspectFormat,
    { name: 'size', shorthand: 's', type: bool, usage: 'Display total file sizes if the type is container' },
    {
      name: 'type',
      type: string,
      usage: { '26.1': 'Return JSON for specified type', now: 'Only inspect objects of the given type' },
    },
  ],
  *run(invocation) {
    const wanted = invocation.flags.text('type')
    const known = kinds.find(({ kind }) => kind === wanted)
    if (wanted !== '' && !known && !swarmKinds.has(wanted)) {
      throw new StatusError(
        invocation.release === '28.5'
          ? `unknown type: ${JSON.stringify(wanted)}: must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"`
          : `${JSON.stringify(wanted)} is not a valid value for --type`,
      )
    }
    const api = yield* invocation.api(`/containers/${invocation.operand(0)}/json`)
    return yield* inspectAll(invocation, invocation.operands, (name) => {
      if (known) return findOne(invocation, api, known, name)
      return wanted === '' ? findAny(invocation, api, name) : missing(name)
    })
  },
}

// oxlint-disable-next-line require-yield -- stands where a search stands
function* missing(name: string): Program<Inspected> {
  throw new StatusError(`Error: No such object: ${name}`)
}

function* findOne(invocation: Invocation, api: DockerApi, object: ObjectKind, name: string): Program<Inspected> {
  const json = yield* invocation.about(object.kind, name, object.find(invocation, api, name))
  return { json, type: object.goType }
}

/** The first kind of object that has such a name. */
function* findAny(invocation: Invocation, api: DockerApi, name: string): Program<Inspected> {
  for (const object of kinds) {
    try {
      return { json: yield* object.find(invocation, api, name), type: object.goType }
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 404) throw error
    }
  }
  throw new StatusError(`Error: No such object: ${name}`)
}

function inspectOf(kind: string, more: Pick<Command, 'usage' | 'summary' | 'flags'>): Command {
  return {
    ...more,
    names: [`${kind} inspect`],
    operands: { least: 1 },
    *run(invocation) {
      const object = kinds.find((candidate) => candidate.kind === kind)
      if (!object) throw new RangeError(`no kind of object: ${kind}`)
      const api = yield* invocation.api(`/${kind}s/${invocation.operand(0)}/json`)
      return yield* inspectAll(invocation, invocation.operands, (name) => findOne(invocation, api, object, name))
    },
  }
}

export const inspectCommands: readonly Command[] = [
  inspectOf('container', {
    usage: '[OPTIONS] CONTAINER [CONTAINER...]',
    summary: 'Display detailed information on one or more containers',
    flags: [inspectFormat, { name: 'size', shorthand: 's', type: bool, usage: 'Display total file sizes' }],
  }),
  inspectOf('image', {
    usage: '[OPTIONS] IMAGE [IMAGE...]',
    summary: 'Display detailed information on one or more images',
    flags: [
      inspectFormat,
      {
        name: 'platform',
        type: string,
        usage: `Inspect a specific platform of the multi-platform image.
If the image or the server is not multi-platform capable, the command will error out if the platform does not match.
'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)`,
        since: '28.5',
        noEffect: true,
      },
    ],
  }),
  inspectOf('network', {
    usage: '[OPTIONS] NETWORK [NETWORK...]',
    summary: 'Display detailed information on one or more networks',
    flags: [
      inspectFormat,
      { name: 'verbose', shorthand: 'v', type: bool, usage: 'Verbose output for diagnostics', noEffect: true },
    ],
  }),
  inspectOf('volume', {
    usage: '[OPTIONS] VOLUME [VOLUME...]',
    summary: 'Display detailed information on one or more volumes',
    flags: [inspectFormat],
  }),
]
