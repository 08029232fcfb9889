// Programs for tests of /proc.
import type { Program, System } from '../../../src/sim/kernel/system.ts'
import { notesOf } from './file-helpers.ts'
import { outcome } from './machine.ts'

/** The program runs with /proc mounted. */
export function withProc(main: (system: System, note: (text: unknown) => void) => Program): Promise<unknown[]> {
  return notesOf(function* mounted(system, note) {
    yield* system.mount('proc', '/proc', 'proc')
    return yield* main(system, note)
  })
}

export function* pauses(system: System): Program {
  for (;;) yield* outcome(system.pause())
}

/** Lets others run until they sleep. */
export function settle(system: System): Program<void> {
  return system.nanosleep(1000)
}

/** The lines of a text that fit a pattern. */
export function lines(text: string, pattern: RegExp): string[] {
  return text.split('\n').filter((line) => pattern.test(line))
}
