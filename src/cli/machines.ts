// Makes backends. Each side is loaded only when it is asked for: the simulation is not parsed for a real run, nor zx for
// a simulated one.
import type { BackendKind, MachineChoice, Machines, OpenMachine } from './io.ts'

const makers: Readonly<Record<BackendKind, (choice: MachineChoice) => Promise<OpenMachine>>> = {
  async sim(choice) {
    const { createSimulatedBackend } = await import('../sim/backend.ts')
    return { backend: createSimulatedBackend(choice) }
  },
  async machine() {
    const { createMachineBackend } = await import('../machine/backend.ts')
    const backend = createMachineBackend()
    return {
      backend,
      async guard(creates) {
        const { findCollisions } = await import('../machine/ownership.ts')
        try {
          const collisions = await findCollisions(creates, backend.sessionId)
          if (collisions.length === 0) return undefined
          return collisions.map(({ message, advice }) => `${message} ${advice}`).join('\n')
        } catch (error) {
          // No docker, or no permission: the lesson cannot start, and the error says why and what to do.
          return error instanceof Error ? error.message : String(error)
        }
      },
      async removeOwn() {
        const { cleanup } = await import('../machine/cleanup.ts')
        // Where docker cannot be used, nothing was made.
        await cleanup(backend.sessionId).catch(() => undefined)
      },
    }
  },
}

export const machines: Machines = { open: (kind, choice) => makers[kind](choice) }
