// `kubectl cp`: files to and from a container, through the tar of its image. pkg/cmd/cp
import { readTree, statOf, writeTree } from '../docker-cli/archive.ts'
import { readTar, writeTar } from '../docker-cli/tar.ts'
import type { ArchiveEntry, DockerApi } from '../docker/api.ts'
import type { Program, System } from '../kernel/system.ts'
import type { Pod } from '../kubernetes/objects.ts'
import { waitForChild } from '../programs/run-command.ts'
import { readAll, writeAll } from '../programs/stdio.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, container } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { execContainer, runningInstance } from './streams.ts'
import { requireResource } from './targets.ts'

interface Place {
  /** Absent: this machine. */
  readonly pod?: string
  readonly namespace?: string
  readonly path: string
}

export const cpCommand: Command = {
  name: 'cp',
  flags: [container, { name: 'no-preserve', type: bool, default: 'false', usage: '' }],
  *run(invocation) {
    const [from, to] = invocation.operands
    if (from === undefined || to === undefined) throw new StatusError('error: source and destination are required')
    const [source, target] = [placeOf(from), placeOf(to)]
    const isTwice = source.pod !== undefined && target.pod !== undefined
    if (isTwice) throw new StatusError('error: one of src or dest must be a local file specification')
    if (source.pod === undefined && target.pod === undefined) {
      throw new StatusError('error: one of src or dest must be a remote file specification')
    }
    if (source.path === '' || target.path === '') throw new StatusError('error: filepath can not be empty')
    return yield* source.pod === undefined
      ? copyIn(invocation, source.path, target)
      : copyOut(invocation, source, target.path)
  },
}

/** `[[NAMESPACE/]POD:]PATH` */
function placeOf(argument: string): Place {
  const at = argument.indexOf(':')
  if (at < 0) return { path: argument }
  const [pod, path] = [argument.slice(0, at), argument.slice(at + 1)]
  const parts = pod.split('/')
  if (at === 0 || parts.length > 2) {
    throw new StatusError('error: filespec must match the canonical format: [[namespace/]pod:]file/path')
  }
  const [name = '', namespace] = parts.toReversed()
  return { pod: name, path, ...(namespace === undefined ? {} : { namespace }) }
}

function lastPart(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? ''
}

function parentOf(path: string): string {
  const parent = path.replace(/\/*[^/]*\/*$/, '')
  return parent === '' ? (path.startsWith('/') ? '/' : '.') : parent
}

/** The container that a place names, running. */
function* instanceAt(invocation: Invocation, { pod = '', namespace }: Place): Program<string> {
  const found = invocation.api.get(requireResource('pods'), namespace ?? invocation.namespace, pod) as Pod
  return runningInstance(invocation, found, yield* execContainer(invocation, found)).id
}

/** Runs a command in a container with descriptors of this process as its own. @returns its exit code */
function* execWith(
  invocation: Invocation,
  system: System,
  id: string,
  command: readonly string[],
  descriptors: { stdin?: number; stdout: number; stderr: number },
): Program<number> {
  const api: DockerApi = invocation.cluster.engine
  const { Id } = yield* api.execCreate(system, id, {
    AttachStdin: descriptors.stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
    Cmd: command,
  })
  const stream = yield* api.execStart(system, Id, {})
  if (stream !== undefined) while ((yield* stream.copy(system, descriptors)) === 'interrupted');
  return (yield* api.execInspect(system, Id)).ExitCode ?? 0
}

function* terminated(invocation: Invocation, code: number): Program<number> {
  if (code !== 0) yield* invocation.err(`command terminated with exit code ${code}\n`)
  return code
}

/** What only the exit code of a command tells. */
function* isDirectoryThere(invocation: Invocation, id: string, path: string): Program<boolean> {
  const { system } = invocation
  const nowhere = yield* system.open('/dev/null', ['RDWR'])
  const streams = { stdout: nowhere, stderr: nowhere }
  const code = yield* execWith(invocation, system, id, ['test', '-d', path], streams)
  yield* system.close(nowhere)
  return code === 0
}

function* copyIn(invocation: Invocation, from: string, target: Place): Program<number> {
  const { system, flags } = invocation
  if ((yield* statOf(system, from)) === undefined) {
    throw new StatusError(`error: ${from} doesn't exist in local filesystem`)
  }
  const id = yield* instanceAt(invocation, target)
  let path = target.path.replace(/(.)\/$/, '$1')
  if (yield* isDirectoryThere(invocation, id, path)) path = `${path.replace(/\/$/, '')}/${lastPart(from)}`
  const archive = writeTar(yield* readTree(system, from, lastPart(path)))
  const [input, output] = yield* system.pipe()
  const writer = yield* system.fork(function* send(inner) {
    yield* inner.close(input)
    yield* writeAll(inner, output, archive)
    return 0
  })
  yield* system.close(output)
  const preserve = flags.bool('no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : []
  const command = ['tar', ...preserve, '-xmf', '-', '-C', parentOf(path)]
  const code = yield* execWith(invocation, system, id, command, { stdin: input, stdout: 1, stderr: 2 })
  yield* system.close(input)
  yield* waitForChild(system, writer)
  return yield* terminated(invocation, code)
}

function* copyOut(invocation: Invocation, source: Place, to: string): Program<number> {
  const { system } = invocation
  const id = yield* instanceAt(invocation, source)
  const [input, output] = yield* system.pipe()
  const reader = yield* system.fork(function* receive(inner) {
    yield* inner.close(input)
    // What tar says goes to kubectl's standard output.
    const streams = { stdout: output, stderr: 1 }
    return yield* execWith(invocation, inner, id, ['tar', 'cf', '-', source.path], streams)
  })
  yield* system.close(output)
  const entries = readTar(yield* readAll(system, input))
  yield* system.close(input)
  const code = yield* waitForChild(system, reader)
  if (code !== 0) return yield* terminated(invocation, code)
  yield* unpack(invocation, entries, source, to)
  return 0
}

/** Each file goes where its name below the source's says; symbolic links stay behind. */
function* unpack(invocation: Invocation, entries: readonly ArchiveEntry[], source: Place, to: string): Program<void> {
  const { system } = invocation
  const prefix = source.path.replace(/^\/+|\/+$/g, '')
  let isWarned = false
  for (const entry of entries) {
    const below = entry.name.replace(/\/$/, '').slice(prefix.length).replace(/^\//, '')
    const path = below === '' ? to.replace(/(.)\/$/, '$1') : `${to.replace(/\/$/, '')}/${below}`
    if (entry.type === 'symlink') {
      if (!isWarned) {
        yield* invocation.err(
          `warning: skipping symlink: "${path}" -> "${entry.target ?? ''}" (consider using "kubectl exec -n "${source.namespace ?? ''}" "${source.pod}" -- tar cf - "${source.path}" | tar xf -")\n`,
        )
      }
      isWarned = true
      continue
    }
    yield* makeDirectories(system, parentOf(path))
    if (entry.type === 'directory') yield* makeDirectories(system, path)
    else if ((yield* statOf(system, path))?.type === 'directory') {
      throw new StatusError(`error: open ${path}: is a directory`)
    } else yield* writeTree(system, parentOf(path), [{ ...entry, name: lastPart(path) }])
  }
}

function* makeDirectories(system: System, path: string): Program<void> {
  if (path === '.' || path === '/' || (yield* statOf(system, path)) !== undefined) return
  yield* makeDirectories(system, parentOf(path))
  yield* system.mkdir(path, 0o755)
}
