// Makes backends. Each side is loaded only when it is asked for: the simulation is not parsed for a real run, nor zx for
// a simulated one.
import type { BackendKind, MachineChoice, Machines, OpenMachine } from './io.ts'

const makers: Readonly<Record<BackendKind, (choice: MachineChoice) => Promise<OpenMachine>>> = {
  async sim(choice) {
    const { createSimulatedBackend } = await import('../sim/backend.ts')
    return { backend: createSimulatedBackend(choice) }
  },
  async machine({ needs }) {
    const { openLessonMachine } = await import('../machine/lesson-machine.ts')
    const { missingCluster } = await import('../machine/cluster.ts')
    const { backend, guard, openNode, removeOwn } = openLessonMachine(needs)
    return {
      backend,
      guard,
      openNode,
      missing: async () => (needs?.includes('kubectl') ? await missingCluster() : undefined),
      async removeOwn() {
        await removeOwn()
      },
    }
  },
}

export const machines: Machines = { open: (kind, choice) => makers[kind](choice) }
