// GET /containers/ID/json: every key, in the order in which the engine of that version writes them.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createMachine } from './machine.ts'
import { runDetached } from './verbs.ts'

/** What varies by nature, replaced: ids and made-up directories, times, PIDs, random addresses. */
function normalise(json: string): string {
  return json
    .replace(/[0-9a-f]{64}/g, 'ID')
    .replace(/"[0-9a-f]{12}"/g, '"SHORT"')
    .replace(/netns\/[0-9a-f]{12}/g, 'netns/KEY')
    .replace(/"20\d\d-[^"]*Z"/g, '"TIME"')
    .replace(/"Pid": \d+/g, '"Pid": PID')
    .replace(/"MacAddress": "(?!02:42)[0-9a-f:]+"/g, '"MacAddress": "MAC"')
}

test.each(['20.10', '26.1', '28.5', 'today'] as const)('a running container, %s', async (version) => {
  const machine = createMachine(version)
  await runDetached(machine, 'httpd', { name: 'web', config: { Entrypoint: ['sleep'], Cmd: ['1000'] } })
  await runDetached(machine, 'sleep 1000', { name: 'sleeper', config: { Labels: { app: 'demo', tier: 'back' } } })
  const record = await machine.client((system) => machine.engine.containerInspect(system, 'sleeper'))
  const expected = readFileSync(new URL(`inspect.${version}.txt`, import.meta.url), 'utf8')
  expect(`${normalise(JSON.stringify([record], undefined, 4))}\n`).toBe(expected)
})
