// What is different on a node when containerd runs the pods: who is whose parent, what is shared, what a killed pause leaves behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemdSlice } from '../../../src/sim/containerd/profile.ts'
import { AddressPool } from '../../../src/sim/docker/ipam.ts'
import { TestNode } from './node.ts'

const pidOf = `pid() { crictl inspect -o go-template --template '{{.info.pid}}' $(crictl ps -q --name "^$1\\$"); }
pause() { crictl inspectp -o go-template --template '{{.info.pid}}' $(crictl pods -q --state ready); }
compare() { for kind in net ipc uts pid mnt; do [ $(readlink /proc/$(pause)/ns/$kind) = $(readlink /proc/$(pid side)/ns/$kind) ] && echo "$kind same" || echo "$kind differs"; done; }
`

describe('a pod', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await TestNode.withPod()
    await node.run(pidOf)
  })
  afterAll(() => node.end())

  it('is nothing that docker knows of', async () => {
    expect(await node.run('docker ps -a -q | wc -l')).toBe('0\n')
  })

  it('has one shim, named after its sandbox', async () => {
    expect(await node.run("ps -eo args | sed -n 's/^\\(.*shim.*-id\\) .*/\\1/p'")).toBe(
      '/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id\n',
    )
  })

  it('shares network, IPC and UTS', async () => {
    expect(await node.run('compare')).toBe('net same\nipc same\nuts same\npid differs\nmnt differs\n')
  })

  it('has a pause without the variable HOSTNAME, which its containers have', async () => {
    expect(
      await node.run("for p in $(pause) $(pid side); do tr '\\0' '\\n' < /proc/$p/environ | grep -c ^HOSTNAME; done"),
    ).toBe('0\n1\n')
  })

  it('stands below the kubelet in the control groups', async () => {
    expect(await node.run("sed -n 's/^8:pids:\\(.*\\)pod.*/\\1/p' /proc/$(pause)/cgroup")).toBe(
      '/kubepods/besteffort/\n',
    )
  })

  it('is told of by the API with the scheme of its runtime', async () => {
    const path = '{.status.containerStatuses[0].containerID} {.status.containerStatuses[0].image}'
    expect(await node.run(`kubectl get pod two -o jsonpath='${path}{"\\n"}' | sed 's/[0-9a-f]\\{64\\}/ID/'`)).toBe(
      'containerd://ID docker.io/library/alpine:latest\n',
    )
  })

  it('has an exec whose missing program is an error of the server', async () => {
    expect(
      await node.run(
        'kubectl exec two -c side -- nosuch 2>&1 | sed \'s/exec "[0-9a-f]*"/exec ID/\'; echo ${PIPESTATUS[0]}',
      ),
    ).toBe(
      'error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec ID: OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown\n1\n',
    )
  })
})

it('shares the PID namespace too when asked to', async () => {
  const node = await TestNode.withPod('  shareProcessNamespace: true\n')
  await node.run(pidOf)
  expect(await node.run('compare | grep pid')).toBe('pid same\n')
  await node.end()
})

describe('a killed pause', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await TestNode.withPod()
    await node.run(`${pidOf}kill -9 $(pause)`)
  })
  afterAll(() => node.end())

  it('leaves the network of the others as it was, and the next sandbox has another address', async () => {
    expect(await node.run('kubectl exec two -c side -- ip -4 addr show eth0 | grep -c 10.244.0.2')).toBe('1\n')
    await node.run('sleep 10; kubectl wait --for=condition=Ready pod/two')
    expect(await node.run("kubectl get pod two -o jsonpath='{.status.podIP}' | grep -c '10.244.0.3$'")).toBe('1\n')
  })

  it('is followed by a sandbox of the next attempt', async () => {
    expect(await node.run('crictl pods --state ready -o json | jq -c .items[].metadata.attempt')).toBe('1\n')
  })
})

it('gives out addresses upwards, and those that are free again only after the last', () => {
  const pool = new AddressPool({ address: 0x0a000000, prefixLength: 29 }, undefined, 'upwards')
  pool.reserve('10.0.0.1')
  const first = [pool.allocate(), pool.allocate()]
  pool.release('10.0.0.2')
  expect([...first, pool.allocate(), pool.allocate(), pool.allocate(), pool.allocate(), pool.allocate()]).toEqual([
    '10.0.0.2',
    '10.0.0.3',
    '10.0.0.4',
    '10.0.0.5',
    '10.0.0.6',
    '10.0.0.2',
    undefined,
  ])
})

it('names slices of systemd with all that stand above them', () => {
  expect(systemdSlice('/kubepods/besteffort/pod1a-2b')).toBe(
    '/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1a_2b.slice',
  )
})
