// ip netns, ip-netns(8): network namespaces with names, which are files below /run/netns that hold them.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { execvp } from './run-command.ts'
import { writeError, writeOut } from './stdio.ts'
import type { Environment } from '../kernel/system.ts'
import { attempt } from './utility.ts'

const directory = '/run/netns'

/** Enters a named namespace. @returns what to print when there is none of that name */
export function* enterNetns(system: System, name: string): Program<string | undefined> {
  const fd = yield* attempt(system.open(`${directory}/${name}`))
  if (fd instanceof SystemCallError) return `Cannot open network namespace "${name}": ${fd.message}\n`
  const failed = yield* attempt(system.setns(fd, 'NEWNET'))
  yield* system.close(fd)
  return failed instanceof SystemCallError
    ? `setting the network namespace "${name}" failed: ${failed.message}\n`
    : undefined
}

/** A descriptor of a named namespace, or undefined. */
export function* openNetns(system: System, name: string): Program<number | undefined> {
  const fd = yield* attempt(system.open(`${directory}/${name}`))
  return fd instanceof SystemCallError ? undefined : fd
}

export function* ipNetns(system: System, words: readonly string[], environment: Environment): Program {
  const [verb = 'list', name, ...rest] = words
  const known = ['list', 'show', 'lst', 'add', 'delete', 'set', 'identify', 'pids', 'exec', 'attach'].find((each) =>
    each.startsWith(verb),
  )
  if (known === undefined) {
    yield* writeError(system, `Command "${verb}" is unknown, try "ip netns help".\n`)
    return 255
  }
  if (known === 'list' || known === 'show' || known === 'lst') return yield* list(system)
  if (known === 'identify') return yield* identify(system, name)
  if (name === undefined) {
    yield* writeError(system, 'No netns name specified\n')
    return 1
  }
  if (known === 'add') return yield* add(system, name)
  if (known === 'delete') return yield* remove(system, name)
  if (known === 'pids') return yield* pids(system, name)
  if (known === 'exec') return yield* execute(system, name, rest, environment)
  yield* writeError(system, `ip: the simulation has no \`ip netns ${known}\`\n`)
  return 1
}

function* names(system: System): Program<string[]> {
  const fd = yield* attempt(system.open(directory, ['RDONLY', 'DIRECTORY']))
  if (fd instanceof SystemCallError) return []
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  // The last made comes first, as a tmpfs lists them.
  return entries
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'))
    .toReversed()
}

function* list(system: System): Program {
  const rows = (yield* names(system)).map((name) => `${name}\n`)
  yield* writeOut(system, rows.join(''))
  return 0
}

function* add(system: System, name: string): Program {
  yield* attempt(system.mkdir(directory, 0o755))
  const path = `${directory}/${name}`
  const fd = yield* attempt(system.open(path, ['RDONLY', 'CREAT', 'EXCL'], 0))
  if (fd instanceof SystemCallError) {
    yield* writeError(system, `Cannot create namespace file "${path}": ${fd.message}\n`)
    return 1
  }
  yield* system.close(fd)
  const made = yield* attempt(system.unshare(['NEWNET']))
  if (made instanceof SystemCallError) {
    yield* system.unlink(path)
    yield* writeError(system, `Failed to create a new network namespace "${name}": ${made.message}\n`)
    return 1
  }
  const bound = yield* attempt(system.mount('/proc/self/ns/net', path, '', ['bind']))
  if (!(bound instanceof SystemCallError)) return 0
  yield* writeError(system, `Bind /proc/self/ns/net -> ${path} failed: ${bound.message}\n`)
  return 1
}

function* remove(system: System, name: string): Program {
  const path = `${directory}/${name}`
  yield* attempt(system.umount2(path, ['MNT_DETACH']))
  const failed = yield* attempt(system.unlink(path))
  if (!(failed instanceof SystemCallError)) return 0
  yield* writeError(system, `Cannot remove namespace file "${path}": ${failed.message}\n`)
  return 1
}

function* identify(system: System, word: string | undefined): Program {
  const own = yield* attempt(system.stat(`/proc/${word ?? 'self'}/ns/net`))
  if (own instanceof SystemCallError) {
    yield* writeError(system, `Stat of netns failed: ${own.message}\n`)
    return 1
  }
  let found = ''
  for (const name of yield* names(system)) {
    const there = yield* attempt(system.stat(`${directory}/${name}`))
    if (!(there instanceof SystemCallError) && there.ino === own.ino) found += `${name}\n`
  }
  yield* writeOut(system, found === '' ? '\n' : found)
  return 0
}

function* pids(system: System, name: string): Program {
  const wanted = yield* attempt(system.stat(`${directory}/${name}`))
  if (wanted instanceof SystemCallError) {
    yield* writeError(system, `Cannot open network namespace: ${wanted.message}\n`)
    return 1
  }
  const fd = yield* system.open('/proc', ['RDONLY', 'DIRECTORY'])
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  for (const { name: pid } of entries) {
    if (!/^\d+$/.test(pid)) continue
    const there = yield* attempt(system.stat(`/proc/${pid}/ns/net`))
    if (!(there instanceof SystemCallError) && there.ino === wanted.ino) yield* writeOut(system, `${pid}\n`)
  }
  return 0
}

/** Runs a program in the namespace, in a mount namespace of its own, so that its /sys is that of the namespace. */
function* execute(system: System, name: string, words: readonly string[], environment: Environment): Program {
  const [program] = words
  if (program === undefined) {
    yield* writeError(system, 'No command specified\n')
    return 1
  }
  const complaint = yield* enterNetns(system, name)
  if (complaint !== undefined) {
    yield* writeError(system, complaint)
    return 255
  }
  yield* attempt(system.unshare(['NEWNS']))
  const failed = yield* attempt(execvp(system, words, environment))
  const message = failed instanceof SystemCallError ? failed.message : ''
  yield* writeError(system, `exec of "${program}" failed: ${message}\n`)
  return 1
}
