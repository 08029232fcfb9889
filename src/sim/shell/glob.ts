// Pathname expansion: a pattern against the directories that the process sees.
import type { Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { hasMagic, patternToRegExp, unescapePattern } from './pattern.ts'

/** What `shopt` says of pathname expansion. */
export interface GlobOptions {
  readonly dotfiles: boolean
  readonly ignoreCase: boolean
  /** `**` goes down into directories. */
  readonly recursive: boolean
}

/** The paths that match, in order of their characters; empty when there is none. */
export function* expandPathname(system: System, pattern: string, options: GlobOptions): Program<string[]> {
  const components = pattern.split('/')
  let bases = ['']
  for (const [index, component] of components.entries()) {
    const isLast = index === components.length - 1
    const next: string[] = []
    for (const base of bases) {
      if (component === '**' && options.recursive) {
        next.push(...(yield* descend(system, base, isLast, options)))
      } else if (!hasMagic(component)) {
        const path = base + unescapePattern(component)
        if (!isLast) next.push(`${path}/`)
        else if (component === '' || (yield* exists(system, path))) next.push(path)
      } else {
        for (const name of yield* matches(system, base, component, options)) {
          if (isLast) next.push(base + name)
          else if (yield* isDirectory(system, base + name)) next.push(`${base}${name}/`)
        }
      }
    }
    bases = next
  }
  return bases.toSorted(byCodePoint)
}

/** What `**` stands for below a directory: itself and all directories below, as the last component all files too. */
function* descend(system: System, base: string, isLast: boolean, options: GlobOptions): Program<string[]> {
  const found = isLast && base === '' ? [] : [base]
  for (const name of yield* matches(system, base, '*', options)) {
    const path = base + name
    const isBelow = (yield* fileType(system, path, false)) === 'directory'
    if (isLast) found.push(path)
    if (isBelow) {
      const below = yield* descend(system, `${path}/`, isLast, options)
      found.push(...(isLast ? below.slice(1) : below))
    }
  }
  return found
}

function* matches(system: System, directory: string, pattern: string, options: GlobOptions): Program<string[]> {
  const expression = patternToRegExp(pattern, options.ignoreCase)
  const hidden = pattern.startsWith('.') || pattern.startsWith('\\.')
  const names: string[] = []
  for (const name of yield* listDirectory(system, directory === '' ? '.' : directory)) {
    if (name === '.' || name === '..') continue
    if (name.startsWith('.') && !hidden && !options.dotfiles) continue
    if (expression.test(name)) names.push(name)
  }
  return names.toSorted(byCodePoint)
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function* listDirectory(system: System, path: string): Program<string[]> {
  try {
    const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
    const entries = yield* system.getdents(fd)
    yield* system.close(fd)
    return entries.map((entry) => entry.name)
  } catch (error) {
    if (error instanceof SystemCallError) return []
    throw error
  }
}

function* exists(system: System, path: string): Program<boolean> {
  return (yield* fileType(system, path, false)) !== undefined
}

function* isDirectory(system: System, path: string): Program<boolean> {
  return (yield* fileType(system, path, true)) === 'directory'
}

function* fileType(system: System, path: string, follow: boolean): Program<string | undefined> {
  try {
    return (yield* follow ? system.stat(path) : system.lstat(path)).type
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}
