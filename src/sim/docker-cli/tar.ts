// Reads a tar archive, ustar and GNU long names, as `docker import` gets it on stdin.
import type { ArchiveEntry } from '../docker/api.ts'

const block = 512

/**
 * @returns the files, directories and links in order
 * @throws Error when it is no archive; the message is Go's
 */
export function readTar(bytes: Uint8Array): ArchiveEntry[] {
  const entries: ArchiveEntry[] = []
  let longName: string | undefined
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
