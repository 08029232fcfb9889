// Proves a lesson on a backend: its cells run, its listings are what is printed, its checks tell right from wrong.
import type { Cell } from '../notebook/cell.ts'
import type { Diagnostic } from '../notebook/diagnostics.ts'
import type { Lesson } from '../notebook/lesson.ts'
import type { Backend } from './backend.ts'
import { silentIo } from './capture.ts'
import { engineName } from './engine.ts'
import type { CellResult, Refusal } from './result.ts'
import { isOrdinary, LessonSession, type RunCellOptions, type SessionOptions } from './session.ts'

/** One thing that was proved, or was not. `line` is that of the cell or the listing in the file, from 1. */
export type CheckItem =
  | { kind: 'problem'; ok: boolean; line: number; diagnostic: Diagnostic }
  | { kind: 'cell'; ok: boolean; line: number; cell: string; result: CellResult }
  | { kind: 'listing'; ok: boolean; line: number; cell: string; diff?: string }
  | { kind: 'check'; ok: boolean; line: number; cell: string; outcome: CheckOutcome; result?: CellResult }

/**
 * A check must be red before its solution and green after it. `green-before`: it would praise who has done nothing;
 * `red-after`: nobody can pass it this way; `no-solution`: it cannot be proved; `solution-failed`: its exit code is wrong.
 */
export type CheckOutcome = 'red-then-green' | 'green-before' | 'red-after' | 'no-solution' | 'solution-failed'

export interface CheckReport {
  file: string
  ok: boolean
  /** `docker 26.1.5`. */
  engine: string
  /** The tool that the lesson needs and this machine has not: nothing was run. */
  skippedFor?: string
  items: readonly CheckItem[]
}

/** Called with each item as soon as it is known. */
export type CheckListener = (item: CheckItem) => void

export interface CheckOptions extends SessionOptions {
  file: string
  /** What is known to be wrong with the lesson beside its own diagnostics: that of its place in the course. */
  problems?: readonly Diagnostic[]
  onItem?: CheckListener
  signal?: AbortSignal
}

/**
 * Runs a whole lesson: all cells in order, as one does who passes the tasks by; then, on a machine made anew, again with
 * each check in its place red, its solution, and the check green. Without `reopen` there is the second run alone.
 * The backend is left as the lesson leaves it. An abort cancels the running cell, which ends the check as not right.
 */
export async function checkLesson(lesson: Lesson, backend: Backend, options: CheckOptions): Promise<CheckReport> {
  const items: CheckItem[] = []
  const add = (item: CheckItem): void => {
    items.push(item)
    options.onItem?.(item)
  }
  for (const diagnostic of [...lesson.diagnostics, ...(options.problems ?? [])]) {
    add({ kind: 'problem', ok: diagnostic.severity !== 'error', line: diagnostic.line, diagnostic })
  }
  const session = new LessonSession(lesson, backend, options)
  const lastCheck = lesson.cells.findLastIndex(isCheck)
  const isTwice = options.reopen !== undefined && lastCheck >= 0
  let refusal = isTwice ? await runCells(session, lesson.cells.filter(isOrdinary), add, options.signal) : undefined
  if (!refusal && options.signal?.aborted !== true) {
    if (isTwice) await session.restart()
    // What is as it was the first time is not told again.
    const addNew = (item: CheckItem): void => {
      if (!isTwice || !(item.ok ? item.kind !== 'check' : items.some((told) => isSame(told, item)))) add(item)
    }
    refusal = await runCells(
      session,
      isTwice ? lesson.cells.slice(0, lastCheck + 1) : lesson.cells,
      addNew,
      options.signal,
    )
  }
  return {
    file: options.file,
    ok: items.every((item) => item.ok),
    engine: engineName(await session.versions()),
    ...(refusal?.code === 'needs-tool' ? { skippedFor: refusal.tool } : {}),
    items,
  }
}

/** Runs ordinary cells and proves checks, in order. Ends early when the lesson cannot run here at all, and says why. */
async function runCells(
  session: LessonSession,
  cells: readonly Cell[],
  add: CheckListener,
  signal: AbortSignal | undefined,
): Promise<Refusal | undefined> {
  const options = signal === undefined ? {} : { signal }
  const needs = new Set(session.lesson.frontMatter.needs)
  for (const cell of cells) {
    if (isCheck(cell)) add(await proveCheck(session, cell, options))
    if (!isOrdinary(cell)) continue
    const result = await session.runCell(cell.name, silentIo, options)
    const { refusal } = result
    if (refusal?.code === 'needs-tool' && needs.has(refusal.tool)) return refusal
    addCell(cell, result, add)
    if (refusal?.code === 'collision' || signal?.aborted === true) return refusal
  }
  return undefined
}

function isCheck(cell: Cell): boolean {
  return cell.attributes.check
}

function isSame(told: CheckItem, item: CheckItem): boolean {
  return !told.ok && told.kind === item.kind && told.line === item.line
}

function addCell(cell: Cell, result: CellResult, add: CheckListener): void {
  add({ kind: 'cell', ok: result.ok, line: cell.line, cell: cell.name, result })
  const { listing } = result
  if (!listing) return
  const { matches, line, diff } = listing
  add({ kind: 'listing', ok: matches, line, cell: cell.name, ...(diff === undefined ? {} : { diff }) })
}

async function proveCheck(session: LessonSession, check: Cell, options: RunCellOptions): Promise<CheckItem> {
  const item = { kind: 'check', line: check.line, cell: check.name } as const
  const solutions = session.lesson.cells.filter((cell) => cell.attributes.solution === check.name)
  if (solutions.length === 0) return { ...item, ok: false, outcome: 'no-solution' }
  const before = await session.runCell(check.name, silentIo, options)
  if (before.ok) return { ...item, ok: false, outcome: 'green-before', result: before }
  for (const solution of solutions) {
    const result = await session.runCell(solution.name, silentIo, options)
    if (!result.ok) return { ...item, ok: false, outcome: 'solution-failed', result }
  }
  const after = await session.runCell(check.name, silentIo, options)
  return { ...item, ok: after.ok, outcome: after.ok ? 'red-then-green' : 'red-after', result: after }
}
