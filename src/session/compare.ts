// Compares what a cell printed with its recorded listing, and remembers through a lesson which value stands for which.
import { editScript, unifiedDiff, type Edit } from './diff.ts'
import { listingPatterns, type Capture, type LinePattern, type PatternGroup } from './listing-pattern.ts'
import type { ListingComparison } from './result.ts'
import { scanText, type ScannedLine } from './tables.ts'
import { identityKinds, identityOf, kindsWithinOutput, type VariableKind } from './variables.ts'

/** What a cell printed: both streams as their bytes arrived, and each alone. */
export interface PrintedOutput {
  output: string
  stdout: string
  stderr: string
}

/** Where a listing stands and what it is compared with, for the diff's head. */
export interface ListingPlace {
  /** The lesson's file, as the user named it. */
  file: string
  /** Line of the file, from 1, on which the listing's own first line stands. */
  line: number
  cell: string
  /** What printed the other side: `docker 26.1.5`. */
  engine: string
}

export interface AlignedListing {
  comparison: ListingComparison
  /** How the printed lines follow from the listing's: `a` counts the listing's lines, `b` the entries of `printed`. */
  edits: readonly Edit[]
  /** The printed lines, with the listing's own values in place of those that stand for them. */
  printed: readonly string[]
}

// Lines; more than this on two streams at once is no listing that a lesson shows.
const longestMerge = 2000

const nouns: Readonly<Record<VariableKind, string>> = {
  id: 'an id',
  pid: 'a PID',
  ns: 'a namespace',
  ip: 'an address',
  mac: 'a MAC address',
  interface: 'an interface',
  name: 'a name',
  time: 'a time',
  counter: 'a number',
  line: 'a line',
}

type Bindings = Map<string, string>

/**
 * Which value of the listings stands for which value of this run: one inode there, one here. Use one for a whole lesson,
 * its listings in order. PIDs and numbers of interfaces are compared within one listing only, since two namespaces may use
 * one number; to say that two listings show the same process, write a capture.
 */
export class Correspondence {
  /** From an identity of the listings, or a capture, to the identity here; and back. */
  private toHere: Bindings = new Map()
  private toListing: Bindings = new Map()
  /** For the reader: how the listings write a value of this run. */
  private written: Bindings = new Map()
  /** Why the last line did not match, when its shape did. */
  private conflict = ''

  /** Compares, and learns from each line that matches. */
  compare(listing: string, printed: PrintedOutput, place: ListingPlace): AlignedListing {
    for (const kind of kindsWithinOutput) this.forget(`${kind} `)
    const patterns = listingPatterns(listing)
    const shown = this.valuesIn(patterns)
    for (const lines of readings(patterns, printed)) {
      const trial = this.copy()
      if (lines.length !== patterns.length) continue
      if (!lines.every((line, index) => trial.match(patterns[index], line, shown))) continue
      this.adopt(trial)
      const edits = lines.map((_, index): Edit => ({ kind: 'same', a: index, b: index }))
      return { comparison: { matches: true, line: place.line }, edits, printed: lines.map((line) => line.raw) }
    }
    return this.difference(patterns, scanText(printed.output), shown, place)
  }

  private difference(
    patterns: readonly LinePattern[],
    lines: readonly ScannedLine[],
    shown: ReadonlySet<string>,
    place: ListingPlace,
  ): AlignedListing {
    const hasShape = (a: number, b: number): boolean => shapeMatches(patterns[a], lines[b])
    const edits: Edit[] = []
    const notes: string[] = []
    for (const edit of editScript(patterns.length, lines.length, hasShape)) {
      const line = edit.kind === 'same' ? lines[edit.b] : undefined
      if (edit.kind !== 'same' || (line && this.match(patterns[edit.a], line, shown))) edits.push(edit)
      else {
        edits.push({ kind: 'delete', a: edit.a }, { kind: 'insert', b: edit.b })
        notes.push(`line ${place.line + edit.a}: ${this.conflict}`)
      }
    }
    const printed = lines.map((line) => this.inListingTerms(line))
    const diff = unifiedDiff(
      edits,
      patterns.map((pattern) => pattern.raw),
      printed,
      {
        from: `${place.file}:${place.line} listing of the cell ${place.cell}`,
        to: `printed now by ${place.engine}`,
        firstLine: place.line,
      },
    )
    return { comparison: { matches: false, line: place.line, diff: [diff, ...notes].join('\n') }, edits, printed }
  }

  /** Matches one line and binds its values, all or none. */
  private match(pattern: LinePattern | undefined, line: ScannedLine, shown: ReadonlySet<string>): boolean {
    const match = pattern?.expression.exec(textOf(line))
    if (!pattern || !match) return false
    const trial = this.copy()
    const agrees = pattern.groups.every((group, index) => trial.bind(group, match[index + 1] ?? '', shown))
    if (agrees) this.adopt(trial)
    else this.conflict = trial.conflict
    return agrees
  }

  private bind(group: PatternGroup, here: string, shown: ReadonlySet<string>): boolean {
    if ('capture' in group) return this.bindCapture(group.capture, here, shown)
    const { rule, value } = group
    if (!identityKinds.has(rule.kind)) return true
    const listed = identityOf(rule, value)
    const found = identityOf(rule, here)
    if (this.toHere.has(listed)) {
      if (this.toHere.get(listed) !== found) {
        this.conflict = `${value} is ${nouns[rule.kind]} that the listings showed before; here it is another one`
        return false
      }
      if (value.length > (this.written.get(found) ?? '').length) this.written.set(found, value)
      return true
    }
    const other = this.toListing.get(found)
    if (other !== undefined) {
      // An inode comes back after its namespace is gone. Only one that this very listing shows must be another one.
      if (rule.kind !== 'ns' || shown.has(other)) {
        this.conflict = `${value} is ${nouns[rule.kind]} other than ${this.written.get(found)} in the listings; here both are one`
        return false
      }
      this.toHere.delete(other)
    }
    this.toHere.set(listed, found)
    this.toListing.set(found, listed)
    this.written.set(found, value)
    return true
  }

  private bindCapture({ kind, name, scope }: Capture, here: string, shown: ReadonlySet<string>): boolean {
    // A moment is not a thing that can be seen twice, and `any` says that nothing is known of it.
    if (kind === 'time') return true
    const key = `<${kind}:${name}>`
    const value = kind === 'id' ? here.slice(0, 12) : here
    const bound = this.toHere.get(key)
    if (bound !== undefined && bound !== value) {
      this.conflict = `${key} was ${bound} before; here it is ${value}`
      return false
    }
    if (bound !== undefined) return true
    const holder = `<${kind}> ${scope} ${value}`
    const other = this.toListing.get(holder)
    // PIDs and inodes are given again when who had them is gone: across listings only ids and addresses must differ.
    const mayBeGone = (kind === 'ns' || kind === 'pid') && other !== undefined && !shown.has(other)
    if (kind !== 'any' && other !== undefined && !mayBeGone) {
      this.conflict = `${key} must differ from ${other}; here both are ${value}`
      return false
    }
    this.toHere.set(key, value)
    this.toListing.set(holder, key)
    return true
  }

  private inListingTerms(line: ScannedLine): string {
    let out = ''
    let at = 0
    for (const { text, rule } of line.segments) {
      const start = rule ? line.raw.indexOf(text, at) : -1
      if (!rule || start < 0) continue
      out += line.raw.slice(at, start) + this.listedValue(identityOf(rule, text), text)
      at = start + text.length
    }
    return out + line.raw.slice(at)
  }

  private listedValue(identity: string, text: string): string {
    const value = this.toListing.has(identity) ? this.written.get(identity) : undefined
    if (value === undefined) return text
    // The listing may know a container by its long id only, and the line needs the short one.
    if (value.length === text.length || !identity.startsWith('id ')) return value
    return text.length < value.length ? value.slice(0, text.length) : text
  }

  private valuesIn(patterns: readonly LinePattern[]): Set<string> {
    const values = new Set<string>()
    for (const group of patterns.flatMap((pattern) => pattern.groups)) {
      if ('rule' in group) values.add(identityOf(group.rule, group.value))
      else values.add(`<${group.capture.kind}:${group.capture.name}>`)
    }
    return values
  }

  private forget(prefix: string): void {
    for (const map of [this.toHere, this.toListing, this.written]) {
      for (const key of map.keys()) if (key.startsWith(prefix)) map.delete(key)
    }
  }

  private copy(): Correspondence {
    const copy = new Correspondence()
    copy.toHere = new Map(this.toHere)
    copy.toListing = new Map(this.toListing)
    copy.written = new Map(this.written)
    return copy
  }

  private adopt(other: Correspondence): void {
    this.toHere = other.toHere
    this.toListing = other.toListing
    this.written = other.written
  }
}

function textOf(line: ScannedLine): string {
  return line.segments.map((segment) => segment.text).join('')
}

function shapeMatches(pattern: LinePattern | undefined, line: ScannedLine | undefined): boolean {
  return pattern !== undefined && line !== undefined && pattern.expression.test(textOf(line))
}

/** Orders in which a terminal may have shown the two streams, since nothing tells the order between two pipes. */
function* readings(patterns: readonly LinePattern[], printed: PrintedOutput): Generator<readonly ScannedLine[]> {
  yield scanText(printed.output)
  if (printed.stdout === '' || printed.stderr === '') return
  const merged = interleave(patterns, scanText(printed.stdout), scanText(printed.stderr))
  if (merged) yield merged
}

/** An order of the lines of both streams that has the listing's shape, each stream's own order kept. */
function interleave(
  patterns: readonly LinePattern[],
  out: readonly ScannedLine[],
  err: readonly ScannedLine[],
): ScannedLine[] | undefined {
  if (out.length + err.length !== patterns.length || patterns.length > longestMerge) return undefined
  const dead = new Set<string>()
  const merged: ScannedLine[] = []
  const extend = (o: number, e: number): boolean => {
    if (o + e === patterns.length) return true
    if (dead.has(`${o} ${e}`)) return false
    for (const [line, nextO, nextE] of [
      [out[o], o + 1, e],
      [err[e], o, e + 1],
    ] as const) {
      if (!line || !shapeMatches(patterns[o + e], line)) continue
      merged[o + e] = line
      if (extend(nextO, nextE)) return true
    }
    dead.add(`${o} ${e}`)
    return false
  }
  return extend(0, 0) ? merged : undefined
}
