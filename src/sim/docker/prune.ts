// POST /…/prune: what is not used goes, as far as the filters say so.
import type { Filters, PruneResponse } from './api-types.ts'
import { statusOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { containerRemove, usersOfVolume } from './delete.ts'
import { EngineError } from './errors.ts'
import { hasLabel } from './filters.ts'
import { imageRemove } from './image-api.ts'
import { networkRemove } from './network-api.ts'
import { predefined } from './network.ts'
import { invalidFilter } from './texts.ts'
import type { Work } from './threads.ts'

/** What a filter is asked about: labels, and when it was made (microseconds since the epoch). */
interface Candidate {
  readonly labels: Readonly<Record<string, string>> | null | undefined
  readonly created: number
}

/** @throws EngineError 400 for a filter that there is not, or a time that is none */
function pruneFilter(daemon: Daemon, filters: Filters, names: readonly string[]): (candidate: Candidate) => boolean {
  for (const name of Object.keys(filters)) {
    if (!names.includes(name)) throw new EngineError(400, invalidFilter(daemon.words, name))
  }
  const [until, ...more] = filters['until'] ?? []
  if (more.length > 0) throw new EngineError(400, 'more than one until filter specified')
  const limit = until === undefined ? Number.POSITIVE_INFINITY : timeOf(until, daemon.now())
  return ({ labels, created }) =>
    created <= limit &&
    (filters['label'] ?? []).every((value) => hasLabel(labels ?? {}, value)) &&
    !(filters['label!'] ?? []).some((value) => hasLabel(labels ?? {}, value))
}

const units: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, µs: 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 }

/** A duration before now, seconds since the epoch, or a date. */
function timeOf(text: string, now: number): number {
  if (/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) {
    let sum = 0
    for (const [, number = '', unit = ''] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) {
      sum += Number(number) * (units[unit] ?? 0)
    }
    return now - sum
  }
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1e6
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(date)) {
    throw new EngineError(400, `failed to parse value as time or duration: ${JSON.stringify(text)}`)
  }
  return date * 1000
}

export function* containersPrune(daemon: Daemon, filters: Filters): Work<PruneResponse> {
  const wanted = pruneFilter(daemon, filters, ['label', 'label!', 'until'])
  const deleted: string[] = []
  let spaceReclaimed = 0
  for (const container of Array.from(daemon.containers.values())) {
    if (!['created', 'exited', 'dead'].includes(statusOf(container))) continue
    if (!wanted({ labels: container.config.Labels, created: container.created })) continue
    spaceReclaimed += container.files.writtenBytes()
    yield* containerRemove(daemon, container.id)
    deleted.push(container.id)
  }
  daemon.events.log('container', 'prune', '', { reclaimed: `${spaceReclaimed}` })
  return { deleted, spaceReclaimed }
}

export function networksPrune(daemon: Daemon, filters: Filters): PruneResponse {
  const wanted = pruneFilter(daemon, filters, ['label', 'label!', 'until'])
  const inUse = new Set([...daemon.containers.values()].flatMap((each) => [...each.endpoints.keys()]))
  const unused = daemon.networks
    .list()
    .filter((network) => !predefined.includes(network.name) && network.endpoints.size === 0)
    .filter((network) => !inUse.has(network.name) && wanted(network))
  for (const network of unused) networkRemove(daemon, network.id)
  daemon.events.log('network', 'prune', '', { reclaimed: '0' })
  return { deleted: unused.map((network) => network.name), spaceReclaimed: 0 }
}

/** Anonymous ones; since 23.0 others only with the filter `all`. */
export function volumesPrune(daemon: Daemon, filters: Filters): PruneResponse {
  const wanted = pruneFilter(daemon, filters, ['all', 'label', 'label!'])
  const all = daemon.words === '20.10' || ['1', 'true'].includes(filters['all']?.[0] ?? '')
  const unused = daemon.volumes
    .list()
    .filter((volume) => (all || volume.anonymous) && usersOfVolume(daemon, volume.name).length === 0)
    .filter(wanted)
  for (const volume of unused) daemon.volumes.remove(volume.name, [])
  daemon.events.log('volume', 'prune', '', { reclaimed: '0' })
  return { deleted: unused.map((volume) => volume.name), spaceReclaimed: 0 }
}

/** Those without a name; with `dangling=false` all that no container is made of. */
export function imagesPrune(daemon: Daemon, filters: Filters): PruneResponse {
  const wanted = pruneFilter(daemon, filters, ['dangling', 'label', 'label!', 'until'])
  const dangling = !['0', 'false'].includes(filters['dangling']?.[0] ?? '')
  const used = new Set([...daemon.containers.values()].map((container) => container.image))
  const unused = daemon.images
    .list()
    .filter((image) => !used.has(image) && (!dangling || image.names.size === 0))
    .filter((image) => wanted({ labels: image.config.Labels, created: image.created }))
  const deleted = unused.flatMap((image) => imageRemove(daemon, image.id, true))
  const spaceReclaimed = unused.reduce((sum, each) => sum + each.size, 0)
  daemon.events.log('image', 'prune', '', { reclaimed: `${spaceReclaimed}` })
  return {
    deleted: deleted.map((item) => ('Untagged' in item ? `untagged: ${item.Untagged}` : `deleted: ${item.Deleted}`)),
    spaceReclaimed,
  }
}
