// One sample of what a container uses, `docker stats --no-stream`.
import type { ContainerStats } from './api-types.ts'
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'

/** GET /containers/ID/stats: a container that does not run uses nothing. */
export function containerStats(daemon: Daemon, name: string): ContainerStats {
  const container = daemon.get(name)
  const { kernel } = daemon
  const processes = [...(container.task?.processes(kernel) ?? [])].filter((process) => process.state !== 'Z')
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const cpu = sum(processes.map((process) => process.cpu.user + process.cpu.system))
  const upFor = kernel.clock.now() - (container.state.startedAt ?? kernel.clock.now())
  const counters = trafficOf(container)
  return {
    id: container.id,
    name: `/${container.name}`,
    cpuPercent: processes.length === 0 || upFor <= 0 ? 0 : (cpu / upFor) * 100,
    memoryUsage: sum(processes.map((process) => process.memory.resident)),
    memoryLimit: processes.length === 0 ? 0 : container.hostConfig.Memory || kernel.parameters.totalMemory,
    networkReceived: counters.received,
    networkSent: counters.sent,
    blockRead: 0,
    blockWritten: 0,
    pids: processes.length,
  }
}

function trafficOf(container: Container): { received: number; sent: number } {
  const links = [...(container.sandbox?.namespace.links.values() ?? [])].filter((link) => link.kind === 'veth')
  return {
    received: links.reduce((total, link) => total + link.statistics.rxBytes, 0),
    sent: links.reduce((total, link) => total + link.statistics.txBytes, 0),
  }
}
