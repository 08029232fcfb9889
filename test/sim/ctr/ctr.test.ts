// ctr over a node with one pod: what stands in which of containerd's namespaces.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseFilters } from '../../../src/sim/ctr/filters.ts'
import { TestNode } from '../containerd/node.ts'

let node: TestNode
beforeAll(async () => {
  node = await TestNode.withPod()
})
afterAll(() => node.end())

it('shows nothing in the namespace default', async () => {
  expect(await node.run('ctr containers ls -q; ctr tasks ls -q')).toBe('')
})

it('lists namespaces, one of them docker’s', async () => {
  expect(await node.run('ctr ns ls')).toBe('NAME   LABELS \nk8s.io        \nmoby          \n')
})

it('tells the sandbox by a label', async () => {
  const count = (kind: string): string => `ctr -n k8s.io c ls -q 'labels."io.cri-containerd.kind"==${kind}' | wc -l`
  expect(await node.run(`${count('sandbox')}; ${count('container')}`)).toBe('1\n2\n')
})

it('lists a task for each of them', async () => {
  expect(await node.run("ctr -n k8s.io tasks ls | awk '{print $3}'")).toBe('STATUS\nRUNNING\nRUNNING\nRUNNING\n')
})

it('shows the labels that the kubelet gave', async () => {
  const script = `ctr -n k8s.io c info $(ctr -n k8s.io c ls -q 'labels."io.cri-containerd.kind"==sandbox') | jq -r '.Labels | del(.["io.kubernetes.pod.uid"]) | to_entries[] | "\\(.key)=\\(.value)"'`
  expect(await node.run(script)).toBe(
    'io.cri-containerd.kind=sandbox\nio.kubernetes.pod.name=two\nio.kubernetes.pod.namespace=default\n',
  )
})

it('refuses what it does not know', async () => {
  expect(await node.run('ctr t kill nosuch; ctr c info nosuch')).toBe(
    'ctr: no running task found: task nosuch not found: not found\nctr: container "nosuch" in namespace "default": not found\n',
  )
})

it('says what is not simulated', async () => {
  expect(await node.run('ctr images pull docker.io/library/alpine:latest')).toBe(
    'ctr: the simulated machine does not have images pull\n',
  )
})

it.each([
  ['id==abc', true],
  ['id!=abc', false],
  ['id~=^a', true],
  ['labels."a.b"==c', true],
  ['labels."a.b"==c,id==x', false],
  ['labels.none', false],
])('reads the filter %s', (text, isKept) => {
  const fields: Readonly<Record<string, string>> = { id: 'abc', 'labels/a.b': 'c' }
  expect(parseFilters([text])((path) => fields[path.join('/')])).toBe(isKept)
})

it('kills a task without asking the kubelet', async () => {
  await node.run(`ctr -n k8s.io t kill -s KILL $(crictl ps -q --name '^web$'); sleep 3`)
  expect(await node.run("crictl ps --name '^web$' -o json | jq -c '.containers[].metadata'")).toBe(
    '{"name":"web","attempt":1}\n',
  )
})
