// How the simulated machine grows: memory of many sleepers, a pipeline against real bash, ps over a thousand processes.
import { execFileSync } from 'node:child_process'
import type { Measurement } from './machine.ts'
import { ignore, inShell } from './timing.ts'

const pipeline = 'seq 100000 | grep 7 | wc -l'

/** Megabytes by which this process grows with 10,000 processes asleep. At most `limit`. */
export async function simulatedSleepers(): Promise<Measurement> {
  const value = await inShell(async (shell) => {
    await shell.run('true', ignore)
    const before = process.memoryUsage.rss()
    await shell.run('for i in $(seq 10000); do sleep 100000 & done', ignore)
    return Math.round((process.memoryUsage.rss() - before) / 1e6)
  })
  return { name: 'sim_sleepers_mb', value, unit: 'MB', limit: 150 }
}

/** Time of a pipeline over 100,000 lines, as a multiple of real bash's; fastest of turns. At most `limit`. */
export async function simulatedPipeline(): Promise<Measurement> {
  const real = await fastest(10, async () => execFileSync('bash', ['--noprofile', '--norc', '-c', pipeline]))
  const simulated = await inShell((shell) => fastest(20, () => shell.run(pipeline, ignore)))
  const value = Math.round((simulated / real) * 100) / 100
  return { name: 'sim_pipeline_ratio', value, unit: 'ratio', limit: 10 }
}

/** Milliseconds of `ps aux` with 1,000 processes; fastest of turns. At most `limit`. */
export async function simulatedPs(): Promise<Measurement> {
  const value = await inShell(async (shell) => {
    await shell.run('for i in $(seq 1000); do sleep 100000 & done', ignore)
    return await fastest(30, () => shell.run('ps aux', ignore))
  })
  return { name: 'sim_ps_1000_ms', value: Math.round(value * 100) / 100, unit: 'ms', limit: 20 }
}

async function fastest(turns: number, work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < turns; turn++) {
    const before = performance.now()
    await work()
    best = Math.min(best, performance.now() - before)
  }
  return best
}
