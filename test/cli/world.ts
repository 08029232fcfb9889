// A world for the command line: what it writes is kept, what it reads is given, and its machines are of the test's making.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CliIo, OpenMachine } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'
import { machines } from '../../src/cli/machines.ts'

export interface World {
  /** The machine behind `--backend`, whichever is asked for; by default the real makers of both. */
  machine?: () => OpenMachine
  /** Keys pressed, then end of input; with them both ends are terminals. */
  keys?: string
  /** Lines typed at prompts, then end of input. */
  lines?: readonly string[]
  /** Standard input. */
  input?: string
  cwd?: string
  notebooks?: string
  env?: Readonly<Record<string, string>>
  columns?: number
  /** The file with the progress; by default one that cannot be. */
  progressFile?: string
  /** Called with the function that presses Ctrl-C. */
  onReady?: (interrupt: () => void) => void
}

export interface Outcome {
  exitCode: number
  stdout: string
  stderr: string
}

export const project = fileURLToPath(new URL('../..', import.meta.url))
export const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))

/** Runs `pause-lab` with these arguments. */
export async function pauseLab(args: readonly string[], world: World = {}): Promise<Outcome> {
  const written: { stdout: Uint8Array[]; stderr: Uint8Array[] } = { stdout: [], stderr: [] }
  const keys = [...(world.keys ?? '')]
  const lines = [...(world.lines ?? [])]
  const listeners = new Set<() => void>()
  world.onReady?.(() => {
    for (const listener of listeners) listener()
  })
  const bytes = (data: string | Uint8Array): Uint8Array =>
    typeof data === 'string' ? new TextEncoder().encode(data) : data.slice()
  const { machine } = world
  const io: CliIo = {
    write: (data) => void written.stdout.push(bytes(data)),
    writeError: (data) => void written.stderr.push(bytes(data)),
    outputIsTerminal: world.keys !== undefined,
    inputIsTerminal: world.keys !== undefined || world.lines !== undefined,
    columns: world.columns ?? 80,
    env: { NO_COLOR: '1', ...world.env },
    cwd: world.cwd ?? fixtures,
    notebooks: world.notebooks ?? fixtures,
    version: '1.2.3',
    today: () => '2026-11-25',
    progressFile: world.progressFile ?? join(fixtures, 'two.sh', 'progress.json'),
    readInput: async () => world.input ?? '',
    async readLine(prompt) {
      written.stdout.push(bytes(prompt))
      const line = lines.shift()
      if (line !== undefined) written.stdout.push(bytes(`${line}\n`))
      return line
    },
    readKey: async () => keys.shift(),
    onInterrupt(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    machines: machine ? { open: async () => machine() } : machines,
  }
  const exitCode = await main(args, io)
  const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString('utf8')
  return { exitCode, stdout: text(written.stdout), stderr: text(written.stderr) }
}
