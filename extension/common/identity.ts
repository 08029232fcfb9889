// Finds what a text names by number: containers by id, processes by PID, namespaces by inode. The same one gets the same
// hue wherever it appears, computed from the number alone, so that equal and different are seen before they are read.

import { TableReader } from './identity-table.ts'

export type IdentityKind = 'container' | 'process' | 'namespace' | 'capture'

export interface Identity {
  kind: IdentityKind
  /** What the number is compared by: an id's first 12 digits, a PID, an inode; of a capture all of its words. */
  key: string
  /** Where it stands in the text: UTF-16 units. */
  start: number
  end: number
  /** For namespaces their type, as in /proc/PID/ns: net, pid, mnt. */
  type?: string
}

interface Pattern {
  kind: IdentityKind
  /** The group `id` is what is coloured; `type` names the namespace's type. */
  pattern: RegExp
}

const patterns: readonly Pattern[] = [
  // proc_pid_ns(5): net:[4026531840]
  { kind: 'namespace', pattern: /\b(?<type>net|pid|mnt|uts|ipc|user|cgroup|time):\[(?<id>\d{4,10})\]/dg },
  // Docker ids, short and full. Twelve decimal digits alone are more likely a number than an id. After `container:`, as
  // NetworkMode has it, it is one; after `sha256:` it is none.
  {
    kind: 'container',
    pattern: /(?<=(?<![0-9a-zA-Z:_-])|\bcontainer:)(?<id>(?=\d*[a-f])(?:[0-9a-f]{64}|[0-9a-f]{12}))(?![0-9a-zA-Z_-])/dg,
  },
  { kind: 'process', pattern: /\/proc\/(?<id>\d+)\b/dg },
  { kind: 'process', pattern: /"(?:Pid|PPid)": (?<id>[1-9]\d*)/dg },
  { kind: 'process', pattern: /^(?:Pid|PPid|NSpid|Tgid):\s+(?<id>[1-9]\d*)/dg },
]

/** Written by `showCaptures`; only a recorded listing has them. One without a name, a time, is no identity. */
const capturePattern: Pattern = { kind: 'capture', pattern: /(?<id>‹[^‹›\u00a0]+\u00a0[^‹›]+›)/dg }

/**
 * The identities of a whole text, line by line; rows of a table are known by its header.
 *
 * @param isRecorded whether the text is a recorded listing, in which captures stand for values
 */
export function identitiesOf(lines: readonly string[], isRecorded: boolean): Identity[][] {
  const table = new TableReader()
  return lines.map((line) => {
    const known = isRecorded ? [...patterns, capturePattern] : patterns
    return inOrder([...findByPatterns(line, known), ...table.read(line)])
  })
}

/** All identities in one line of text, in order, none overlapping another. */
export function findIdentities(line: string): Identity[] {
  return inOrder(findByPatterns(line, patterns))
}

/** A hue in degrees, 0 to 359. Numbers that follow each other, as inodes do, get hues far apart. */
export function hueOf(kind: IdentityKind, key: string): number {
  // The golden angle: multiples of it never come close to each other early.
  return Math.floor((offsets[kind] + numberOf(kind, key) * 137.507_764) % 360)
}

const offsets: Readonly<Record<IdentityKind, number>> = { container: 0, process: 40, namespace: 80, capture: 120 }

function numberOf(kind: IdentityKind, key: string): number {
  if (kind === 'container') return Number.parseInt(key.slice(0, 8), 16)
  if (kind === 'capture') return [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7)
  return Number(key)
}

function findByPatterns(line: string, wanted: readonly Pattern[]): Identity[] {
  const found: Identity[] = []
  for (const { kind, pattern } of wanted) {
    for (const match of line.matchAll(pattern)) {
      const range = match.indices?.groups?.['id']
      const id = match.groups?.['id']
      if (range === undefined || id === undefined) continue
      const type = match.groups?.['type']
      const key = kind === 'container' ? id.slice(0, 12) : id
      const identity = { kind, key, start: range[0], end: range[1] }
      found.push(type === undefined ? identity : { ...identity, type })
    }
  }
  return found
}

function inOrder(found: readonly Identity[]): Identity[] {
  let end = 0
  return found
    .toSorted((a, b) => a.start - b.start)
    .filter((identity) => {
      if (identity.start < end) return false
      end = identity.end
      return true
    })
}
