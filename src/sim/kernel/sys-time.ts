// System calls about time, all virtual: nanosleep(2), clock_gettime(2).
import type { CallTable } from './call-table.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { SystemCallError, type TimeCalls } from './system.ts'
import type { KernelCode } from './wait-queue.ts'

/** Sleeps until its end; one that began anew after a stop ends when it would have ended, restart_syscall(2). */
function* nanosleep(kernel: Kernel, process: Process, microseconds: number): KernelCode<void> {
  if (!(microseconds >= 0)) throw new SystemCallError('EINVAL')
  const startedAt = process.frames.at(-1)?.call?.startedAt ?? kernel.clock.now()
  const until = startedAt + microseconds
  while (kernel.clock.now() < until) {
    const reason = yield { queues: [], waitChannel: 'nanosleep', until }
    if (reason === 'signal') throw new SystemCallError('EINTR')
  }
}

export const timeCalls: CallTable<TimeCalls> = {
  nanosleep: { number: 230, page: 'nanosleep(2)', run: nanosleep },
  clock_gettime: {
    number: 228,
    page: 'clock_gettime(2)',
    note: 'CLOCK_REALTIME and CLOCK_MONOTONIC.',
    run: (kernel, _process, clock) =>
      clock === 'CLOCK_REALTIME' ? kernel.clock.now() : kernel.clock.now() - kernel.clock.bootTime,
  },
}
