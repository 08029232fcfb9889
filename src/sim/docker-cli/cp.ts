// `docker cp`: files between a container and the client's side.
import type { ArchiveEntry, DockerApi } from '../docker/api.ts'
import { EngineError } from '../docker/errors.ts'
import { type Program, SystemCallError } from '../kernel/system.ts'
import { readAll, writeAll } from '../programs/stdio.ts'
import { readTree, statOf, writeTree } from './archive.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import { readTar, writeTar } from './tar.ts'

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
    { name: 'follow-link', shorthand: 'L', type: bool, usage: 'Always follow symbol link in SRC_PATH' },
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
  return cut === '' ? '.' : cut.replace(/(.)\/+$/, '$1')
}

/** Gives the tree another name at its root. */
function renamed(entries: readonly ArchiveEntry[], name: string): ArchiveEntry[] {
  const root = entries[0]?.name ?? ''
  return entries.map((entry) => ({ ...entry, name: name + entry.name.slice(root.length) }))
}

function* copyOut(invocation: Invocation, api: DockerApi, container: string, from: string, to: string): Program<void> {
  const { system } = invocation
  if (from === '') throw new StatusError('Error response from daemon: bad parameter: pathcannot be empty')
  const entries = yield* found(invocation, container, from, api.containerArchiveGet(system, container, from))
  if (to === '-') return yield* writeAll(system, 1, writeTar(entries))
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
  const there = yield* kindOf(invocation, api, container, to)
  if (from === '-') return yield* unpackStream(invocation, api, container, to, there)
  const cwd = yield* system.getcwd()
  const source = yield* statOf(system, from)
  if (!source) {
    const path = from.startsWith('/') ? from : `${cwd.replace(/\/$/, '')}/${from.replace(/^\.\//, '')}`
    throw new StatusError(`lstat ${path}: no such file or directory`)
  }
  if (there === undefined && (to === '' || to.endsWith('/')) && source.type !== 'directory') {
    throw new StatusError('no such directory')
  }
  if (there === 'file' && source.type === 'directory') throw new StatusError('cannot copy directory')
  const contents = /(^|\/)\.$/.test(from)
  const inside = there === 'directory' && !contents
  const name = inside ? lastPart(from) : lastPart(to)
  const directory = inside ? to : parentOf(to)
  const target = directory === '.' ? '/' : directory
  const tree = yield* readTree(system, from, name)
  const put = api.containerArchivePut(system, container, target, tree)
  yield* found(invocation, container, to, put)
}

/** A tar archive on stdin goes into a directory that is there. */
function* unpackStream(
  invocation: Invocation,
  api: DockerApi,
  container: string,
  to: string,
  there: 'file' | 'directory' | undefined,
): Program<void> {
  const { system, release } = invocation
  if (there === 'file') throw new StatusError(`destination "${container}:${to}" must be a directory`)
  let entries: ArchiveEntry[]
  try {
    entries = readTar(yield* readAll(system, 0))
  } catch (error) {
    if (error instanceof SystemCallError) throw error
    const why = (error as Error).message
    const text = release === '20.10' ? `Error processing tar file(exit status 1): ${why}` : why
    throw new StatusError(`Error response from daemon: ${text}`)
  }
  yield* found(invocation, container, to, api.containerArchivePut(system, container, to, entries))
}

/** A path that is not there, or a container: the client of 20.10 had one sentence for both. */
function* found<T>(invocation: Invocation, container: string, path: string, call: Program<T>): Program<T> {
  try {
    return yield* call
  } catch (error) {
    if (invocation.release !== '20.10' || !(error instanceof EngineError) || error.status !== 404) throw error
    throw new StatusError(`Error: No such container:path: ${container}:${path}`)
  }
}

/** What a path of the container is; undefined when there is nothing. */
function* kindOf(
  invocation: Invocation,
  api: DockerApi,
  container: string,
  path: string,
): Program<'file' | 'directory' | undefined> {
  if (path === '/') return 'directory'
  try {
    const [entry] = yield* api.containerArchiveGet(invocation.system, container, path === '' ? '/nosuch' : path)
    return entry?.type === 'directory' ? 'directory' : 'file'
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error
    if (!/No such container/.test(error.message)) return undefined
    if (invocation.release !== '20.10') throw error
    throw new StatusError(
      `Error: No such container:path: ${container}:${parentOf(path) === '.' ? '/' : parentOf(path)}`,
    )
  }
}
