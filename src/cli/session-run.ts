// Opens a machine for a lesson, runs something in a session on it, and leaves nothing behind.
import { LessonSession, type SessionOptions } from '../session/session.ts'
import { CliError } from './errors.ts'
import { backendKinds, type BackendKind, type CliIo, type MachineChoice, type OpenMachine } from './io.ts'
import type { LessonFile } from './lesson-files.ts'
import { type Parsed, textOption } from './options.ts'

/** `--backend`, the simulated machine by default. */
export function backendKind(parsed: Parsed): BackendKind {
  const asked = textOption(parsed, 'backend')
  return backendKinds.find((kind) => kind === asked) ?? 'sim'
}

/** `--persona`. */
export function machineChoice(parsed: Parsed): MachineChoice {
  const persona = textOption(parsed, 'persona')
  return persona === undefined ? {} : { persona }
}

/** A machine that is made anew on demand, and is ended in any case. */
export class MachineHolder {
  private current: OpenMachine
  private readonly reopen: () => Promise<OpenMachine>

  private constructor(current: OpenMachine, reopen: () => Promise<OpenMachine>) {
    this.current = current
    this.reopen = reopen
  }

  static async open(parsed: Parsed, io: CliIo, needs: readonly string[] = []): Promise<MachineHolder> {
    const make = async (): Promise<OpenMachine> => {
      try {
        return await io.machines.open(backendKind(parsed), { ...machineChoice(parsed), needs })
      } catch (error) {
        throw new CliError(error instanceof Error ? error.message : String(error), { cause: error })
      }
    }
    return new MachineHolder(await make(), make)
  }

  get machine(): OpenMachine {
    return this.current
  }

  /** What a session on this machine needs to know. */
  sessionOptions(file: string): SessionOptions & { file: string } {
    return {
      file,
      guard: async (creates) => this.current.guard?.(creates),
      openNode: async (needs) => this.current.openNode?.(needs),
      reopen: async () => {
        await this.current.removeOwn?.()
        this.current = await this.reopen()
        return this.current.backend
      },
    }
  }

  /** Removes what the lesson made, where that is not gone with the machine, and ends all processes. */
  async close(): Promise<void> {
    try {
      await this.current.removeOwn?.()
    } finally {
      await this.current.backend.dispose()
    }
  }
}

/**
 * Runs something in a session of a lesson. The first Ctrl-C cancels the running cell, the second one ends all.
 * @param use gets the session, and a signal that is aborted by the second Ctrl-C
 */
export async function withSession<T>(
  file: LessonFile,
  parsed: Parsed,
  io: CliIo,
  use: (session: LessonSession, stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const holder = await MachineHolder.open(parsed, io, file.lesson.frontMatter.needs)
  const session = new LessonSession(file.lesson, holder.machine.backend, holder.sessionOptions(file.shownPath))
  const stop = new AbortController()
  let interrupts = 0
  const forget = io.onInterrupt(() => {
    interrupts += 1
    session.cancel()
    if (interrupts > 1) stop.abort()
  })
  try {
    return await use(session, stop.signal)
  } finally {
    session.cancel()
    await holder.close()
    forget()
  }
}
