// COPY and ADD: finding what a pattern means below a root, and putting it into an image's tree.
import type { ArchiveEntry } from './api-types.ts'
import { entriesOf, unpack } from './archive.ts'
import { BuildFailure, digestOf } from './build-failure.ts'
import type { Process } from '../kernel/process.ts'
import type { DirectoryInode, Inode } from '../kernel/vfs.ts'

export interface Source {
  readonly kind: 'file' | 'dir'
  /** Its last part. */
  readonly name: string
  /** Of the file, or all below the directory; the first one is itself, without a name. */
  readonly entries: readonly ArchiveEntry[]
  readonly digest: string
}

/** @throws BuildFailure for a path that is not there, or outside */
export function describeSources(
  instruction: string,
  root: DirectoryInode,
  patterns: readonly string[],
  reader: Process,
  isContext: boolean,
): Source[] {
  return patterns.flatMap((pattern) => {
    const path = cleaned(pattern)
    if (path === undefined) {
      throw new BuildFailure(`${instruction} failed: forbidden path outside the build context: ${pattern} ()`)
    }
    const found = matching(root, path === '' ? [] : path.split('/'), reader)
    if (found.length > 0) return found.map(({ name, inode }) => sourceOf(name, inode, reader))
    if (/[*?[]/.test(pattern)) throw new BuildFailure(`${instruction} failed: no source files were specified`)
    const reason = isContext
      ? `file not found in build context or excluded by .dockerignore: stat ${path}`
      : `stat ${path}`
    throw new BuildFailure(`${instruction} failed: ${reason}: file does not exist`)
  })
}

/** Relative to the root, dots resolved; undefined when it leads out. */
function cleaned(path: string): string | undefined {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return path.startsWith('/') ? '' : undefined
  }
  return parts.join('/')
}

function matching(at: Inode, parts: readonly string[], reader: Process): { name: string; inode: Inode }[] {
  const [part, ...rest] = parts
  if (part === undefined) return [{ name: '', inode: at }]
  if (at.type !== 'directory') return []
  const pattern = new RegExp(
    `^${part
      .replaceAll(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  )
  const names = /[*?[]/.test(part)
    ? at
        .list(reader)
        .map(({ name }) => name)
        .filter((name) => pattern.test(name))
        .toSorted()
    : [part]
  return names.flatMap((name) => {
    const inode = at.lookup(reader, name)
    if (inode === undefined) return []
    return rest.length === 0 ? [{ name, inode }] : matching(inode, rest, reader)
  })
}

function sourceOf(name: string, inode: Inode, reader: Process): Source {
  const entries = entriesOf(inode, '', reader)
  const decoder = new TextDecoder()
  const digest = digestOf(
    entries
      .map((entry) => `${entry.name} ${entry.mode} ${decoder.decode(entry.content)}${entry.target ?? ''}`)
      .join('\n'),
  )
  return { kind: inode.type === 'directory' ? 'dir' : 'file', name, entries, digest }
}

/** Gives the bytes that were copied. */
export function copyFiles(
  root: DirectoryInode,
  sources: readonly Source[],
  target: string,
  options: { directory: string; chown: string | undefined; reader: Process; time: number },
): number {
  const absolute = target.startsWith('/') ? target : `${options.directory}/${target}`
  const base = absolute.replace(/^\/+|\/+$/g, '').replace(/^\.$/, '')
  const intoDirectory =
    target.endsWith('/') || target === '.' || sources.length > 1 || isDirectory(root, base, options.reader)
  const [user = '0', group = user] = (options.chown ?? '0:0').split(':')
  const owner = { uid: Number(user) || 0, gid: Number(group) || 0 }
  let bytes = 0
  for (const { kind, name, entries } of sources) {
    const at = kind === 'file' && intoDirectory ? [base, name] : [base]
    const moved = entries.map((entry) => {
      bytes += entry.content?.length ?? 0
      return { ...entry, ...owner, name: [...at, entry.name].filter((part) => part !== '').join('/') }
    })
    unpack(
      root,
      moved.filter((entry) => entry.name !== ''),
      options.reader,
      options.time,
    )
  }
  return bytes
}

function isDirectory(root: DirectoryInode, path: string, reader: Process): boolean {
  let at: Inode | undefined = root
  for (const part of path.split('/').filter((each) => each !== '')) {
    at = at?.type === 'directory' ? at.lookup(reader, part) : undefined
  }
  return at?.type === 'directory'
}
