// The endpoints of the API about images: list, inspect, pull, import, removal.
import type { ArchiveEntry, Filters, ImageRemoveItem, ImageSummary, PullProgress } from './api-types.ts'
import { unpack } from './archive.ts'
import type { Daemon } from './daemon.ts'
import { delays } from './delays.ts'
import { EngineError } from './errors.ts'
import { filterImages, namesMatching } from './filters.ts'
import type { Image } from './images.ts'
import { applyChanges } from './dockerfile-config.ts'
import { withTag } from './images.ts'
import { referenceProblem } from './reference.ts'
import { memoryFileSystem } from '../kernel/memory-file-system.ts'
import { delay, type Work } from './threads.ts'

/** GET /images/json. */
export function imageList(daemon: Daemon, filters: Filters = {}, options: { all?: boolean } = {}): ImageSummary[] {
  return filterImages(daemon, daemon.images.list(options), filters).map((image) => ({
    ...summary(daemon, image),
    RepoTags: namesMatching(image.names, filters['reference']),
  }))
}

function summary(daemon: Daemon, image: Image): ImageSummary {
  const users = [...daemon.containers.values()].filter((container) => container.image === image).length
  return {
    Id: image.id,
    ParentId: '',
    RepoTags: [...image.names],
    RepoDigests: digestsOf(image),
    Created: Math.floor(image.created / 1e6),
    Size: image.size,
    SharedSize: -1,
    Labels: image.config.Labels ?? null,
    Containers: users,
  }
}

/** Only what came from a registry has digests. */
export function digestsOf(image: Image): string[] {
  if (image.local) return []
  const repositories = new Set([...image.names].map((name) => name.replace(/:[^:/]*$/, '')))
  return [...repositories].map((repository) => `${repository}@${image.id}`)
}

/** POST /images/create: the lines that `docker pull` prints. */
export function* imagePull(daemon: Daemon, name: string): Work<PullProgress[]> {
  yield* delay(daemon.kernel.clock, delays.pull)
  const { image, fresh } = daemon.images.pull(name)
  const reference = withTag(name)
  const [repository = '', tag = ''] = [reference.replace(/:[^:/]*$/, ''), reference.replace(/^.*:/, '')]
  const long = repository.includes('/') ? repository : `library/${repository}`
  const layer = image.layer.slice(0, 12)
  daemon.events.log('image', 'pull', reference, { name: reference })
  return [
    { status: `Pulling from ${long}`, id: tag },
    ...(fresh ? [{ status: 'Pull complete', id: layer }] : []),
    { status: `Digest: ${image.id}` },
    { status: `Status: ${fresh ? 'Downloaded newer image' : 'Image is up to date'} for ${reference}` },
  ]
}

/** POST /images/NAME/tag. @throws EngineError 404, 400 */
export function imageTag(daemon: Daemon, name: string, target: string): void {
  const image = daemon.images.get(name)
  if (!/^[a-z0-9]+([._/:-]+[a-zA-Z0-9]+)*$/.test(target)) {
    throw new EngineError(
      400,
      `invalid reference format${/[A-Z]/.test(target) ? ': repository name must be lowercase' : ''}`,
    )
  }
  daemon.images.tag(image, target)
  daemon.events.log('image', 'tag', image.id, { name: withTag(target) })
}

/** DELETE /images/NAME. @throws EngineError 404, 409 */
export function imageRemove(daemon: Daemon, name: string, force: boolean): ImageRemoveItem[] {
  const problem = /^[0-9a-f]+$/.test(name) ? undefined : referenceProblem(daemon.words, name.replace(/^sha256:/, ''))
  if (problem !== undefined) throw new EngineError(400, problem)
  const image = daemon.images.get(name)
  const usersOf = (used: Image) =>
    [...daemon.containers.values()]
      .filter((container) => container.image === used)
      .map((container) => ({ id: container.id, running: container.state.running }))
  const removed = daemon.images.remove(name, force, usersOf)
  for (const item of removed) {
    daemon.events.log('image', 'Untagged' in item ? 'untag' : 'delete', image.id, { name: image.id })
  }
  return removed
}

/** `docker import`: an image of one layer. Gives its id. @throws EngineError 400 for a change that is none */
export function imageImport(
  daemon: Daemon,
  entries: readonly ArchiveEntry[],
  options: { reference?: string; message?: string; changes?: readonly string[] },
): string {
  const config = applyChanges(daemon.words, {}, options.changes ?? [])
  const { reference, message = 'Imported from -' } = options
  const root = memoryFileSystem({ type: 'overlay', time: daemon.now() })
  unpack(root, entries, daemon.process, daemon.now())
  const image = daemon.images.create({
    names: reference === undefined || reference === '' ? [] : [reference],
    config,
    comment: message,
    createdBy: '',
    bytes: entries.reduce((sum, entry) => sum + (entry.content?.length ?? 0), 0),
    root: () => root,
  })
  for (const name of image.names) daemon.events.log('image', 'tag', image.id, { name })
  daemon.events.log('image', 'import', image.id, { name: image.id })
  return image.id
}
