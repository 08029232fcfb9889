// What running a cell gives: plain records, so that each surface (terminal, notebook, JSON) words and draws them itself.

/** Why a cell ended as it did. `refused`: nothing ran, and `refusal` says why. */
export type CellStatus = 'ran' | 'refused' | 'cancelled' | 'timeout' | 'shell-exited'

export interface CellResult {
  /** The cell's name; for a cell without one `cell-N`, N being its place among the lesson's cells, from 1. */
  cell: string
  status: CellStatus
  /** The shell's `$?`; 0 when nothing ran. */
  exitCode: number
  /** The exit code that is right here: the cell's attribute `exit`. */
  expectedExitCode: number
  /** True when the cell ran to its end and its exit code was the expected one. Says nothing about the listing. */
  ok: boolean
  /** What came from descriptor 1, from descriptor 2, and from both as it arrived. Bounded; see `truncated`. */
  stdout: string
  stderr: string
  output: string
  /** True when the output was longer than what a session keeps for comparing; the reader's own stream got it all. */
  truncated: boolean
  /** Wall-clock milliseconds from the moment that the shell got the script. */
  durationMs: number
  /** What the backend wants the learner to know, in words. */
  hints: readonly string[]
  refusal?: Refusal
  /** Present when the cell has a recorded listing that fits the engine. */
  listing?: ListingComparison
  /** One for each question that asked for a guess before this cell and got one. */
  predictions: readonly PredictionResult[]
  /** Cells that were run first because this one needs them, in order. */
  ranFirst: readonly CellResult[]
}

/** Why a cell was not run. `describeRefusal` in messages.ts writes the text. */
export type Refusal =
  | { code: 'no-such-cell'; cell: string; cells: readonly string[] }
  | { code: 'needs-cells'; cell: string; missing: readonly string[] }
  | { code: 'needs-tool'; cell: string; tool: string }
  | { code: 'needs-failed'; cell: string; failed: string }
  | { code: 'collision'; message: string }
  | { code: 'no-node'; cell: string }
  | { code: 'disposed' }

export interface ListingComparison {
  matches: boolean
  /** Line of the lesson's file, from 1, on which the listing's own first line stands. */
  line: number
  /** A unified diff, from the listing to what came; absent when they match. */
  diff?: string
}

export interface PredictionResult {
  question: string
  /** Options as the question words them. */
  chosen: string
  right: readonly string[]
  correct: boolean
  why: string
}

/** How a cell's shown output relates to the state of the machine now. */
export type CellState = 'not-run' | 'queued' | 'running' | 'current' | 'stale'

/** Versions that a listing's `when` is compared with, as the tools print them; absent where a tool is missing. */
export interface EngineVersions {
  docker?: string
  kubernetes?: string
  kernel?: string
}
