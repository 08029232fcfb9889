// What the figures of the simulated machine share: a shell in a machine of its own, and the median of many turns.
import type { Shell } from '../../src/session/backend.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'

/** Output that nobody reads. */
export const ignore = { stdout: () => {}, stderr: () => {} }

/** Runs something in a shell of a fresh machine, which ends with it. */
export async function inShell<T>(use: (shell: Shell) => Promise<T>, cwd?: string): Promise<T> {
  const backend = createSimulatedBackend()
  try {
    return await use(await backend.open(cwd === undefined ? {} : { cwd }))
  } finally {
    await backend.dispose()
  }
}

/** Milliseconds of one turn, median, to two digits. */
export async function medianOf(turns: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const before = performance.now()
    await work()
    times.push(performance.now() - before)
  }
  times.sort((a, b) => a - b)
  return Math.round((times[Math.floor(times.length / 2)] ?? 0) * 100) / 100
}
