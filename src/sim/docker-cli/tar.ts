// Reads a tar archive, ustar and GNU long names, as `docker import` gets it on stdin.
import type { ArchiveEntry } from '../docker/api.ts'
import { concatenate } from '../programs/bytes.ts'

const block = 512

/**
 * @returns the files, directories and links in order
 * @throws Error when it is no archive; the message is Go's
 */
export function readTar(bytes: Uint8Array): ArchiveEntry[] {
  const entries: ArchiveEntry[] = []
  let longName: string | undefined
  if (bytes.length > 0 && bytes.length < block) throw new Error('unexpected EOF')
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) break
    if (checksum(header) !== octal(header, 148, 8)) throw new Error('archive/tar: invalid tar header')
    const size = octal(header, 124, 12)
    const content = bytes.subarray(at + block, at + block + size)
    if (content.length < size) throw new Error('unexpected EOF')
    at += block + Math.ceil(size / block) * block
    const kind = String.fromCharCode(header[156] ?? 0)
    if (kind === 'L') {
      longName = text(content, 0, content.length)
      continue
    }
    const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
    const name = longName ?? `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`
    longName = undefined
    const entry = entryOf(kind, header, content)
    if (entry) entries.push({ ...entry, name: name.replace(/^(\.\/)+/, '').replace(/\/$/, '') || '.' })
  }
  return entries
}

function entryOf(kind: string, header: Uint8Array, content: Uint8Array): Omit<ArchiveEntry, 'name'> | undefined {
  const common = {
    mode: octal(header, 100, 8) & 0o7777,
    uid: octal(header, 108, 8),
    gid: octal(header, 116, 8),
    mtime: octal(header, 136, 12) * 1e6,
  }
  if (kind === '0' || kind === '\0') return { ...common, type: 'regular', content: content.slice() }
  if (kind === '5') return { ...common, type: 'directory' }
  if (kind === '2') return { ...common, type: 'symlink', target: text(header, 157, 100) }
  return undefined
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

function octal(bytes: Uint8Array, from: number, length: number): number {
  return Number.parseInt(text(bytes, from, length).trim() || '0', 8)
}

/** The sum of the header's bytes with its own field as blanks. */
function checksum(header: Uint8Array): number {
  let sum = 0
  for (const [i, byte] of header.entries()) sum += i >= 148 && i < 156 ? 32 : byte
  return sum
}

const endOfArchive = new Uint8Array(2 * block)

/** How many bytes the archive of these files has. */
export function tarSize(entries: readonly ArchiveEntry[]): number {
  const size = (entry: ArchiveEntry) => block + Math.ceil((entry.content?.length ?? 0) / block) * block
  return entries.reduce((sum, entry) => sum + size(entry), endOfArchive.length)
}

/** An archive in the ustar format; a directory's name ends in a slash. */
export function writeTar(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const content = entry.content ?? new Uint8Array(0)
    const padding = new Uint8Array((block - (content.length % block)) % block)
    return [headerOf(entry, content.length), content, padding]
  })
  return concatenate([...parts, endOfArchive])
}

const kinds = { regular: '0', symlink: '2', directory: '5' } as const

function headerOf(entry: ArchiveEntry, size: number): Uint8Array {
  const header = new Uint8Array(block)
  const put = (from: number, value: string) => header.set(new TextEncoder().encode(value), from)
  const number = (from: number, length: number, value: number) =>
    put(
      from,
      `${Math.floor(value)
        .toString(8)
        .padStart(length - 1, '0')}\0`,
    )
  const name = entry.type === 'directory' ? `${entry.name}/` : entry.name
  const cut = name.length > 100 ? name.indexOf('/', name.length - 101) : -1
  put(0, name.slice(cut + 1))
  number(100, 8, entry.mode & 0o7777)
  number(108, 8, entry.uid)
  number(116, 8, entry.gid)
  number(124, 12, size)
  number(136, 12, entry.mtime / 1e6)
  put(148, ' '.repeat(8))
  put(156, kinds[entry.type])
  put(157, entry.target ?? '')
  put(257, 'ustar\u000000')
  if (cut > 0) put(345, name.slice(0, cut))
  number(148, 7, checksum(header))
  return header
}
