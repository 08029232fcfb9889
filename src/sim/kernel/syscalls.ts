// The table of system calls: one row a call, joined from the families. What is absent here is ENOSYS.
import type { CallRow } from './call-table.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { fileCalls } from './sys-files.ts'
import { namespaceCalls } from './sys-namespace.ts'
import { networkCalls } from './sys-network.ts'
import { processCalls } from './sys-process.ts'
import { signalCalls } from './sys-signal.ts'
import { timeCalls } from './sys-time.ts'
import { traceCalls } from './sys-trace.ts'
import { type Program, type System, SystemCallError, type SystemCallName } from './system.ts'

/** Every call, by name. */
export const systemCalls = {
  ...processCalls,
  ...signalCalls,
  ...timeCalls,
  ...namespaceCalls,
  ...fileCalls,
  ...networkCalls,
  ...traceCalls,
}

type AnyRow = Omit<CallRow<() => unknown>, 'run'>
type AnyRun = (kernel: Kernel, process: Process, ...args: readonly unknown[]) => unknown

/** What the table says of a call, without its function. */
export function describeCall(name: SystemCallName): AnyRow {
  return systemCalls[name]
}

/** The function of a call. @throws ENOSYS when the table has no such call */
export function callRun(name: SystemCallName): AnyRun {
  const row: unknown = systemCalls[name]
  if (row === undefined) throw new SystemCallError('ENOSYS')
  // The arguments were checked where the program made the call: `System` is derived from the same interface.
  return (row as { run: AnyRun }).run
}

/** The calls as generator functions, each yielding one request. */
export function createSystem(): System {
  const calls: Record<string, (...args: unknown[]) => Program<unknown>> = {}
  for (const name of Object.keys(systemCalls)) {
    calls[name] = function* call(...args) {
      return yield { name: name as SystemCallName, args }
    }
  }
  return calls as unknown as System
}
