// `docker cp`: files between a container and the client's side.
import type { ArchiveEntry, DockerApi } from '../docker/api.ts'
import { EngineError } from '../docker/errors.ts'
import { type Program, SystemCallError } from '../kernel/system.ts'
import { readTree, statOf, writeTree } from './archive.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool } from './flag-types.ts'
import type { Invocation } from './invocation.ts'

interface Place {
  /** Absent: the client's side. */
  readonly container?: string
  readonly path: string
}

export const cpCommand: Command = {
  names: ['container cp', 'cp'],
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  summary: 'Copy files/folders between a container and the local filesystem',
  description: `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  operands: { least: 2, most: 2 },
  flags: [
    { name: 'archive', shorthand: 'a', type: bool, usage: 'Archive mode (copy all uid/gid information)' },
    { name: 'follow-link', shorthand: 'L', type: bool, usage: 'Always follow symbol link in SRC_PATH', noEffect: true },
    {
      name: 'quiet',
      shorthand: 'q',
      type: bool,
      usage:
        'Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached',
      since: '26.1',
    },
  ],
  *run(invocation) {
    const [source, target] = invocation.operands.map(splitPlace)
    if (!source || !target) return 1
    if (source.container !== undefined && target.container !== undefined) {
      throw new StatusError('copying between containers is not supported')
    }
    const api = yield* invocation.api('/_ping')
    try {
      if (source.container !== undefined) yield* copyOut(invocation, api, source.container, source.path, target.path)
      else if (target.container !== undefined)
        yield* copyIn(invocation, api, source.path, target.container, target.path)
      else throw new StatusError('must specify at least one container source')
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      throw new StatusError(error.message)
    }
    return 0
  },
}

/** `CONTAINER:PATH`, unless it begins as a path does. */
function splitPlace(argument: string): Place {
  if (/^[./]/.test(argument)) return { path: argument }
  const at = argument.indexOf(':')
  return at <= 0 ? { path: argument } : { container: argument.slice(0, at), path: argument.slice(at + 1) }
}

function lastPart(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) || '/'
}

function parentOf(path: string): string {
  const cut = path.replace(/\/+$/, '').replace(/[^/]*$/, '')
  return cut === '' ? '.' : cut
}

/** Gives the tree another name at its root. */
function renamed(entries: readonly ArchiveEntry[], name: string): ArchiveEntry[] {
  const root = entries[0]?.name ?? ''
  return entries.map((entry) => ({ ...entry, name: name + entry.name.slice(root.length) }))
}

function* copyOut(invocation: Invocation, api: DockerApi, container: string, from: string, to: string): Program<void> {
  const { system } = invocation
  if (to === '-') throw new StatusError('pause-lab: a tar stream on stdout is not simulated')
  const entries = yield* api.containerArchiveGet(system, container, from)
  const target = yield* statOf(system, to)
  if (target?.type === 'directory') {
    yield* writeTree(system, to, renamed(entries, lastPart(entries[0]?.name ?? from)))
    return
  }
  const directory = parentOf(to)
  if ((yield* statOf(system, directory))?.type !== 'directory')
    throw new StatusError(`invalid output path: directory ${JSON.stringify(directory)} does not exist`)
  yield* writeTree(system, directory, renamed(entries, lastPart(to)))
}

function* copyIn(invocation: Invocation, api: DockerApi, from: string, container: string, to: string): Program<void> {
  const { system } = invocation
  if (from === '-') throw new StatusError('pause-lab: a tar stream on stdin is not simulated')
  const cwd = yield* system.getcwd()
  if (!(yield* statOf(system, from))) {
    const path = from.startsWith('/') ? from : `${cwd.replace(/\/$/, '')}/${from.replace(/^\.\//, '')}`
    throw new StatusError(`lstat ${path}: no such file or directory`)
  }
  const intoDirectory = yield* isDirectory(invocation, api, container, to)
  const name = intoDirectory ? lastPart(from) : lastPart(to)
  const directory = intoDirectory ? to : parentOf(to)
  yield* api.containerArchivePut(
    system,
    container,
    directory === '.' ? '/' : directory,
    yield* readTree(system, from, name),
  )
}

function* isDirectory(invocation: Invocation, api: DockerApi, container: string, path: string): Program<boolean> {
  if (path === '' || path.endsWith('/')) return true
  try {
    const entries = yield* api.containerArchiveGet(invocation.system, container, path)
    return entries[0]?.type === 'directory'
  } catch (error) {
    if (error instanceof EngineError && error.status === 404 && !/No such container/.test(error.message)) return false
    throw error
  }
}
