// Help pages and malformed command lines, as kubectl 1.20.2 answers them: recorded from the real one.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TestCluster } from '../kubernetes/cluster.ts'

/** Command lines, each from its `$ ` to the next. */
function recorded(name: string): [command: string, answer: string][] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .split(/^(?=\$ kubectl )/m)
    .map((part) => [part.slice(2, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])
}

const machine = new TestCluster()

test.each(recorded('help.txt'))('%s', async (command, page) => {
  expect(await machine.run(command)).toBe(page)
})

test.each(recorded('malformed.txt'))('%s', async (command, answer) => {
  // What kubectl says of its configuration was recorded without any.
  const where = command.startsWith('kubectl config') ? 'KUBECONFIG=/nosuch ' : ''
  const output = await machine.run(`${where}${command} < /dev/null; echo "= $?"`)
  expect(output.trimEnd()).toBe(answer.trimEnd())
})
