// containerd-shim-runc-v2: one process per container, or per pod, which starts what runs in there, is its parent and reaps it.
import type { ExitStatus, Process } from '../kernel/process.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { SIGCHLD } from '../kernel/signal-numbers.ts'
import { type Program, type System, SystemCallError, type WaitResult } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import type { MonitorCommand } from './runtime-profile.ts'
import { Answer, type Work } from './threads.ts'

type Job = (system: System) => Program<void>

export class Shim {
  readonly process: Process
  readonly #jobs: Job[] = []
  readonly #wake = new WaitQueue()
  readonly #exits = new Map<number, (status: WaitResult) => void>()
  /** How many containers it still works for. */
  #users = 1

  /** Starts it as a daemon: its parent is the machine's init. */
  constructor(kernel: Kernel, { comm, argv }: MonitorCommand) {
    const init = kernel.initialPidNamespace.init
    if (init === undefined) throw new Error('the machine has not been booted')
    this.process = kernel.spawn({
      parent: init,
      main: (system) => this.#run(system),
      argv,
      environment: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
      comm,
      executablePath: argv[0],
      newSession: true,
      auditSession: 0,
      cgroup: kernel.parameters.cgroupVersion === 2 ? '/system.slice/containerd.service' : '/',
    })
  }

  /** Runs code as the shim. What it throws is thrown to the daemon. */
  *run(job: Job): Work<void> {
    const outcome = new Answer<{ error?: unknown }>()
    this.#jobs.push(function* (system) {
      try {
        yield* job(system)
        outcome.give({})
      } catch (error) {
        outcome.give({ error })
      }
    })
    this.#wake.wake()
    const { error } = yield* outcome.wait()
    if (error !== undefined) throw error
  }

  /** Calls back when the shim has reaped a child of its, by PID in the initial namespace. */
  onReaped(pid: number, callback: (status: WaitResult) => void): void {
    this.#exits.set(pid, callback)
  }

  /** One more container runs under it. */
  share(): Shim {
    this.#users++
    return this
  }

  /** A container has ended. With the last one nothing is left to do: the process ends. */
  shutDown(): void {
    this.#users--
    this.#wake.wake()
  }

  *#run(system: System): Program {
    yield* system.prctl('PR_SET_CHILD_SUBREAPER', 1)
    const wake = this.#wake
    yield* system.sigaction(SIGCHLD, {
      // oxlint-disable-next-line require-yield -- it only wakes the main loop
      *handler() {
        wake.wake()
      },
      // It interrupts the sleep below all the same: futex(2) is never begun anew.
      flags: ['RESTART'],
    })
    for (;;) {
      yield* this.#reap(system)
      const job = this.#jobs.shift()
      if (job !== undefined) {
        yield* job(system)
        continue
      }
      if (this.#users <= 0) return 0
      try {
        yield* system.sleep_on(this.#wake, 'futex')
      } catch (error) {
        if (!(error instanceof SystemCallError && error.errno === 'EINTR')) throw error
      }
    }
  }

  *#reap(system: System): Program<void> {
    for (;;) {
      let ended: WaitResult | undefined
      try {
        ended = yield* system.wait4(-1, { nohang: true })
      } catch (error) {
        if (error instanceof SystemCallError && error.errno === 'ECHILD') return
        throw error
      }
      if (ended === undefined) return
      const callback = this.#exits.get(ended.pid)
      this.#exits.delete(ended.pid)
      callback?.(ended)
    }
  }
}

/** The exit code of a container: the status, or 128 and the signal's number. */
export function exitCodeOf(status: Pick<WaitResult, 'how' | 'status'> | ExitStatus): number {
  return status.how === 'exited' ? status.status : 128 + status.status
}
