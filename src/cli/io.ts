// What a command needs of the world around it, so that tests hand in a world of their own.
import type { Backend, Shell } from '../session/backend.ts'

export interface CliIo {
  /** Standard output. */
  write(data: string | Uint8Array): void
  /** Standard error. */
  writeError(data: string | Uint8Array): void
  /** Is standard output a terminal, and is standard input one? */
  outputIsTerminal: boolean
  inputIsTerminal: boolean
  /** The terminal's width in columns; 80 where there is none. */
  columns: number
  env: Readonly<Record<string, string | undefined>>
  /** Directory against which file names are read. */
  cwd: string
  /** The package's own lessons. */
  notebooks: string
  version: string
  /** The date, `2026-11-25`. */
  today(): string
  /** The file that keeps the learner's progress; it need not exist. */
  progressFile: string
  /** All of standard input. */
  readInput(): Promise<string>
  /** One line typed at a prompt; undefined at the end of input. */
  readLine(prompt: string): Promise<string | undefined>
  /** One key: its character, `\r` for Enter, `\x03` for Ctrl-C; undefined at the end of input. */
  readKey(): Promise<string | undefined>
  /** Calls on each Ctrl-C, until the returned function is called. Then Ctrl-C ends the program again. */
  onInterrupt(listener: () => void): () => void
  machines: Machines
}

/** How backends are made. Each is loaded when it is first needed. */
export interface Machines {
  open(kind: BackendKind, options: MachineChoice): Promise<OpenMachine>
}

export const backendKinds = ['sim', 'machine'] as const
export type BackendKind = (typeof backendKinds)[number]

export interface MachineChoice {
  /** What the simulated machine poses as. */
  persona?: string
  /** The lesson's, as in its front matter. */
  needs?: readonly string[]
}

/** A backend, and what belongs to a machine that is not ours alone. */
export interface OpenMachine {
  backend: Backend
  guard?(creates: readonly string[]): Promise<string | undefined>
  openNode?(needs: readonly string[]): Promise<Shell | undefined>
  /** What a lesson needs beside its tools and this machine has not: `a cluster for kubectl`. */
  missing?(): Promise<string | undefined>
  /** Removes what this session made. The backend is disposed of after it. */
  removeOwn?(): Promise<void>
}
