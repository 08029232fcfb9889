// `docker container|image|network|volume|system prune`: removes what is not used, after a question.
import { humanSizeShort } from '../../text/size.ts'
import type { DockerApi, Filters, PruneResponse } from '../docker/api.ts'
import type { Program } from '../kernel/system.ts'
import { LineReader } from '../programs/stdio.ts'
import type { Command } from './command.ts'
import { bool, filter, type FlagDefinition } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import { filtersOf } from './ps.ts'
import type { Text } from './release.ts'

const force: FlagDefinition = { name: 'force', shorthand: 'f', type: bool, usage: 'Do not prompt for confirmation' }

const byUntil: FlagDefinition = {
  name: 'filter',
  type: filter,
  usage: 'Provide filter values (e.g. "until=<timestamp>")',
}

/** What one kind of prune does. */
interface Pruning {
  readonly kind: string
  readonly warning: (invocation: Invocation) => string
  /** Above the names of what was removed. */
  readonly title: string
  /** Networks take no space. */
  readonly space: boolean
  readonly prune: (api: DockerApi, invocation: Invocation, filters: Filters) => Program<PruneResponse>
}

const prunings: readonly Pruning[] = [
  {
    kind: 'container',
    warning: () => 'This will remove all stopped containers.',
    title: 'Deleted Containers:',
    space: true,
    prune: (api, { system }, filters) => api.containersPrune(system, filters),
  },
  {
    kind: 'network',
    warning: () => 'This will remove all custom networks not used by at least one container.',
    title: 'Deleted Networks:',
    space: false,
    prune: (api, { system }, filters) => api.networksPrune(system, filters),
  },
  {
    kind: 'volume',
    warning: ({ release, flags }) =>
      release === '20.10' || flags.bool('all')
        ? 'This will remove all local volumes not used by at least one container.'
        : 'This will remove anonymous local volumes not used by at least one container.',
    title: 'Deleted Volumes:',
    space: true,
    prune: (api, { system, flags, release }, filters) =>
      api.volumesPrune(system, release !== '20.10' && flags.bool('all') ? { ...filters, all: ['true'] } : filters),
  },
  {
    kind: 'image',
    warning: ({ flags }) =>
      flags.bool('all')
        ? 'This will remove all images without at least one container associated to them.'
        : 'This will remove all dangling images.',
    title: 'Deleted Images:',
    space: true,
    prune: (api, { system, flags }, filters) =>
      api.imagesPrune(system, { ...filters, dangling: [String(!flags.bool('all'))] }),
  },
]

const ownFlags: Readonly<Record<string, readonly FlagDefinition[]>> = {
  container: [byUntil, force],
  network: [byUntil, force],
  volume: [
    {
      name: 'all',
      shorthand: 'a',
      type: bool,
      usage: 'Remove all unused volumes, not just anonymous ones',
      since: '26.1',
    },
    { name: 'filter', type: filter, usage: 'Provide filter values (e.g. "label=<label>")' },
    force,
  ],
  image: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Remove all unused images, not just dangling ones' },
    byUntil,
    force,
  ],
}

const summaries: Readonly<Record<string, Text>> = {
  container: 'Remove all stopped containers',
  network: 'Remove all unused networks',
  volume: { '20.10': 'Remove all unused local volumes', now: 'Remove unused local volumes' },
  image: 'Remove unused images',
}

export const pruneCommands: readonly Command[] = prunings.map((pruning) => ({
  names: [`${pruning.kind} prune`],
  usage: '[OPTIONS]',
  summary: summaries[pruning.kind] ?? '',
  operands: { least: 0, most: 0 },
  flags: ownFlags[pruning.kind] ?? [],
  *run(invocation) {
    if (!(yield* confirmed(invocation, `WARNING! ${pruning.warning(invocation)}`)))
      return yield* cancelled(invocation, pruning.kind)
    const api = yield* invocation.api('/_ping')
    const { text, space } = yield* pruneOne(invocation, api, pruning)
    yield* invocation.out(text)
    if (pruning.space) yield* invocation.out(`Total reclaimed space: ${humanSizeShort(space)}\n`)
    return 0
  },
}))

export const systemPruneCommand: Command = {
  names: ['system prune'],
  usage: '[OPTIONS]',
  summary: 'Remove unused data',
  operands: { least: 0, most: 0 },
  flags: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Remove all unused images not just dangling ones' },
    { name: 'filter', type: filter, usage: 'Provide filter values (e.g. "label=<key>=<value>")' },
    force,
    { name: 'volumes', type: bool, usage: { '20.10': 'Prune volumes', now: 'Prune anonymous volumes' } },
  ],
  *run(invocation) {
    const { flags } = invocation
    const items = [
      'all stopped containers',
      'all networks not used by at least one container',
      ...(flags.bool('volumes') ? ['all anonymous volumes not used by at least one container'] : []),
      flags.bool('all') ? 'all images without at least one container associated to them' : 'all dangling images',
      flags.bool('all') ? 'all build cache' : 'unused build cache',
    ]
    const warning = `WARNING! This will remove:\n${items.map((item) => `  - ${item}`).join('\n')}\n`
    if (!(yield* confirmed(invocation, warning))) return yield* cancelled(invocation, 'system')
    const api = yield* invocation.api('/_ping')
    let space = 0
    for (const pruning of prunings) {
      if (pruning.kind === 'volume' && !flags.bool('volumes')) continue
      const result = yield* pruneOne(invocation, api, pruning)
      yield* invocation.out(result.text)
      space += result.space
    }
    yield* invocation.out(`Total reclaimed space: ${humanSizeShort(space)}\n`)
    return 0
  },
}

function* pruneOne(invocation: Invocation, api: DockerApi, pruning: Pruning): Program<{ text: string; space: number }> {
  const filters = filtersOf(invocation.flags.list('filter'))
  const { deleted, spaceReclaimed } = yield* pruning.prune(api, invocation, filters)
  const text = deleted.length === 0 ? '' : `${[pruning.title, ...deleted].join('\n')}\n\n`
  return { text, space: spaceReclaimed }
}

function* confirmed(invocation: Invocation, warning: string): Program<boolean> {
  if (invocation.flags.bool('force')) return true
  yield* invocation.out(`${warning}\nAre you sure you want to continue? [y/N] `)
  const answer = yield* new LineReader(invocation.system, 0).nextText()
  return answer?.trim().toLowerCase() === 'y'
}

/** 20.10 reports that nothing was reclaimed; later versions end without a word. */
function* cancelled(invocation: Invocation, kind: string): Program<number> {
  if (invocation.release === '20.10' && kind !== 'network') yield* invocation.out('Total reclaimed space: 0B\n')
  return 0
}
