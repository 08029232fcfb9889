// siginfo_t, as the kernel fills it for a handler with SA_SIGINFO, sigaction(2).
import type { SignalInfo } from '../../kernel/system.ts'
import type { Machine } from '../machine.ts'

const childCodes = { exited: 1, signaled: 2, stopped: 5, continued: 6 } as const
const kernelCode = 0x80
const clockTick = 10_000

/** Signals that the processor's faults bring. */
const faults: ReadonlySet<number> = new Set([4, 7, 8, 11])

export function fillSignalInfo({ memory, library }: Machine, at: number, signal: number, info: SignalInfo): void {
  memory.fill(at, 0, 128)
  memory.store32(at, signal)
  if (faults.has(signal) && library.faultCode !== 0) {
    memory.store32(at + 8, library.faultCode)
    memory.store64(at + 16, library.faultAddress)
    return
  }
  const { child } = info
  memory.store32(at + 8, child !== undefined ? childCodes[child.how] : info.pid === 0 && signal === 14 ? kernelCode : 0)
  memory.store32(at + 16, info.pid)
  memory.store32(at + 20, info.uid)
  if (child === undefined) return
  memory.store32(at + 24, child.status)
  memory.store64(at + 32, Math.floor(child.user / clockTick))
  memory.store64(at + 40, Math.floor(child.system / clockTick))
}
