// The real machine as a backend: the learner's own bash, and a directory of ours that goes with the session.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backend, OpenOptions, Shell } from '../session/backend.ts'
import type { Snapshot } from '../xray/snapshot.ts'
import { BashShell } from './bash.ts'
import { hunt } from './cancel.ts'
import { writeCommands } from './commands.ts'
import { type Environment, sessionEnvironment } from './environment.ts'
import { MachineError } from './errors.ts'
import { findProgram, requireUnix } from './platform.ts'
import { makeFiles } from './session-files.ts'
import { takeSnapshot } from './snapshot.ts'

export interface MachineOptions {
  /** Names the session on the labels of what it makes: letters, digits, `-`. A new one by default. */
  sessionId?: string
  /** Whether `docker` labels what it makes as ours, so that clean-up finds it. Yes by default. */
  labels?: boolean
  /** Where shells start; by default an empty directory that goes with the session. */
  cwd?: string
  /** Variables for the session's environment, besides those of the host that are let through. */
  env?: Environment
  /** Makes what the session needs elsewhere, once, and gives variables that lead there. The directory goes with the session. */
  prepare?(directory: string): Promise<Environment>
}

export interface MachineBackend extends Backend {
  readonly sessionId: string
  /** Does what `prepare` of the options says, unless it is done. The first `open` does it by itself. */
  prepare(): Promise<void>
}

/** A machine that is this very one. Nothing is started or written before the first `open`. */
export function createMachineBackend(options: MachineOptions = {}): MachineBackend {
  return new Machine(options)
}

/** A name for a session that no other has. */
export function newSessionId(): string {
  return randomBytes(6).toString('hex')
}

class Machine implements MachineBackend {
  readonly sessionId: string
  readonly #options: MachineOptions
  // Marks this backend's processes; not the session's name, which the caller may use twice.
  readonly #marker = `${newSessionId()}.`
  readonly #shells: BashShell[] = []
  #directory: Promise<string> | undefined
  #prepared: Promise<Environment> | undefined
  #onHostExit: (() => void) | undefined
  #shellCount = 0
  #disposed: Promise<void> | undefined

  constructor(options: MachineOptions) {
    this.#options = options
    this.sessionId = options.sessionId ?? newSessionId()
    if (!/^[\w-]+$/.test(this.sessionId))
      throw new Error(`a session's name has letters, digits, - and _: ${this.sessionId}`)
  }

  async prepare(): Promise<void> {
    await this.#prepare()
  }

  async #prepare(): Promise<Environment> {
    if (this.#disposed) throw new Error('this machine is disposed of')
    this.#directory ??= this.#makeDirectory()
    const directory = await this.#directory
    this.#prepared ??= this.#options.prepare?.(directory) ?? Promise.resolve({})
    try {
      return await this.#prepared
    } catch (error) {
      // The learner may mend it: the next cell tries again.
      this.#prepared = undefined
      throw error
    }
  }

  /** Throws a MachineError when there is no bash, the directory cannot be entered, or `prepare` fails. */
  async open(open: OpenOptions): Promise<Shell> {
    if (this.#disposed) throw new Error('this machine is disposed of')
    requireUnix()
    const prepared = await this.#prepare()
    const number = ++this.#shellCount
    const hostPath = this.#options.env?.['PATH'] ?? process.env['PATH'] ?? ''
    const program = await findProgram('bash', hostPath)
    if (program === undefined) {
      throw new MachineError({
        kind: 'no-bash',
        message: 'There is no bash on PATH.',
        advice: 'Install bash with the package manager of this system.',
      })
    }
    this.#directory ??= this.#makeDirectory()
    const files = await makeFiles(join(await this.#directory, String(number)))
    const cwd = open.cwd ?? this.#options.cwd ?? files.scratch
    await requireDirectory(cwd)
    const session = this.#options.labels === false ? undefined : this.sessionId
    await writeCommands({ directory: files.commands, control: files.control, path: hostPath, session })
    const shell = new BashShell({
      program,
      files,
      environment: sessionEnvironment(process.env, { ...this.#options.env, ...prepared }, files.commands),
      cwd,
      marker: `${this.#marker}${number}.`,
    })
    this.#shells.push(shell)
    await shell.start()
    return shell
  }

  snapshot(): Promise<Snapshot> {
    return takeSnapshot()
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose()
    return this.#disposed
  }

  async #makeDirectory(): Promise<string> {
    const directory = await realpath(await mkdtemp(join(tmpdir(), 'pause-lab-')))
    // When the host ends without a word, at least the shells and the files go with it.
    this.#onHostExit = () => {
      for (const shell of this.#shells) shell.end()
      rmSync(directory, { recursive: true, force: true })
    }
    process.once('exit', this.#onHostExit)
    return directory
  }

  async #dispose(): Promise<void> {
    const shells = this.#shells.map((shell) => shell.end())
    const channels = new Set(this.#shells.flatMap((shell) => shell.channels))
    await hunt({ shells: shells.filter((pid) => pid !== undefined), marker: this.#marker, channels, older: new Set() })
    for (const shell of this.#shells) shell.close()
    if (this.#onHostExit !== undefined) process.off('exit', this.#onHostExit)
    if (this.#directory !== undefined) await rm(await this.#directory, { recursive: true, force: true })
  }
}

async function requireDirectory(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return
  throw new MachineError({
    kind: 'no-directory',
    message: `${path} is not a directory.`,
    advice: 'Start the session in a directory that exists.',
  })
}
