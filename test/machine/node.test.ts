// Which way a cell with `on=node` goes.
import { expect, test } from 'vitest'
import { type NodeFacts, chooseWay, onNode } from '../../src/machine/node.ts'

const linux: NodeFacts = { platform: 'linux', engineSystem: 'Debian GNU/Linux 12 (bookworm)', kubeContext: '' }

test.each([
  ['here', linux, ['docker']],
  ['here', { ...linux, kubeContext: 'kind-course' }, ['docker']],
  ['kind', { ...linux, kubeContext: 'kind-course' }, ['docker', 'kubectl']],
  ['minikube', { ...linux, kubeContext: 'minikube' }, ['kubectl']],
  ['docker-desktop', { ...linux, engineSystem: 'Docker Desktop' }, ['docker']],
  ['docker-desktop', { ...linux, platform: 'darwin' as const }, ['docker']],
])('%s: %o', (id, facts, needs) => {
  expect(chooseWay(facts, needs).id).toBe(id)
})

test('here, the script stays as it is', () => {
  expect(onNode("echo 'a'\n", chooseWay(linux, []), linux)).toBe("echo 'a'\n")
})

test('elsewhere, the script goes to the other shell as its stdin', () => {
  const facts = { ...linux, kubeContext: 'kind-course' }
  expect(onNode("echo 'a'", chooseWay(facts, ['kubectl']), facts)).toBe(
    `docker exec --interactive course-control-plane bash -s <<<'echo '\\''a'\\'''`,
  )
})
