// The shape of a row in the table of system calls, and how a call's result is told from code that may sleep.
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import type { SystemCalls } from './system.ts'
import type { KernelCode } from './wait-queue.ts'

/** One system call: what the page "what is simulated" says of it, and the function that does it. */
export interface CallRow<Signature extends (...args: never[]) => unknown> {
  /** Number on x86-64, as /proc/PID/syscall shows it; absent for calls that Linux does not have. */
  readonly number?: number
  /** Manual page, such as `wait4(2)`. */
  readonly page: string
  /** What is missing of it, in a sentence. Absent: all that its page says of one thread. */
  readonly note?: string
  /** Gives the result at once, or code that may sleep before it does. Throws SystemCallError. */
  readonly run: (
    kernel: Kernel,
    process: Process,
    ...args: Parameters<Signature>
  ) => ReturnType<Signature> | KernelCode<ReturnType<Signature>>
}

/** The rows of one family, `CallTable<FileCalls>`. */
export type CallTable<Family extends Partial<SystemCalls>> = {
  readonly [Name in keyof Family]: Family[Name] extends (...args: never[]) => unknown ? CallRow<Family[Name]> : never
}

/** Whether a call's function gave code that may sleep. No call has a generator as its result. */
export function isKernelCode(value: unknown): value is KernelCode<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'throw' in value
}
