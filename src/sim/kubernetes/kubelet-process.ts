// The kubelet as a process of the node: while it does not run, nothing on the node follows the API server. Its program may be started again.
import { sleepOn, type Work } from '../docker/threads.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import type { Main, Program, System } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

const path = '/usr/bin/kubelet'

export class KubeletProcess {
  /** Woken when another process has become the kubelet. */
  readonly started = new WaitQueue()
  readonly #kernel: Kernel
  #process: Process

  /** Starts it, as the node's service. Precondition: the machine has been booted. */
  constructor(kernel: Kernel, flags: readonly string[]) {
    const parent = kernel.initialPidNamespace.init
    if (parent === undefined) throw new Error('the machine has not been booted')
    this.#kernel = kernel
    this.#process = kernel.spawn({
      parent,
      main: idle,
      argv: [path, ...flags],
      environment: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
      comm: 'kubelet',
      executablePath: path,
      newSession: true,
      auditSession: 0,
      cgroup: kernel.parameters.cgroupVersion === 2 ? '/system.slice/kubelet.service' : '/',
    })
  }

  get process(): Process {
    return this.#process
  }

  /** Neither ended nor stopped. */
  get runs(): boolean {
    return !['T', 'X', 'Z'].includes(this.#process.state)
  }

  /** Sleeps until it runs. */
  *running(): Work<void> {
    while (!this.runs) yield* sleepOn(this.#news())
  }

  /** Sleeps until it no longer runs. */
  *ended(): Work<void> {
    while (this.runs) yield* sleepOn(this.#news())
  }

  /** Sleeps until it runs, or the time (microseconds since the epoch) has come. */
  *runningBefore(until: number): Work<boolean> {
    while (!this.runs && this.#kernel.clock.now() < until) yield* sleepOn(this.#news(), until)
    return this.runs
  }

  /** What is run from its file: a second one while the first runs only stands there, as it could not take its ports. */
  get main(): Main {
    const take = (pid: number): void => {
      const own = this.#kernel.initialPidNamespace.pids.get(pid)?.process
      if (own === undefined || this.runs) return
      this.#process = own
      this.started.wake()
    }
    return function* kubelet(system): Program {
      take(yield* system.getpid())
      return yield* idle(system)
    }
  }

  #news(): WaitQueue[] {
    const { parent } = this.#process
    return parent === undefined ? [this.started] : [this.started, parent.childChanged]
  }
}

function* idle(system: System): Program {
  for (;;) yield* system.pause()
}
