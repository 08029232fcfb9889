// The picture of a real docker: a container, its process, and the namespaces of both.
import { readlinkSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { docker } from '../../src/machine/docker.ts'
import { takeSnapshot } from '../../src/machine/snapshot.ts'

const name = `pl-test-${process.pid}-snapshot`

afterEach(() => docker('rm', '--force', name))

test('a running container has a process with its id and its network namespace', async () => {
  const { stdout } = await docker('run', '-d', '--name', name, '--network', 'none', 'alpine', 'sleep', '600')
  const { containers, processes } = await takeSnapshot()
  const container = containers.find((entry) => entry.name === name)
  const init = processes.find(({ pid }) => pid === container?.pid)
  expect({
    container,
    comm: init?.comm,
    in: init?.container,
    nspid: init?.nspid,
    net: `net:[${init?.namespaces['net']}]`,
  }).toEqual({
    container: {
      id: stdout.trim(),
      name,
      image: 'alpine',
      status: 'running',
      pid: init?.pid,
      networkMode: 'none',
      addresses: {},
    },
    comm: 'sleep',
    in: stdout.trim(),
    nspid: [init?.pid, 1],
    net: readlinkSync(`/proc/${init?.pid}/ns/net`),
  })
})
