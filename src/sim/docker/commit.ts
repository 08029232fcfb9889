// `docker commit`: what a container has become is an image.
import type { ArchiveEntry, CommitRequest } from './api-types.ts'
import { entriesOf, unpack } from './archive.ts'
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { applyChanges } from './dockerfile-config.ts'
import type { Image, ImageConfig } from './images.ts'
import { memoryFileSystem } from '../kernel/memory-file-system.ts'
import type { DirectoryInode } from '../kernel/vfs.ts'

/** POST /commit. @throws EngineError 404, 400 */
export function containerCommit(daemon: Daemon, name: string, request: CommitRequest): string {
  const container = daemon.get(name)
  const { Env, Cmd, Entrypoint, ExposedPorts, Labels, StopSignal, User, Volumes, WorkingDir } = container.config
  const own: ImageConfig = {
    ...container.image.config,
    Env: Env ?? [],
    Cmd,
    Entrypoint,
    Labels,
    User,
    WorkingDir,
    ...(ExposedPorts && { ExposedPorts }),
    ...(Volumes && { Volumes }),
    ...(StopSignal !== undefined && { StopSignal }),
  }
  const config = applyChanges(daemon.words, own, request.changes ?? [])
  const { repository = '', author = '', comment = '' } = request
  const image = commitContainer(daemon, container, {
    config,
    author,
    comment,
    names: repository === '' ? [] : [repository],
    createdBy: [container.path, ...container.args].join(' '),
  })
  daemon.logEvent(container, 'commit', { comment })
  return image.id
}

/** Keeps a container's files as an image on top of its own. */
export function commitContainer(
  daemon: Daemon,
  container: Container,
  made: { config: ImageConfig; names: readonly string[]; author?: string; comment?: string; createdBy: string },
): Image {
  const root = copyOf(daemon, container.files.root)
  return daemon.images.create({
    ...made,
    parent: container.image,
    bytes: container.files.writtenBytes(),
    root: () => root,
  })
}

/** The same files in a tree of their own, which nobody changes any more. */
export function copyOf(daemon: Daemon, directory: DirectoryInode): DirectoryInode {
  const root = memoryFileSystem({ type: 'overlay', time: daemon.now() })
  unpack(root, below(entriesOf(directory, '', daemon.process)), daemon.process, daemon.now())
  return root
}

/** Without the directory itself. */
function below(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  return entries.filter((entry) => entry.name !== '' && entry.name !== '/')
}
