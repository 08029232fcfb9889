// The x-ray's picture of the simulated machine, read off the kernel's and the engine's own tables.
import type { Snapshot, SnapshotContainer, SnapshotProcess } from '../xray/snapshot.ts'
import type { SimulatedMachine } from './boot.ts'
import { type Container, statusOf } from './docker/container.ts'
import type { Process } from './kernel/process.ts'

export function takeSnapshot({ kernel, engine, cluster }: SimulatedMachine): Snapshot {
  const engines = new Set([engine, cluster?.engine ?? engine])
  return {
    time: Math.floor(kernel.clock.now() / 1000),
    processes: [...kernel.processes()].map(processOf),
    containers: [...engines].flatMap(({ daemon }) => [...daemon.containers.values()].map(containerOf)),
  }
}

function processOf(process: Process): SnapshotProcess {
  const { pid, parent, state, comm, executing, namespaces, cgroup } = process
  // Of a zombie only these two are left, and its command line is gone.
  const living = state === 'Z' ? { pid: namespaces.pid, user: namespaces.user } : namespaces
  const container = /[/-]([0-9a-f]{64})(?:\.scope)?$/.exec(cgroup)?.[1]
  return {
    pid: pid.global,
    ppid: parent?.pid.global ?? 0,
    state,
    comm,
    cmdline: state === 'Z' ? [] : executing.argv,
    nspid: pid.numbers.map(({ number }) => number),
    namespaces: Object.fromEntries(Object.values(living).map(({ kind, inode }) => [kind, inode])),
    ...(container === undefined ? {} : { container }),
  }
}

function containerOf(container: Container): SnapshotContainer {
  return {
    id: container.id,
    name: container.name,
    image: container.config.Image,
    status: statusOf(container),
    pid: container.state.pid,
    networkMode: container.hostConfig.NetworkMode,
    addresses: Object.fromEntries([...container.endpoints].map(([name, { address }]) => [name, address])),
  }
}
