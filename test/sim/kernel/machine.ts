// A bare machine for tests of the kernel: a root file system in memory, an init that reaps, and one program to watch.
import { Kernel } from '../../../src/sim/kernel/kernel.ts'
import { type MemoryDirectory, memoryFileSystem } from '../../../src/sim/kernel/memory-file-system.ts'
import type { ExitStatus, Process } from '../../../src/sim/kernel/process.ts'
import { type Main, type Program, type System, SystemCallError } from '../../../src/sim/kernel/system.ts'
import { defaultPersona, personas } from '../../../src/sim/persona.ts'

export interface Machine {
  readonly kernel: Kernel
  readonly root: MemoryDirectory
  readonly init: Process
  /** Runs a program as a child of init until it ends and gives its exit status and what it noted. */
  run(
    main: (system: System, note: (text: unknown) => void) => Program,
  ): Promise<{ status: ExitStatus; notes: unknown[] }>
}

/** PID 1 that reaps all that comes to it. */
const init: Main = function* initMain(system) {
  yield* system.sigaction(17, {
    handler: function* reapAll() {
      for (;;) {
        try {
          if ((yield* system.wait4(-1, { nohang: true })) === undefined) return
        } catch (error) {
          if (error instanceof SystemCallError) return
          throw error
        }
      }
    },
  })
  for (;;) {
    try {
      yield* system.pause()
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
    }
  }
}

export function bootMachine(): Machine {
  const persona = personas.get(defaultPersona)
  if (persona === undefined) throw new Error('no default persona')
  const root = memoryFileSystem({ type: 'ext4' })
  const kernel = new Kernel({ ...persona.kernel, seed: 1, bootTime: Date.UTC(2026, 0, 1) * 1000, rootDirectory: root })
  const process = kernel.boot({ main: init, argv: ['init'] })
  return {
    kernel,
    root,
    init: process,
    async run(main) {
      const notes: unknown[] = []
      let status: ExitStatus | undefined
      const watched = kernel.spawn({
        parent: process,
        main: (system) => main(system, (text) => notes.push(text)),
        argv: ['test'],
      })
      kernel.onExit(watched, (ended) => {
        status = ended
      })
      await kernel.run(() => status !== undefined)
      if (status === undefined) throw new Error(`the program sleeps for ever, having noted ${JSON.stringify(notes)}`)
      return { status, notes }
    },
  }
}

/** What a call gives, or the name of its error. */
export function* outcome<T>(call: Program<T>): Program<T | string> {
  try {
    return yield* call
  } catch (error) {
    if (error instanceof SystemCallError) return error.errno
    throw error
  }
}
