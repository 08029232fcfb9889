// Renews a lesson's listings from what an engine prints now. What differs by nature alone is left as it is written.
import { replaceListing } from '../notebook/edit.ts'
import type { Lesson } from '../notebook/lesson.ts'
import { conditionText, type Listing } from '../notebook/listing.ts'
import type { Backend } from './backend.ts'
import { silentIo } from './capture.ts'
import type { AlignedListing } from './compare.ts'
import { ListingChecker } from './listing-checker.ts'
import type { CellResult, EngineVersions } from './result.ts'
import { isOrdinary, LessonSession, type SessionOptions } from './session.ts'

/** A listing that is no longer what is printed. */
export interface ListingChange {
  cell: string
  /** The listing's conditions, `docker<26.1`; empty for the newest one. */
  when: string
  /** Line of its first line in the file as it is at that moment. */
  line: number
  diff: string
}

export interface RecordResult {
  /** The lesson with what was accepted; `writeLesson` gives its bytes. */
  lesson: Lesson
  accepted: readonly ListingChange[]
  declined: readonly ListingChange[]
  /** Cells whose listings fit no engine of this version: a new one with another `when` has to be written. */
  unfitting: readonly string[]
  /** The cell at which the lesson stopped, when it did not go well. Later listings are as they were. */
  stoppedAt?: CellResult
}

export interface RecordOptions extends SessionOptions {
  file: string
  /** Is this change wanted? */
  accept(change: ListingChange): Promise<boolean>
  /** The date that stands behind the engine in `proved=`, `2026-11-25`; none without it. */
  today?: string
  /** Cancels the running cell, and with it the recording. */
  signal?: AbortSignal
}

/** Runs a lesson's cells on a fresh backend and renews the listings that they have. */
export async function recordLesson(start: Lesson, backend: Backend, options: RecordOptions): Promise<RecordResult> {
  let lesson = start
  const session = new LessonSession(lesson, backend, options)
  const checker = new ListingChecker(options.file)
  const accepted: ListingChange[] = []
  const declined: ListingChange[] = []
  const unfitting: string[] = []
  for (const { name } of start.cells.filter(isOrdinary)) {
    const result = await session.runCell(name, silentIo, options.signal ? { signal: options.signal } : {})
    if (!result.ok) return { lesson, accepted, declined, unfitting, stoppedAt: result }
    const aligned = await checker.align(lesson, name, result, () => session.versions())
    if (!aligned) {
      if (lesson.segments.some((segment) => segment.kind === 'listing' && segment.output === name)) unfitting.push(name)
      continue
    }
    const { listing, comparison } = aligned
    const when = listing.when.map(conditionText).join(',')
    const engine = proofOf(await session.versions(), options.today)
    const oldText = listing.expected.text
    let text = oldText
    let proved = withProof(listing.proved, engine)
    if (!comparison.matches) {
      const change = { cell: name, when, line: comparison.line, diff: comparison.diff ?? '' }
      if (!(await options.accept(change))) {
        declined.push(change)
        continue
      }
      accepted.push(change)
      text = renewed(aligned, listing)
      proved = engine
      checker.learn(name, text, result)
    }
    if (text === oldText && proved.join() === listing.proved.join()) continue
    lesson = replaceListing(lesson, name, when, text, proved.length > 0 ? proved : undefined)
    session.updateLesson(lesson)
  }
  return { lesson, accepted, declined, unfitting }
}

/** What is proved already and on this engine; an older proof on the same engine makes room. */
function withProof(proved: readonly string[], added: readonly string[]): string[] {
  const engine = (proof: string): string => proof.replace(/@.*$/, '')
  const renewed = proved.map((proof) => added.find((each) => engine(each) === engine(proof)) ?? proof)
  return [...new Set([...renewed, ...added])]
}

/** What `proved=` says: `docker-26.1@2026-11-25`. The kernel alone proves a lesson that needs no engine. */
function proofOf(versions: EngineVersions, today: string | undefined): string[] {
  for (const subject of ['kubernetes', 'docker', 'kernel'] as const) {
    const version = /^\d+(?:\.\d+)?/.exec(versions[subject] ?? '')?.[0]
    if (version !== undefined) return [`${subject}-${version}${today === undefined ? '' : `@${today}`}`]
  }
  return []
}

/** Lines that still hold as the listing has them, and the others as printed, with the lesson's own values. */
function renewed({ edits, printed }: AlignedListing, listing: Listing): string {
  const old = listing.expected.text.split('\n')
  const lines: string[] = []
  for (const edit of edits) {
    if (edit.kind === 'same') lines.push(old[edit.a] ?? '')
    else if (edit.kind === 'insert') lines.push(printed[edit.b] ?? '')
  }
  return lines.join('\n')
}
