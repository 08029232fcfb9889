// CRI-O leaves pause out where nothing needs it: namespaces without a process, joined all the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestNode } from './node.ts'

describe('a pod without pause', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await TestNode.withPod('', 'cri-o')
    await node.run("pod=$(crictl pods -q); side=$(crictl ps -q --name '^side$'); web=$(crictl ps -q --name '^web$')")
  })
  afterAll(() => node.end())

  it('has a sandbox that is ready, and no process for it', async () => {
    expect(
      await node.run('crictl pods -o json | jq -r .items[].state; crictl inspectp $pod | jq .info.pid; pgrep -c pause'),
    ).toBe('SANDBOX_READY\n0\n0\n')
  })

  it('has a conmon for each container', async () => {
    expect(await node.run("ps -eo comm | sort | uniq -c | grep -E 'conmon|shim'")).toBe('      2 conmon\n')
  })

  it('shares the same namespaces as elsewhere', async () => {
    const script = `p=$(crictl inspect $web | jq .info.pid); q=$(crictl inspect $side | jq .info.pid)
for kind in net ipc uts pid; do [ $(readlink /proc/$p/ns/$kind) = $(readlink /proc/$q/ns/$kind) ] && echo "$kind same" || echo "$kind differs"; done`
    expect(await node.run(script)).toBe('net same\nipc same\nuts same\npid differs\n')
  })

  it('has the hostname of the pod, and its network', async () => {
    expect(
      await node.run(
        'kubectl exec two -c side -- hostname; kubectl exec two -c side -- ip -4 addr show eth0 | grep -c 10.85.0.2',
      ),
    ).toBe('two\n1\n')
  })

  it('keeps its sandbox when an application is killed', async () => {
    await node.run('kill -9 $(crictl inspect $web | jq .info.pid); sleep 3')
    expect(await node.run('crictl pods -o json | jq -c .items[].metadata.attempt')).toBe('0\n')
    expect(await node.run("crictl ps -o json --name '^web$' | jq -c .containers[].metadata.attempt")).toBe('1\n')
  })

  it('leaves nothing when it is deleted', async () => {
    expect(await node.run('kubectl delete pod two; crictl pods -q; crictl ps -a -q; pgrep -c conmon')).toBe(
      'pod "two" deleted\n0\n',
    )
  })
})

it('starts a pause where processes are shared: somebody must be PID 1', async () => {
  const node = await TestNode.withPod('  shareProcessNamespace: true\n', 'cri-o')
  expect(await node.run('kubectl exec two -c side -- ps -o pid,args | head -2 | tail -1')).toBe('    1 /pause\n')
  await node.end()
})
