// The seam: what a lesson needs of a machine, real or simulated. No code lives here, and nothing is imported but a type.
import type { Snapshot } from '../xray/snapshot.ts'

/** A machine that runs the cells of a lesson: `sim`, the simulated one, or `machine`, the learner's own. */
export interface Backend {
  /** Opens a bash session. All shells of one backend see one machine. */
  open(options: OpenOptions): Promise<Shell>
  /** What stands in the machine now: processes, namespaces, containers. */
  snapshot(): Promise<Snapshot>
  /** Ends all shells and their processes. Afterwards the backend cannot be used any more. */
  dispose(): Promise<void>
}

export interface OpenOptions {
  /** The directory in which the session starts; by default the backend's own choice. */
  cwd?: string
}

/** One long-lived bash session: working directory, variables, functions and jobs persist from run to run. */
export interface Shell {
  /**
   * Runs a script and ends when the shell says so, not when its pipes close: a background job may go on, and what it
   * writes later still goes to the `io` of the run that started it. One run at a time; a second one waits for the first.
   */
  run(script: string, io: RunIo): Promise<RunResult>
}

export interface RunIo {
  /** Bytes from file descriptor 1, while the script runs, in order. */
  stdout(chunk: Uint8Array): void
  /** Bytes from file descriptor 2. */
  stderr(chunk: Uint8Array): void
  /** Aborting it kills all that the run has started. */
  signal?: AbortSignal
  /** Time limit in milliseconds of the machine's own clock; then the run ends as if cancelled. None by default. */
  timeoutMs?: number
}

export interface RunResult {
  /** The shell's `$?` after the script: 0 to 255. After a cancel 130, after the time limit 124. */
  exitCode: number
  /** Why the run ended early. Absent when the script ran to its end. */
  ended?: 'cancelled' | 'timeout' | 'shell-exited'
  /** What the learner should know about this run and how to go on, in words: a pager refused, a shell begun anew. */
  hints?: readonly string[]
}
