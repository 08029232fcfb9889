// The questions, asked of a machine with a real docker.
import { expect, test } from 'vitest'
import { docker } from '../../src/machine/docker.ts'
import { examine } from '../../src/machine/doctor.ts'
import { probes } from '../../src/machine/probes.ts'

const idsOf = async () => (await docker('ps', '--all', '--quiet', '--filter', 'label=dev.pause-lab.probe')).stdout

test('all that a docker lesson needs is there, and the question leaves nothing behind', async () => {
  const asked = new Set(['system', 'bash', 'docker-client', 'docker-engine', 'docker-context', 'images', 'namespaces'])
  const answers = await examine(probes.filter(({ id }) => asked.has(id)))
  expect({ answers: answers.map(({ id, status }) => `${id} ${status}`), left: await idsOf() }).toEqual({
    answers: [...asked].map((id) => `${id} ok`),
    left: '',
  })
})
