// A lesson being run: one shell, one cell at a time, and what has been run, guessed and seen so far.
import type { Cell } from '../notebook/cell.ts'
import type { Lesson } from '../notebook/lesson.ts'
import type { Quiz } from '../notebook/quiz.ts'
import type { Snapshot } from '../xray/snapshot.ts'
import type { Backend, Shell } from './backend.ts'
import { Capture, silentIo, type Captured, type CellIo } from './capture.ts'
import { Engine } from './engine.ts'
import { History } from './history.ts'
import { ListingChecker } from './listing-checker.ts'
import { Predictions } from './predictions.ts'
import type { CellResult, CellState, EngineVersions, Refusal } from './result.ts'
import { backgroundScript, checkScript, quote, writeFileScript } from './script.ts'

/** What a session needs of a cell; the editor may hand in one whose text has changed since the file was read. */
export type RunnableCell = Pick<Cell, 'name' | 'script' | 'attributes'>

export interface SessionOptions {
  /** The lesson's file, as the user knows it; it stands in diffs. */
  file?: string
  /**
   * Asked once before the first cell: may the lesson make these things (`container/alp1`)? Returns the reason and the way
   * out, in words, if it may not.
   */
  guard?(creates: readonly string[]): Promise<string | undefined>
  /**
   * Opens a shell on the Linux machine that runs the containers; gives undefined where that is the machine on which the
   * other cells run too, as it is by default. `needs` as in the front matter.
   */
  openNode?(needs: readonly string[]): Promise<Shell | undefined>
  /** Makes the backend anew on `restart`. Without it the machine stays, and only the shell is a new one. */
  reopen?(): Promise<Backend>
  /** Bytes of a cell's output that are kept for comparing; 1 MiB by default. */
  captureLimit?: number
  /** Milliseconds of any clock that does not go back; for durations. */
  now?(): number
}

export interface RunCellOptions {
  signal?: AbortSignal
  /** Run cells that this one needs, and that have not run, before it. Without it such a cell is refused. */
  withPrerequisites?: boolean
  /** Where the output of those cells goes; nowhere by default. */
  ioFor?(cell: string): CellIo
}

const defaultCaptureLimit = 1024 * 1024

/**
 * Runs cells of a lesson on a backend. Of two sessions on one backend each has its own shell, and both see one machine.
 * No method throws for what a learner may do; a `CellResult` with a refusal says what was wrong. `runCell` rejects when
 * the backend cannot open a shell at all, with the backend's own error, and may be called again.
 */
export class LessonSession {
  private readonly options: SessionOptions
  private current: Lesson
  private backend: Backend
  private engine: Engine
  private shell: Shell | undefined
  private node: Promise<Shell | undefined> | undefined
  private isAllowed = false
  private tail: Promise<unknown> = Promise.resolve()
  private readonly aborts = new Map<AbortController, string>()
  private running: string | undefined
  private isDisposed = false
  private readonly history = new History()
  private readonly predictions = new Predictions()
  private listings: ListingChecker

  constructor(lesson: Lesson, backend: Backend, options: SessionOptions = {}) {
    this.current = lesson
    this.backend = backend
    this.options = options
    this.engine = new Engine(backend)
    this.listings = new ListingChecker(options.file ?? 'the lesson')
  }

  get lesson(): Lesson {
    return this.current
  }

  /** Takes the lesson as it is now in the editor. What has run, has run. */
  updateLesson(lesson: Lesson): void {
    this.current = lesson
  }

  /**
   * Runs one cell; a second one waits for the first.
   * @param cell its name, or the cell itself, whose text may differ from the lesson's
   * @param io gets the output while the cell runs, and what its background jobs write later
   */
  runCell(cell: string | RunnableCell, io: CellIo = silentIo, options: RunCellOptions = {}): Promise<CellResult> {
    const found = typeof cell === 'string' ? this.findCell(cell) : cell
    if (!found) {
      const cells = this.current.cells.map((each) => each.name)
      return Promise.resolve(refused(String(cell), { code: 'no-such-cell', cell: String(cell), cells }))
    }
    const abort = new AbortController()
    const { signal } = options
    const forward = (): void => abort.abort()
    if (signal?.aborted) forward()
    signal?.addEventListener('abort', forward)
    this.aborts.set(abort, found.name)
    const run = this.tail.then(() => this.perform(found, io, abort.signal, options, []))
    const ended = run.finally(() => {
      this.aborts.delete(abort)
      signal?.removeEventListener('abort', forward)
    })
    this.tail = ended.catch(() => undefined)
    return ended
  }

  /**
   * Runs the lesson's cells in order, without checks, solutions and what is `excludeFromRunAll`, up to and including one.
   * Stops at the first that does not go well.
   * @param until name of the last cell; by default the lesson's last
   */
  async runAll(
    until: string | undefined,
    ioFor: (cell: string) => CellIo,
    options: RunCellOptions = {},
  ): Promise<CellResult[]> {
    const results: CellResult[] = []
    for (const cell of this.cellsUntil(until)) {
      const result = await this.runCell(cell.name, ioFor(cell.name), options)
      results.push(result)
      if (!result.ok) break
    }
    return results
  }

  /** The cells that `runAll` runs. A check or a solution that is named itself is the last of them. */
  cellsUntil(until?: string): readonly Cell[] {
    const cells = this.current.cells
    const last = until === undefined ? cells.length - 1 : cells.findIndex((cell) => cell.name === until)
    return cells.slice(0, last + 1).filter((cell) => cell.name === until || isOrdinary(cell))
  }

  /** Ends the running cell and takes all that wait out of the queue. */
  cancel(): void {
    for (const abort of this.aborts.keys()) abort.abort()
  }

  /** Cancels all and begins anew: a new shell, and with `reopen` a new machine. Predictions and outputs stay. */
  async restart(): Promise<void> {
    this.cancel()
    const { reopen } = this.options
    const begin = async (): Promise<void> => {
      if (reopen) {
        await this.backend.dispose()
        this.backend = await reopen()
        this.engine = new Engine(this.backend)
      } else await this.shell?.run('exit 0\n', silentIo)
      this.shell = undefined
      this.node = undefined
      this.isAllowed = false
      this.history.restart()
      this.listings = new ListingChecker(this.options.file ?? 'the lesson')
    }
    const done = this.tail.then(begin)
    this.tail = done.catch(() => undefined)
    await done
  }

  /** Ends everything. The session cannot be used any more. */
  async dispose(): Promise<void> {
    if (this.isDisposed) return
    this.isDisposed = true
    this.cancel()
    await this.tail
    await this.backend.dispose()
  }

  /** Does a cell's shown output still follow from the state of the machine? */
  state(name: string): CellState {
    if (this.running === name) return 'running'
    if ([...this.aborts.values()].includes(name)) return 'queued'
    return this.history.state(name, this.current.cells)
  }

  /** Names of the cells that ran since the session began or was restarted, in that order; one may come twice. */
  get ran(): readonly string[] {
    return this.history.ran
  }

  /** Questions that ask for a guess before this cell runs. */
  questionsBefore(cell: string): readonly Quiz[] {
    return this.predictions.questionsBefore(this.current, cell)
  }

  /**
   * Keeps a guess. Once the cell has run, the guess is locked.
   * @param option number of the option, from 1
   * @returns false when it was locked already, or there is no such option
   */
  predict(question: Quiz, option: number): boolean {
    return this.predictions.predict(question, option)
  }

  /** The option, from 1, that was guessed, and whether it can still be changed. */
  prediction(question: Quiz): { option: number; isLocked: boolean } | undefined {
    return this.predictions.get(question)
  }

  /** Versions of what the lesson's cells run on, asked of the machine once. */
  versions(): Promise<EngineVersions> {
    return this.engine.versions(this.current.frontMatter.needs)
  }

  /** What stands in the machine now. */
  snapshot(): Promise<Snapshot> {
    return this.backend.snapshot()
  }

  private findCell(name: string): Cell | undefined {
    return this.current.cells.find((cell) => cell.name === name)
  }

  private async perform(
    cell: RunnableCell,
    io: CellIo,
    signal: AbortSignal,
    options: RunCellOptions,
    callers: readonly string[],
  ): Promise<CellResult> {
    if (this.isDisposed) return refused(cell.name, { code: 'disposed' })
    if (signal.aborted) return { ...refused(cell.name), status: 'cancelled', exitCode: 130 }
    const collision = await this.askGuard()
    if (collision !== undefined) return refused(cell.name, { code: 'collision', message: collision })
    const ranFirst: CellResult[] = []
    const missing = cell.attributes.after.filter((name) => !this.history.wentWell(name) && !callers.includes(name))
    if (missing.length > 0 && options.withPrerequisites !== true) {
      return refused(cell.name, { code: 'needs-cells', cell: cell.name, missing })
    }
    for (const name of missing) {
      const first = this.findCell(name)
      if (!first || this.history.wentWell(name)) continue
      const result = await this.perform(first, options.ioFor?.(name) ?? silentIo, signal, options, [
        ...callers,
        cell.name,
      ])
      ranFirst.push(...result.ranFirst, { ...result, ranFirst: [] })
      if (!result.ok)
        return { ...refused(cell.name, { code: 'needs-failed', cell: cell.name, failed: name }), ranFirst }
    }
    for (const tool of new Set([...this.current.frontMatter.needs, ...cell.attributes.needs])) {
      if (!(await this.engine.has(tool)))
        return { ...refused(cell.name, { code: 'needs-tool', cell: cell.name, tool }), ranFirst }
    }
    return { ...(await this.runScript(cell, io, signal)), ranFirst }
  }

  private async runScript(cell: RunnableCell, io: CellIo, signal: AbortSignal): Promise<CellResult> {
    const shell = await this.openShell(cell.attributes.on)
    if (!shell) return refused(cell.name, { code: 'no-node', cell: cell.name })
    const capture = new Capture(io, this.options.captureLimit ?? defaultCaptureLimit)
    const now = this.options.now ?? (() => performance.now())
    const back = await enterDirectory(shell, cell, capture)
    if (typeof back === 'number') return { ...this.finish(cell, capture.end(), back, []), ok: false }
    this.running = cell.name
    const begin = now()
    try {
      const { timeout } = cell.attributes
      const run = await shell.run(scriptOf(cell), {
        stdout: (chunk) => capture.stdout(chunk),
        stderr: (chunk) => capture.stderr(chunk),
        signal,
        ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      })
      const durationMs = now() - begin
      const result = this.finish(cell, capture.end(), run.exitCode, run.hints ?? [])
      const status = run.ended ?? 'ran'
      const isWhole = status !== 'cancelled' && status !== 'timeout'
      const ok = result.ok && isWhole
      this.history.add(cell.name, cell.script, ok)
      if (!isWhole) return { ...result, ok, status, durationMs }
      const listing = await this.listings.compare(this.current, cell.name, result, () => this.versions())
      return { ...result, ok, status, durationMs, ...(listing ? { listing } : {}) }
    } finally {
      this.running = undefined
      if (back !== undefined) await shell.run(`cd -- ${quote(back)}\n`, silentIo)
    }
  }

  private finish(cell: RunnableCell, captured: Captured, exitCode: number, hints: readonly string[]): CellResult {
    const expectedExitCode = cell.attributes.exit
    return {
      ...refused(cell.name),
      ...captured,
      status: 'ran',
      exitCode,
      expectedExitCode,
      ok: exitCode === expectedExitCode,
      hints,
      predictions: this.predictions.resolve(this.current, cell.name),
    }
  }

  private async askGuard(): Promise<string | undefined> {
    const { creates } = this.current.frontMatter
    if (creates.length === 0 || !this.options.guard || this.isAllowed) return undefined
    const message = await this.options.guard(creates)
    // After a refusal the learner may make room: it is asked again at the next cell.
    this.isAllowed = message === undefined
    return message
  }

  private async openShell(on: 'client' | 'node'): Promise<Shell | undefined> {
    const { openNode } = this.options
    if (on === 'node' && openNode) {
      this.node ??= openNode(this.current.frontMatter.needs)
      try {
        const node = await this.node
        if (node) return node
      } catch {
        // No way to the node: the cell is refused, and the next one asks again.
        this.node = undefined
        return undefined
      }
    }
    this.shell ??= await this.backend.open({})
    return this.shell
  }
}

/** Does the cell run when all cells run? Checks and their solutions are for the learner. */
export function isOrdinary(cell: Pick<Cell, 'attributes'>): boolean {
  const { check, solution, excludeFromRunAll } = cell.attributes
  return !check && solution === undefined && !excludeFromRunAll
}

function scriptOf(cell: RunnableCell): string {
  const { file, background, check } = cell.attributes
  if (file !== undefined) return writeFileScript(file, cell.script)
  if (check) return checkScript(cell.script)
  return background ? backgroundScript(cell.script) : `${cell.script}\n`
}

/** Changes to the cell's `cwd`; gives the directory to go back to, or the exit code of the failed `cd`. */
async function enterDirectory(shell: Shell, cell: RunnableCell, io: CellIo): Promise<string | number | undefined> {
  const { cwd } = cell.attributes
  if (cwd === undefined) return undefined
  const before = new Capture(silentIo, 64 * 1024)
  await shell.run('pwd\n', before)
  const { exitCode } = await shell.run(`cd -- ${quote(cwd)}\n`, io)
  return exitCode === 0 ? before.end().stdout.replace(/\n$/, '') : exitCode
}

/** A result of a cell that has not run. */
function refused(cell: string, refusal?: Refusal): CellResult {
  return {
    cell,
    status: 'refused',
    exitCode: 0,
    expectedExitCode: 0,
    ok: false,
    stdout: '',
    stderr: '',
    output: '',
    truncated: false,
    durationMs: 0,
    hints: [],
    predictions: [],
    ranFirst: [],
    ...(refusal ? { refusal } : {}),
  }
}
