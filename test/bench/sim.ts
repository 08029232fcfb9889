// What the simulated machine costs, in a warm process: a cell that echoes, one `docker run`, the whole lesson.
import { readFile } from 'node:fs/promises'
import { readLesson } from '../../src/notebook/lesson.ts'
import { LessonSession } from '../../src/session/session.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import type { Measurement } from './machine.ts'
import { ignore, inShell, medianOf } from './timing.ts'

const lessonFile = 'notebooks/en/05-alp1-alp2.lab.md'

/** Milliseconds of `echo`, median. At most `limit`. */
export async function simulatedEcho(): Promise<Measurement> {
  const value = await inShell((shell) => medianOf(50, () => shell.run('echo hello', ignore)))
  return { name: 'sim_echo_ms', value, unit: 'ms', limit: 3 }
}

/** Milliseconds of `docker run -d`, median. At most `limit`. */
export async function simulatedDockerRun(): Promise<Measurement> {
  const value = await inShell((shell) => medianOf(30, () => shell.run('docker run -d alpine sleep 1000', ignore)))
  return { name: 'sim_docker_run_ms', value, unit: 'ms', limit: 5 }
}

/** Milliseconds of the whole lesson on a machine of its own, its boot included, median. At most `limit`. */
export async function simulatedLesson(): Promise<Measurement> {
  const lesson = readLesson(await readFile(lessonFile))
  const value = await medianOf(5, async () => {
    const backend = createSimulatedBackend()
    const session = new LessonSession(lesson, backend)
    const results = await session.runAll(undefined, () => ignore)
    await backend.dispose()
    const failed = results.find((result) => !result.ok)
    if (failed !== undefined) throw new Error(`the cell ${failed.cell} does not go well`)
  })
  return { name: 'sim_lesson_ms', value, unit: 'ms', limit: 500 }
}
