// System calls about tracing: ptrace(2), cut down to what strace does with it.
import type { CallTable } from './call-table.ts'
import type { TraceCalls } from './system.ts'
import { awaitEvents, detach, seize } from './trace.ts'

export const traceCalls: CallTable<TraceCalls> = {
  ptrace_seize: {
    number: 101,
    page: 'ptrace(2)',
    note: 'Calls, signals and ends are told of; memory and registers are not there to be read.',
    run: (kernel, process, pid, options) => seize(kernel, process, pid, options?.follow ?? false),
  },
  ptrace_detach: { number: 101, page: 'ptrace(2)', run: (kernel, process) => detach(kernel, process) },
  ptrace_wait: { number: 61, page: 'ptrace(2)', note: 'Goes on and waits in one call.', run: awaitEvents },
}
