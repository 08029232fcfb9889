// What docker costs on a crowded machine: one more `docker run -d` beside a thousand containers, an hour of a hundred.
import type { Measurement } from './machine.ts'
import { ignore, inShell, medianOf } from './timing.ts'

/** Milliseconds of `docker run -d` while 1,000 containers run, median. At most `limit`. */
export async function simulatedDockerRunAmongMany(): Promise<Measurement> {
  const value = await inShell(async (shell) => {
    await shell.run('for i in $(seq 1000); do docker run -d alpine sleep 100000 > /dev/null; done', ignore)
    return await medianOf(30, () => shell.run('docker run -d alpine sleep 100000', ignore))
  })
  return { name: 'sim_docker_run_1000_ms', value, unit: 'ms', limit: 3 }
}

/** Milliseconds of one virtual hour of 100 containers that each do something once a minute, median. At most `limit`. */
export async function simulatedHour(): Promise<Measurement> {
  const container = "sh -c 'while sleep 60; do echo tick; done'"
  const value = await inShell(async (shell) => {
    await shell.run(`for i in $(seq 100); do docker run -d alpine ${container} > /dev/null; done`, ignore)
    return await medianOf(3, () => shell.run('sleep 3600', ignore))
  })
  return { name: 'sim_virtual_hour_ms', value, unit: 'ms', limit: 1000 }
}
