// What the real machine costs: time of a cell over a plain `bash -c`, throughput and memory with a hundred megabytes.
import { execFileSync, spawn } from 'node:child_process'
import { createMachineBackend } from '../../src/machine/backend.ts'
import type { Shell } from '../../src/session/backend.ts'

export interface Measurement {
  name: string
  value: number
  unit: string
  limit: number
}

const bytes = 100_000_000
const produce = `head -c ${bytes} /dev/zero`
const ignore = { stdout: () => {}, stderr: () => {} }

/** Milliseconds of a cell beyond those of a `bash -c` with the same script; medians. At most `limit`. */
export async function machineOverhead(): Promise<Measurement> {
  const script = 'echo one; echo two >&2'
  const cells = await withShell((shell) => times(50, () => shell.run(script, ignore)))
  const plain = await times(50, () =>
    Promise.resolve(execFileSync('bash', ['--noprofile', '--norc', '-c', script], { stdio: 'pipe' })),
  )
  return { name: 'machine_overhead_ms', value: round(median(cells) - median(plain)), unit: 'ms', limit: 5 }
}

/** Bytes a second through a cell, as a share of those of `bash | cat`; fastest of turns. At least `limit`. */
export async function machineThroughput(): Promise<Measurement> {
  const cells: number[] = []
  const plain: number[] = []
  await withShell(async (shell) => {
    for (let turn = 0; turn < 7; turn++) {
      plain.push(...(await times(1, plainPipe)))
      cells.push(...(await times(1, () => shell.run(produce, ignore))))
    }
  })
  const value = Math.min(...plain) / Math.min(...cells)
  return { name: 'machine_throughput_ratio', value: round(value), unit: 'ratio', limit: 0.5 }
}

/** Megabytes by which the resident memory of this process grows at most while a cell writes. At most `limit`. */
export async function machineMemory(): Promise<Measurement> {
  const value = await withShell(async (shell) => {
    await shell.run('true', ignore)
    const before = process.memoryUsage.rss()
    let peak = before
    const measure = () => (peak = Math.max(peak, process.memoryUsage.rss()))
    await shell.run(produce, { stdout: measure, stderr: measure })
    return (peak - before) / 1e6
  })
  return { name: 'machine_memory_mb', value: round(value), unit: 'MB', limit: 100 }
}

async function withShell<T>(use: (shell: Shell) => Promise<T>): Promise<T> {
  const backend = createMachineBackend()
  try {
    return await use(await backend.open({}))
  } finally {
    await backend.dispose()
  }
}

function plainPipe(): Promise<void> {
  const child = spawn('bash', ['--noprofile', '--norc', '-c', `${produce} | cat > /dev/null`], { stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => resolve())
  })
}

/** Milliseconds of each call, after one that does not count. */
async function times(count: number, act: () => Promise<unknown>): Promise<number[]> {
  await act()
  const taken: number[] = []
  for (let index = 0; index < count; index++) {
    const start = performance.now()
    await act()
    taken.push(performance.now() - start)
  }
  return taken
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
