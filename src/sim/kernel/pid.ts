// A PID is an object with one number in its own PID namespace and in each ancestor of it, pid_namespaces(7).
import type { PidNamespace } from './namespaces.ts'
import type { Process } from './process.ts'

export class Pid {
  /** Numbers from the outermost namespace to its own. */
  readonly numbers: readonly { readonly namespace: PidNamespace; readonly number: number }[]
  /** The process that has it, or had it: groups and sessions keep a PID in use after its process is reaped. */
  process: Process | undefined
  /** Processes that have it as their process group or session. */
  readonly groupMembers = new Set<Process>()
  readonly sessionMembers = new Set<Process>()

  constructor(numbers: readonly { readonly namespace: PidNamespace; readonly number: number }[]) {
    this.numbers = numbers
  }

  /** Its number in a namespace, or 0 when it is not in there. */
  numberIn(namespace: PidNamespace): number {
    for (const entry of this.numbers) if (entry.namespace === namespace) return entry.number
    return 0
  }

  /** Its number in the initial namespace. */
  get global(): number {
    return this.numbers[0]?.number ?? 0
  }

  /** Its number in its own namespace, the innermost. */
  get own(): number {
    return this.numbers.at(-1)?.number ?? 0
  }
}
