// `docker update`: settings of containers that exist.
import { uint16 } from '../../text/flags.ts'
import type { ContainerUpdateRequest } from '../docker/api.ts'
import type { Command } from './command.ts'
import { restartPolicy } from './container-options.ts'
import { severalContainers } from './each-container.ts'
import { StatusError } from './errors.ts'
import { bytesType, decimal, type FlagDefinition, int, string, swapType } from './flag-types.ts'
import { errorMessage } from './invocation.ts'

const limits: readonly FlagDefinition[] = [
  {
    name: 'blkio-weight',
    type: uint16,
    usage: 'Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)',
  },
  { name: 'cpu-period', type: int, usage: 'Limit CPU CFS (Completely Fair Scheduler) period' },
  { name: 'cpu-quota', type: int, usage: 'Limit CPU CFS (Completely Fair Scheduler) quota' },
  { name: 'cpu-rt-period', type: int, usage: 'Limit the CPU real-time period in microseconds' },
  { name: 'cpu-rt-runtime', type: int, usage: 'Limit the CPU real-time runtime in microseconds' },
  { name: 'cpu-shares', shorthand: 'c', type: int, usage: 'CPU shares (relative weight)' },
  { name: 'cpus', type: decimal, usage: 'Number of CPUs' },
  { name: 'cpuset-cpus', type: string, usage: 'CPUs in which to allow execution (0-3, 0,1)' },
  { name: 'cpuset-mems', type: string, usage: 'MEMs in which to allow execution (0-3, 0,1)' },
  { name: 'kernel-memory', type: bytesType('suffix'), usage: 'Kernel memory limit (deprecated)', hidden: true },
  { name: 'memory', shorthand: 'm', type: bytesType('suffix'), usage: 'Memory limit' },
  { name: 'memory-reservation', type: bytesType('suffix'), usage: 'Memory soft limit' },
  {
    name: 'memory-swap',
    type: swapType('suffix'),
    usage: 'Swap limit equal to memory plus swap: -1 to enable unlimited swap',
  },
  { name: 'pids-limit', type: int, usage: 'Tune container pids limit (set -1 for unlimited)' },
]

/** Flags that are numbers, and the fields of the request that they set. */
const fields: readonly (readonly [string, keyof ContainerUpdateRequest])[] = [
  ['cpu-period', 'CpuPeriod'],
  ['cpu-quota', 'CpuQuota'],
  ['cpu-shares', 'CpuShares'],
  ['cpus', 'NanoCpus'],
  ['memory', 'Memory'],
  ['memory-reservation', 'MemoryReservation'],
  ['memory-swap', 'MemorySwap'],
  ['pids-limit', 'PidsLimit'],
]

export const updateCommand: Command = {
  names: ['container update', 'update'],
  usage: severalContainers,
  summary: 'Update configuration of one or more containers',
  operands: { least: 1 },
  flags: [...limits, { name: 'restart', type: string, usage: 'Restart policy to apply when a container exits' }],
  *run(invocation) {
    const { flags, system } = invocation
    if (flags.given().length === 0) throw new StatusError('you must provide one or more flags when using this command')
    const request: ContainerUpdateRequest = {
      ...(flags.changed('restart') && { RestartPolicy: restartPolicy(invocation) }),
      ...Object.fromEntries(
        fields.flatMap(([name, field]) => (flags.changed(name) ? [[field, flags.number(name)]] : [])),
      ),
      ...(flags.changed('cpuset-cpus') && { CpusetCpus: flags.text('cpuset-cpus') }),
      ...(flags.changed('cpuset-mems') && { CpusetMems: flags.text('cpuset-mems') }),
    }
    const api = yield* invocation.api('/_ping')
    const warnings: string[] = []
    try {
      return yield* invocation.forEach(invocation.operands, function* (name) {
        const { Warnings } = yield* api.containerUpdate(system, name, request)
        warnings.push(...(Warnings ?? []))
      })
    } catch (error) {
      throw new StatusError(errorMessage(error))
    } finally {
      if (warnings.length > 0) yield* invocation.err(`${warnings.join('\n')}\n`)
    }
  },
}
