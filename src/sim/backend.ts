// The simulated backend: one machine that boots when it is made, and shells into it.
import type { Backend, OpenOptions, RunIo, RunResult, Shell } from '../session/backend.ts'
import type { Snapshot } from '../xray/snapshot.ts'
import { type BootOptions, bootMachine, type SimulatedMachine } from './boot.ts'
import { resolvePath } from './kernel/path-resolution.ts'
import { SystemCallError } from './kernel/system.ts'
import { ShellSession } from './shell/session.ts'
import { takeSnapshot } from './snapshot.ts'

/** What root finds in its environment after logging in. PAGER and EDITOR say that there is no terminal. */
const environment: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
  ['LANG', 'C.UTF-8'],
  ['TERM', 'dumb'],
  ['PAGER', 'cat'],
  ['EDITOR', 'vi'],
  ['VISUAL', 'vi'],
])

/** Where a session starts, and where the lessons' files are. */
const home = '/root/lab'

/**
 * A machine of its own, with docker running and two images.
 * @throws RangeError when there is no such persona
 */
export function createSimulatedBackend(options: BootOptions = {}): Backend {
  return new SimulatedBackend(bootMachine(options))
}

class SimulatedBackend implements Backend {
  readonly #machine: SimulatedMachine
  readonly #sessions: ShellSession[] = []
  #disposed = false

  constructor(machine: SimulatedMachine) {
    this.#machine = machine
  }

  async open({ cwd = home }: OpenOptions): Promise<Shell> {
    this.#requireAlive()
    const { kernel, init } = this.#machine
    const session = new ShellSession({ kernel, parent: init, environment, workingDirectory: this.#directory(cwd) })
    this.#sessions.push(session)
    return { run: (script, io) => this.#run(session, script, io) }
  }

  async snapshot(): Promise<Snapshot> {
    return takeSnapshot(this.#machine)
  }

  async dispose(): Promise<void> {
    this.#disposed = true
    for (const session of this.#sessions) session.dispose()
  }

  async #run(session: ShellSession, script: string, io: RunIo): Promise<RunResult> {
    this.#requireAlive()
    if (io.signal?.aborted) return { exitCode: 130, ended: 'cancelled' }
    return await session.run(script, io)
  }

  /** A directory of the machine; the learner's own directories do not exist here, so `/` stands for them. */
  #directory(path: string) {
    const { init } = this.#machine
    try {
      return resolvePath(init, path)
    } catch (error) {
      if (error instanceof SystemCallError) return resolvePath(init, home)
      throw error
    }
  }

  #requireAlive(): void {
    if (this.#disposed) throw new Error('this machine is disposed of')
  }
}
