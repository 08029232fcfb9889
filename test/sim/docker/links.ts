// readlink(1) for the engine's tests.
import type { Program, System } from '../../../src/sim/kernel/system.ts'

export function* readlink(system: System, path: string): Program<string> {
  return yield* system.readlink(path)
}
