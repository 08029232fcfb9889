// Which way a cell with `on=node` goes.
import { expect, test } from 'vitest'
import { type NodeFacts, chooseWay, onNode } from '../../src/machine/node.ts'

const linux: NodeFacts = {
  platform: 'linux',
  engineSystem: 'Debian GNU/Linux 12 (bookworm)',
  kubeContext: '',
  isNode: false,
}

test.each([
  ['here', linux, ['docker']],
  ['here', { ...linux, kubeContext: 'kind-course' }, ['docker']],
  ['here', { ...linux, kubeContext: 'lab', isNode: true }, ['kubectl']],
  ['k3d', { ...linux, kubeContext: 'k3d-course' }, ['kubectl']],
  ['kind', { ...linux, kubeContext: 'kind-course' }, ['docker', 'kubectl']],
  ['minikube', { ...linux, kubeContext: 'minikube' }, ['kubectl']],
  ['docker-desktop', { ...linux, engineSystem: 'Docker Desktop' }, ['docker']],
  ['docker-desktop', { ...linux, platform: 'darwin' as const }, ['docker']],
])('%s: %o', (id, facts, needs) => {
  expect(chooseWay(facts, needs).id).toBe(id)
})

test('a cluster of other machines has no known way to its nodes', () => {
  expect(() => chooseWay({ ...linux, kubeContext: 'work' }, ['kubectl'])).toThrow(
    'The nodes of the cluster work are other machines, and there is no known way to them. ' +
      'Use a cluster on this machine (`kind create cluster`), or run the command on the node yourself.',
  )
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
