// From answers to whether a lesson can run.
import { expect, test } from 'vitest'
import { examine, lessonReadiness } from '../../src/machine/doctor.ts'
import type { ProbeResult } from '../../src/machine/probes.ts'

const result = (id: string, status: ProbeResult['status']): ProbeResult => ({ id, status, found: id, advice: '' })

const down = [
  result('bash', 'ok'),
  result('docker-client', 'ok'),
  result('docker-engine', 'fail'),
  result('kind', 'missing'),
]

test('a lesson that needs docker cannot run when the engine is down', async () => {
  expect(await lessonReadiness(['docker'], down)).toEqual({ ready: false, missing: [result('docker-engine', 'fail')] })
})

test('a lesson that needs nothing runs without docker', async () => {
  expect(await lessonReadiness([], down)).toEqual({ ready: true, missing: [] })
})

test('what works with a difference keeps no lesson from running', async () => {
  expect(await lessonReadiness(['docker'], [result('docker-engine', 'warn')])).toEqual({ ready: true, missing: [] })
})

test('answers come in the order of the questions', async () => {
  const late = { id: 'late', run: async () => ({ status: 'ok', found: 'yes', advice: '' }) as const }
  const table = [
    late,
    { ...late, id: 'early', run: () => Promise.resolve({ status: 'missing', found: 'no', advice: '' } as const) },
  ]
  expect((await examine(table)).map(({ id, status }) => [id, status])).toEqual([
    ['late', 'ok'],
    ['early', 'missing'],
  ])
})
