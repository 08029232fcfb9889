// The learner's machine for one lesson: the backend, the guard that keeps a lesson from colliding, and the clean-up after it.
import { type CleanupReport, cleanup } from './cleanup.ts'
import { createMachineBackend, type MachineBackend } from './backend.ts'
import { openNodeShell } from './node.ts'
import { findCollisions } from './ownership.ts'
import type { Shell } from '../session/backend.ts'

export interface LessonMachine {
  readonly backend: MachineBackend
  /** Why the lesson must not start, and the way out; undefined when it may. `creates` as in the front matter. */
  guard(creates: readonly string[]): Promise<string | undefined>
  /** A shell on the Linux machine that runs the containers; undefined when that is this machine. */
  openNode(needs: readonly string[]): Promise<Shell | undefined>
  /** Removes what this session has made, by its label. Where docker cannot be used, nothing was made. */
  removeOwn(): Promise<CleanupReport | undefined>
}

/** @throws MachineError on a system without bash */
export function openLessonMachine(): LessonMachine {
  const backend = createMachineBackend()
  return {
    backend,
    async guard(creates) {
      try {
        const collisions = await findCollisions(creates, backend.sessionId)
        if (collisions.length === 0) return undefined
        return collisions.map(({ message, advice }) => `${message} ${advice}`).join('\n')
      } catch (error) {
        // No docker, or no permission: the lesson cannot start, and the error says why and what to do.
        return error instanceof Error ? error.message : String(error)
      }
    },
    async openNode(needs) {
      return await openNodeShell(backend, needs)
    },
    async removeOwn() {
      return await cleanup(backend.sessionId).catch(() => undefined)
    },
  }
}
