// The same lesson on a real docker and in the simulation that poses as it: cell by cell the same text, but for what varies.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { cleanup } from '../../src/machine/cleanup.ts'
import { createMachineBackend } from '../../src/machine/backend.ts'
import { readLesson } from '../../src/notebook/lesson.ts'
import type { Backend } from '../../src/session/backend.ts'
import { Normalizer } from '../../src/session/normalize.ts'
import { LessonSession } from '../../src/session/session.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { personas } from '../../src/sim/persona.ts'

const ignore = { stdout: () => {}, stderr: () => {} }

/** Name of the persona that poses as an engine of a version. */
function personaFor(version: string): string {
  const name = [...personas.keys()].find((each) => version.startsWith(each.replace('docker-', '')))
  return name ?? 'today'
}

async function versionOf(backend: Backend): Promise<string> {
  let text = ''
  const shell = await backend.open({})
  const decoder = new TextDecoder()
  await shell.run("docker version --format '{{.Server.Version}}'", {
    ...ignore,
    stdout: (chunk) => {
      text += decoder.decode(chunk)
    },
  })
  return text.trim()
}

/** Every cell's output, normalised over the whole transcript, with its exit code. */
async function transcript(file: string, backend: Backend): Promise<string> {
  const lesson = readLesson(await readFile(file))
  const session = new LessonSession(lesson, backend)
  const results = await session.runAll(undefined, () => ignore)
  const normalizer = new Normalizer()
  return results
    .map(({ cell, exitCode, output }) => `## ${cell}\n${normalizer.normalize(output)}[exit ${exitCode}]\n`)
    .join('')
}

test.each(['notebooks/en/05-alp1-alp2.lab.md', 'notebooks/ru/05-alp1-alp2.lab.md'])(
  '%s prints the same on both machines',
  async (file) => {
    const machine = createMachineBackend()
    try {
      const persona = personaFor(await versionOf(machine))
      const real = await transcript(file, machine)
      const simulated = await transcript(file, createSimulatedBackend({ persona }))
      expect(simulated).toBe(real)
    } finally {
      await cleanup(machine.sessionId)
      await machine.dispose()
    }
  },
)
