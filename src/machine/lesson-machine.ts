// The learner's machine for one lesson: the backend, the guard that keeps a lesson from colliding, its namespace in the
// cluster, and the clean-up after it.
import { type CleanupReport, cleanup } from './cleanup.ts'
import { createMachineBackend, type MachineBackend, newSessionId } from './backend.ts'
import { hasKubectl, type LessonNamespace, openNamespace, removeNamespace } from './cluster.ts'
import { openNodeShell } from './node.ts'
import { findCollisions } from './ownership.ts'
import type { Shell } from '../session/backend.ts'

export interface LessonMachine {
  readonly backend: MachineBackend
  /** Why the lesson must not start, and the way out; undefined when it may. `creates` as in the front matter. */
  guard(creates: readonly string[]): Promise<string | undefined>
  /** A shell on the Linux machine that runs the containers; undefined when that is this machine. */
  openNode(needs: readonly string[]): Promise<Shell | undefined>
  /** Removes what this session has made, by its label. Where docker or the cluster cannot be used, nothing was made. */
  removeOwn(): Promise<CleanupReport | undefined>
}

/**
 * @param needs the lesson's, as in its front matter: with `kubectl` it gets a namespace of its own before its first cell
 * @throws MachineError on a system without bash
 */
export function openLessonMachine(needs: readonly string[] = []): LessonMachine {
  const sessionId = newSessionId()
  let namespace: LessonNamespace | undefined
  const backend = createMachineBackend({
    sessionId,
    async prepare(directory) {
      // A lesson without its tool is refused for that, in words that name the tool.
      if (!needs.includes('kubectl') || !(await hasKubectl())) return {}
      const opened = await openNamespace(directory, sessionId)
      namespace = opened.namespace
      return opened.environment
    },
  })
  return {
    backend,
    async guard(creates) {
      try {
        const collisions = await findCollisions(creates, sessionId)
        if (collisions.length > 0) return collisions.map(({ message, advice }) => `${message} ${advice}`).join('\n')
        await backend.prepare()
        return undefined
      } catch (error) {
        // No engine, no cluster, or no permission: the lesson cannot start, and the error says why and what to do.
        return error instanceof Error ? error.message : String(error)
      }
    },
    async openNode(needs) {
      return await openNodeShell(backend, needs)
    },
    async removeOwn() {
      if (namespace !== undefined) await removeNamespace(namespace)
      namespace = undefined
      return await cleanup(sessionId).catch(() => undefined)
    },
  }
}
