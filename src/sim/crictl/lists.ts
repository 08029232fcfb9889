// `crictl ps`, `pods`, `images`, `stats`: lists, filtered, as tables, ids or JSON. cmd/crictl/{container,sandbox,image,stats}.go
import { bool, type FlagRow, int, string, stringArray } from '../../text/flags.ts'
import { writeJson } from '../../text/json.ts'
import { humanSize } from '../../text/size.ts'
import type { Command, Invocation } from '../containerd/command-line.ts'
import {
  annotationsOf,
  criContainers,
  isReady,
  labelsOf,
  metadataOf,
  podSandboxes,
  sandboxOf,
  stateOf,
} from '../containerd/cri.ts'
import type { Container } from '../docker/container.ts'
import { digestsOf } from '../docker/image-api.ts'
import { containerStats } from '../docker/stats.ts'
import type { Image } from '../docker/images.ts'
import { fullName, runtimeOfNode } from '../kubernetes/container-runtime.ts'
import type { Program } from '../kernel/system.ts'
import { writeOut } from '../programs/stdio.ts'
import { ago, CrictlError, printTable, shortId } from './context.ts'

const containerd = runtimeOfNode('containerd://')

const quiet: FlagRow = { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only display IDs' }
const noTrunc: FlagRow = { name: 'no-trunc', type: bool, usage: 'Show output without truncating the ID' }
const output: FlagRow = {
  name: 'output',
  shorthand: 'o',
  type: string,
  usage: 'Output format, One of: json|yaml|table',
}
const label: FlagRow = { name: 'label', type: stringArray, usage: 'Filter by key=value label' }
const last: FlagRow = {
  name: 'last',
  shorthand: 'n',
  type: int,
  usage: 'Show last n recently created. Set 0 for unlimited',
}
const latest: FlagRow = { name: 'latest', shorthand: 'l', type: bool, usage: 'Show the most recently created' }

interface Shape<T> {
  readonly id: (item: T) => string
  readonly json: (items: readonly T[]) => unknown
  readonly table: (items: readonly T[]) => readonly (readonly string[])[]
}

function* print<T>(invocation: Invocation, items: readonly T[], shape: Shape<T>): Program<number> {
  const { flags, system } = invocation
  const format = flags.text('output')
  if (flags.bool('quiet')) {
    yield* writeOut(system, items.map((item) => `${shape.id(item)}\n`).join(''))
    return 0
  }
  if (format === 'json') {
    yield* writeOut(system, `${writeJson(shape.json(items), { indent: '  ' })}\n`)
    return 0
  }
  if (format === 'yaml') throw new CrictlError('the simulated machine does not have the output format yaml')
  if (format !== '' && format !== 'table') throw new CrictlError(`unsupported output format ${JSON.stringify(format)}`)
  return yield* printTable(invocation, shape.table(items))
}

/** Those of --label, then as many as --last or --latest say. */
function restrict({ flags }: Invocation, containers: readonly Container[]): Container[] {
  const wanted = flags.list('label').map((each) => each.split(/=(.*)/s))
  const matching = containers.filter((each) => wanted.every(([key = '', value]) => labelsOf(each)[key] === value))
  const count = flags.bool('latest') ? 1 : flags.number('last')
  return count > 0 ? matching.slice(0, count) : matching
}

/** Reads a name as a regular expression, as crictl does. */
function nameMatches(pattern: string, name: string): boolean {
  if (pattern === '') return true
  try {
    return new RegExp(pattern).test(name)
  } catch {
    throw new CrictlError(`failed to compile regular expression: ${pattern}`)
  }
}

// --- containers

export const psCommand: Command = {
  names: ['ps'],
  usage: 'List containers',
  flags: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Show all containers' },
    { name: 'id', type: string, usage: 'Filter by container id' },
    { name: 'name', type: string, usage: 'filter by container name regular expression pattern' },
    { name: 'image', type: string, usage: 'Filter by container image' },
    { name: 'pod', shorthand: 'p', type: string, usage: 'Filter by pod id' },
    { name: 'state', shorthand: 's', type: string, usage: 'Filter by container state' },
    label,
    last,
    latest,
    noTrunc,
    output,
    quiet,
  ],
  *run(invocation) {
    const { flags, engine } = invocation
    const { daemon } = engine
    const state = flags.text('state').toLowerCase()
    // A wish for the newest looks at all of them.
    const all = flags.bool('all') || flags.bool('latest') || flags.number('last') > 0 || state !== ''
    const wantedImage = flags.text('image')
    const image = wantedImage === '' ? undefined : daemon.images.find(wantedImage)
    const found = criContainers(daemon)
      .filter((each) => all || stateOf(each) === 'Running')
      .filter((each) => state === '' || stateOf(each).toLowerCase() === state)
      .filter((each) => each.id.startsWith(flags.text('id')))
      .filter((each) => nameMatches(flags.text('name'), metadataOf(each).name))
      .filter((each) => wantedImage === '' || each.image === image)
      .filter((each) => flags.text('pod') === '' || sandboxOf(daemon, each)?.id.startsWith(flags.text('pod')) === true)
    const cut = flags.bool('no-trunc') ? (id: string) => id : shortId
    return yield* print(invocation, restrict(invocation, found), {
      id: ({ id }) => id,
      json: (items) => ({ containers: items.map((each) => containerMessage(invocation, each)) }),
      table: (items) => [
        ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD'],
        ...items.map((each) => {
          const { name, attempt, podName } = metadataOf(each)
          const pod = sandboxOf(daemon, each)?.id ?? ''
          const id = cut(each.id)
          return [
            id,
            cut(each.image.id),
            ago(invocation, each.created),
            stateOf(each),
            name,
            `${attempt}`,
            cut(pod),
            podName,
          ]
        }),
      ],
    })
  },
}

function containerMessage({ engine }: Invocation, container: Container): unknown {
  const { name, attempt } = metadataOf(container)
  return {
    id: container.id,
    podSandboxId: sandboxOf(engine.daemon, container)?.id ?? '',
    metadata: { name, attempt },
    image: { image: container.image.id, annotations: {} },
    imageRef: containerd.imageId(container.image),
    state: `CONTAINER_${stateOf(container).toUpperCase()}`,
    createdAt: `${BigInt(Math.floor(container.created)) * 1000n}`,
    labels: labelsOf(container),
    annotations: annotationsOf(container),
  }
}

// --- pods

export const podsCommand: Command = {
  names: ['pods'],
  usage: 'List pods',
  flags: [
    { name: 'id', type: string, usage: 'filter by pod id' },
    { name: 'name', type: string, usage: 'filter by pod name regular expression pattern' },
    { name: 'namespace', type: string, usage: 'filter by pod namespace regular expression pattern' },
    { name: 'state', shorthand: 's', type: string, usage: 'filter by pod state' },
    label,
    last,
    latest,
    noTrunc,
    output,
    quiet,
  ],
  *run(invocation) {
    const { flags, engine } = invocation
    const state = flags.text('state').toLowerCase()
    const found = podSandboxes(engine.daemon)
      .filter((each) => state === '' || stateWord(each).toLowerCase() === state)
      .filter((each) => each.id.startsWith(flags.text('id')))
      .filter((each) => nameMatches(flags.text('name'), metadataOf(each).name))
      .filter((each) => nameMatches(flags.text('namespace'), metadataOf(each).namespace))
    const cut = flags.bool('no-trunc') ? (id: string) => id : shortId
    return yield* print(invocation, restrict(invocation, found), {
      id: ({ id }) => id,
      json: (items) => ({ items: items.map(sandboxMessage) }),
      table: (items) => [
        ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
        ...items.map((each) => {
          const { name, namespace, attempt } = metadataOf(each)
          return [
            cut(each.id),
            ago(invocation, each.created),
            stateWord(each),
            name,
            namespace,
            `${attempt}`,
            '(default)',
          ]
        }),
      ],
    })
  },
}

function stateWord(sandbox: Container): string {
  return isReady(sandbox) ? 'Ready' : 'NotReady'
}

function sandboxMessage(sandbox: Container): unknown {
  const { name, namespace, attempt, uid } = metadataOf(sandbox)
  return {
    id: sandbox.id,
    metadata: { name, uid, namespace, attempt },
    state: isReady(sandbox) ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: `${BigInt(Math.floor(sandbox.created)) * 1000n}`,
    labels: labelsOf(sandbox),
    annotations: annotationsOf(sandbox),
    runtimeHandler: '',
  }
}

// --- images

export const imagesCommand: Command = {
  names: ['images', 'image', 'img'],
  usage: 'List images',
  operands: '[REPOSITORY[:TAG]]',
  flags: [
    quiet,
    noTrunc,
    output,
    { name: 'digests', type: bool, usage: 'Show digests' },
    { name: 'verbose', shorthand: 'v', type: bool, usage: 'Show verbose info for images' },
  ],
  *run(invocation) {
    const { flags, engine, operands } = invocation
    const [wanted] = operands
    const named = wanted === undefined ? undefined : engine.daemon.images.find(wanted)
    const images = engine.daemon.images
      .list()
      .filter((image) => wanted === undefined || image === named)
      .toSorted((a, b) => (firstName(a) < firstName(b) ? -1 : 1))
    const cut = flags.bool('no-trunc') ? (id: string) => id : shortId
    const digest = flags.bool('digests')
    return yield* print(invocation, images, {
      id: ({ id }) => id,
      json: (items) => ({ images: items.map(imageMessage) }),
      table: (items) => [
        ['IMAGE', 'TAG', ...(digest ? ['DIGEST'] : []), 'IMAGE ID', 'SIZE'],
        ...items.flatMap((image) =>
          [...image.names].map((name) => [
            fullName(name).replace(/:[^:/]*$/, ''),
            name.replace(/^.*:/, ''),
            ...(digest ? [image.local ? '<none>' : shortId(image.id)] : []),
            cut(image.id),
            humanSize(image.size, 3),
          ]),
        ),
      ],
    })
  },
}

function firstName(image: Image): string {
  return [...image.names].map(fullName).toSorted()[0] ?? ''
}

function imageMessage(image: Image): unknown {
  return {
    id: image.id,
    repoTags: [...image.names].map(fullName),
    repoDigests: digestsOf(image).map((each) => fullName(each)),
    size: `${image.size}`,
    uid: null,
    username: image.config.User ?? '',
    spec: null,
    pinned: firstName(image).includes('/pause:'),
  }
}

// --- stats

export const statsCommand: Command = {
  names: ['stats'],
  usage: 'List container(s) resource usage statistics',
  operands: '[CONTAINER-ID]',
  flags: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Show all containers (default shows just running)' },
    { name: 'id', type: string, usage: 'Filter by container id' },
    { name: 'pod', shorthand: 'p', type: string, usage: 'Filter by pod id' },
    label,
    last,
    latest,
    output,
    quiet,
  ],
  *run(invocation) {
    const { flags, engine, operands } = invocation
    const { daemon } = engine
    const wanted = operands[0] ?? flags.text('id')
    const containers = criContainers(daemon)
      .filter((each) => flags.bool('all') || stateOf(each) === 'Running')
      .filter((each) => each.id.startsWith(wanted))
      .filter((each) => flags.text('pod') === '' || sandboxOf(daemon, each)?.id.startsWith(flags.text('pod')) === true)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return yield* print(invocation, restrict(invocation, containers), {
      id: ({ id }) => id,
      json: (items) => ({ stats: items.map((each) => statsMessage(invocation, each)) }),
      table: (items) => [
        ['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES'],
        ...items.map((each) => {
          const { cpuPercent, memoryUsage } = containerStats(daemon, each.id)
          const changes = each.files.differences().length
          const disk = humanSize(changes * 4096)
          return [
            shortId(each.id),
            metadataOf(each).name,
            cpuPercent.toFixed(2),
            humanSize(memoryUsage),
            disk,
            `${changes}`,
          ]
        }),
      ],
    })
  },
}

function statsMessage({ engine }: Invocation, container: Container): unknown {
  const { name, attempt } = metadataOf(container)
  const { memoryUsage } = containerStats(engine.daemon, container.id)
  const timestamp = `${BigInt(Math.floor(engine.daemon.now())) * 1000n}`
  const processes = [...(container.task?.processes(engine.daemon.kernel) ?? [])]
  const microseconds = processes.reduce((sum, { cpu }) => sum + cpu.user + cpu.system, 0)
  const changes = container.files.differences().length
  return {
    attributes: {
      id: container.id,
      metadata: { name, attempt },
      labels: labelsOf(container),
      annotations: annotationsOf(container),
    },
    cpu: { timestamp, usageCoreNanoSeconds: { value: `${Math.round(microseconds * 1000)}` } },
    memory: { timestamp, workingSetBytes: { value: `${memoryUsage}` } },
    writableLayer: { timestamp, usedBytes: { value: `${changes * 4096}` }, inodesUsed: { value: `${changes}` } },
  }
}
