// Whose a PID, a container id or a namespace inode is, told from one snapshot of the machine.

import type { Snapshot, SnapshotContainer, SnapshotProcess } from '../../src/xray/snapshot.ts'
import type { Identity } from './identity.ts'

/** Sentences in the learner's language; `{0}`, `{1}` stand for what is put in. */
export interface OwnerWords {
  /** Name and image of a container. */
  container: string
  /** Command line of a process that no container holds. */
  hostProcess: string
  /** Command line, container and the PID inside it. */
  containerProcess: string
  /** Names of the containers that share a namespace. */
  namespaceOf: string
  /** A namespace that processes outside of containers are in. */
  hostNamespace: string
}

/** More names than these are counted only. */
const maxNames = 4

/** Whose it is, by `KIND:KEY`, as far as the snapshot tells. */
export function ownersOf(
  identities: readonly Pick<Identity, 'kind' | 'key'>[],
  snapshot: Snapshot,
  words: OwnerWords,
): Record<string, string> {
  const owners: Record<string, string> = {}
  for (const { kind, key } of identities) {
    const owner = tell[kind]?.(key, snapshot, words)
    if (owner !== undefined && owner !== '') owners[`${kind}:${key}`] = owner
  }
  return owners
}

type Tell = (key: string, snapshot: Snapshot, words: OwnerWords) => string | undefined

const tell: Readonly<Record<string, Tell>> = {
  container(key, { containers }, words) {
    const found = containers.find(({ id }) => id.startsWith(key))
    return found && format(words.container, found.name, found.image)
  },

  // The same number may be another process in each PID namespace: all of them are told.
  process(key, { processes, containers }, words) {
    const pid = Number(key)
    const named = processes.filter((process) => process.pid === pid || process.nspid.at(-1) === pid)
    const onHost = named.toSorted((a, b) => Number(b.pid === pid) - Number(a.pid === pid))
    return list(onHost.map((process) => processText(process, containers, words)))
  },

  namespace(key, { processes, containers }, words) {
    const inode = Number(key)
    const members = processes.filter(({ namespaces }) => Object.values(namespaces).includes(inode))
    const isHost = members.some(({ container }) => container === undefined)
    const names = [...new Set(members.map(({ container }) => nameOf(container, containers)))].filter(
      (name) => name !== '',
    )
    const parts = isHost ? [words.hostNamespace] : []
    if (names.length > 0) parts.push(format(words.namespaceOf, list(names)))
    return parts.join('; ')
  },
}

function processText(
  { pid, nspid, comm, cmdline, container }: SnapshotProcess,
  containers: readonly SnapshotContainer[],
  words: OwnerWords,
): string {
  const command = cmdline.length === 0 ? `[${comm}]` : cmdline.join(' ')
  const short = command.length > 60 ? `${command.slice(0, 59)}…` : command
  const name = nameOf(container, containers)
  if (name === '') return format(words.hostProcess, short, String(pid))
  return format(words.containerProcess, short, name, String(nspid.at(-1) ?? pid), String(pid))
}

function nameOf(id: string | undefined, containers: readonly SnapshotContainer[]): string {
  return containers.find((container) => container.id === id)?.name ?? ''
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, maxNames)
  return shown.length < names.length ? `${shown.join(', ')}, … (${names.length})` : shown.join(', ')
}

function format(sentence: string, ...values: readonly string[]): string {
  return sentence.replaceAll(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? '')
}
