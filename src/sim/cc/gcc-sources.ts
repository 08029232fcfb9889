// The files that a compilation reads: sources, and the headers of the program's own, found before the compiler starts.
import { decodeText } from '../programs/bytes.ts'
import { readAll, readFile } from '../programs/stdio.ts'
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { headers } from './headers.ts'
import type { IncludedFile } from './preprocess.ts'

/** Headers of the compiler, which lie apart from those of the C library. */
const compilerHeaders: ReadonlySet<string> = new Set(
  'float.h iso646.h limits.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdnoreturn.h'.split(' '),
)

/** The path that messages name a header by. */
export function headerPath(name: string): string {
  if (compilerHeaders.has(name)) return `/usr/lib/gcc/x86_64-linux-gnu/12/include/${name}`
  if (/^(sys|bits|gnu|asm)\//.test(name)) return `/usr/include/x86_64-linux-gnu/${name}`
  return `/usr/include/${name}`
}

/** A source's text: of a file, or of standard input for `-`. Gives the error's text when it cannot be read. */
export function* readSource(system: System, path: string): Program<{ text: string } | { error: string }> {
  try {
    return { text: decodeText(path === '-' ? yield* readAll(system, 0) : yield* readFile(system, path)) }
  } catch (error) {
    if (error instanceof SystemCallError) return { error: error.message }
    throw error
  }
}

/** Finds headers for the preprocessor, which cannot wait: all that the text may ask for has been read. */
export type HeaderFinder = (name: string, quoted: boolean, from: string) => IncludedFile | undefined

/** A bound for headers that include each other without end. */
const mostHeaders = 500

/**
 * Reads the headers that a text names, and those that they name.
 * @param paths directories of -I
 */
export function* collectHeaders(system: System, source: IncludedFile, paths: readonly string[]): Program<HeaderFinder> {
  const found = new Map<string, IncludedFile | undefined>()
  const waiting = [source]
  for (let file = waiting.shift(); file !== undefined && found.size < mostHeaders; file = waiting.shift()) {
    for (const [, open, name = ''] of file.text.matchAll(
      /^[ \t]*#[ \t]*include(?:_next)?[ \t]*([<"])([^>"\n]*)[>"]/gm,
    )) {
      for (const path of candidates(name, open === '"', file.file, paths)) {
        if (found.has(path)) continue
        const header = yield* readHeader(system, path)
        found.set(path, header)
        if (header !== undefined) waiting.push(header)
      }
    }
  }
  return (name, quoted, from) => {
    for (const path of candidates(name, quoted, from, paths)) {
      const header = found.get(path)
      if (header !== undefined) return header
    }
    const text = headers.get(name)
    return text === undefined ? undefined : { file: headerPath(name), text }
  }
}

function candidates(name: string, quoted: boolean, from: string, paths: readonly string[]): string[] {
  if (name.startsWith('/')) return [name]
  const own = quoted ? [beside(from, name)] : []
  return [
    ...own,
    ...paths.map((path) => `${path.replace(/\/$/, '')}/${name}`),
    `/usr/local/include/${name}`,
    `/usr/include/${name}`,
  ]
}

function beside(from: string, name: string): string {
  const slash = from.lastIndexOf('/')
  return slash < 0 ? name : `${from.slice(0, slash + 1)}${name}`
}

function* readHeader(system: System, path: string): Program<IncludedFile | undefined> {
  try {
    return { file: path, text: decodeText(yield* readFile(system, path)) }
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}
