// /proc/PID/limits, proc_pid_limits(5): a table of resource limits.
import type { Process } from './process.ts'
import type { ResourceLimit } from './system.ts'

const rows: readonly (readonly [limit: ResourceLimit, name: string, unit: string])[] = [
  ['CPU', 'Max cpu time', 'seconds'],
  ['FSIZE', 'Max file size', 'bytes'],
  ['DATA', 'Max data size', 'bytes'],
  ['STACK', 'Max stack size', 'bytes'],
  ['CORE', 'Max core file size', 'bytes'],
  ['RSS', 'Max resident set', 'bytes'],
  ['NPROC', 'Max processes', 'processes'],
  ['NOFILE', 'Max open files', 'files'],
  ['MEMLOCK', 'Max locked memory', 'bytes'],
  ['AS', 'Max address space', 'bytes'],
  ['LOCKS', 'Max file locks', 'locks'],
  ['SIGPENDING', 'Max pending signals', 'signals'],
  ['MSGQUEUE', 'Max msgqueue size', 'bytes'],
  ['NICE', 'Max nice priority', ''],
  ['RTPRIO', 'Max realtime priority', ''],
  ['RTTIME', 'Max realtime timeout', 'us'],
]

export function limitsText(process: Process): string {
  const lines = rows.map(([limit, name, unit]) => {
    const { soft, hard } = process.limits.get(limit) ?? {
      soft: Number.POSITIVE_INFINITY,
      hard: Number.POSITIVE_INFINITY,
    }
    return line(name, value(soft), value(hard), unit)
  })
  return [line('Limit', 'Soft Limit', 'Hard Limit', 'Units'), ...lines].join('')
}

function line(name: string, soft: string, hard: string, unit: string): string {
  const columns = `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} `
  return `${columns}${unit === '' ? '' : unit.padEnd(10)}\n`
}

function value(limit: number): string {
  return limit === Number.POSITIVE_INFINITY ? 'unlimited' : String(limit)
}
