// top(1) of procps and of busybox in batch mode; without a terminal the screen is refused.
import type { Main, Program, System } from '../kernel/system.ts'
import { readMemory } from './free.ts'
import type { OptionRow } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import { type ProcessRecord, readProcesses, ticksPerSecond } from './process-table.ts'
import { readText, writeOut } from './stdio.ts'
import { summaryLine } from './uptime.ts'
import { type Call, type Family, Failure, utility } from './utility.ts'

const procpsOptions: readonly OptionRow[] = [
  ...['b', 'c', 'H', 'i', 'S', 's', '1'].map((name) => ({ names: [name] })),
  ...['n', 'd', 'p', 'u', 'U', 'o', 'w', 'E', 'e'].map((name) => ({ names: [name], value: 'required' as const })),
  { names: ['batch'] },
  { names: ['h'] },
  { names: ['v'] },
]

const busyboxOptions: readonly OptionRow[] = [
  ...['b', 'H', 'm'].map((name) => ({ names: [name] })),
  ...['n', 'd'].map((name) => ({ names: [name], value: 'required' as const })),
]

export const topMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'top',
      options: family === 'gnu' ? procpsOptions : busyboxOptions,
      shortName: true,
      usage: '',
      usageStatus: family === 'gnu' ? 0 : 1,
      busyboxUsage:
        '[-bmH] [-n COUNT] [-d SECONDS]\n\nShow a view of process activity in real time.\nRead the status of all processes from /proc each SECONDS\nand show a screenful of them.',
    },
    function* top(call) {
      const { system, has, value } = call
      if (!has('b') && family === 'gnu') throw new Failure('failed tty get')
      const times = count(value('n') ?? (has('b') ? '1' : '1'))
      const delay = Number(value('d') ?? (family === 'gnu' ? 3 : 5))
      if (Number.isNaN(delay)) throw new Failure(`bad delay interval '${value('d')}'`)
      const pids = call.parsed.given.get('p')?.flatMap((list) => list.split(','))
      for (let time = 0; time < times; time++) {
        if (time > 0) yield* system.nanosleep(delay * 1e6)
        const everyone = yield* readProcesses(system)
        const shown = everyone.filter(({ pid }) => pids === undefined || pids.includes(String(pid)))
        const text = family === 'gnu' ? yield* procpsScreen(call, shown) : yield* busyboxScreen(system, everyone)
        yield* writeOut(system, `${time > 0 && family === 'gnu' ? '\n' : ''}${text}`)
      }
      return 0
    },
  )

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Failure(`bad iterations argument '${text}'`)
  return Number(text)
}

/** Shares of user, system and idle time since boot, in percent. */
function* cpuShares(system: System): Program<readonly [number, number, number]> {
  const [user = 0, nice = 0, kernel = 0, idle = 0] = (
    /^cpu +(.*)$/m.exec(yield* readText(system, '/proc/stat'))?.[1] ?? ''
  )
    .split(' ')
    .map(Number)
  const total = Math.max(1, user + nice + kernel + idle)
  return [(100 * user) / total, (100 * kernel) / total, (100 * idle) / total]
}

const mebi = (kibibytes: number) => (kibibytes / 1024).toFixed(1).padStart(8)

function* procpsScreen({ system, has }: Call, processes: readonly ProcessRecord[]): Program<string> {
  const { users } = yield* readNameTables(system)
  const memory = yield* readMemory(system)
  const [user, kernel, idle] = yield* cpuShares(system)
  const uptime = Number((yield* readText(system, '/proc/uptime')).split(' ')[0])
  const inState = (...states: readonly string[]) =>
    String(processes.filter(({ state }) => states.includes(state)).length)
  const cache = memory('Buffers') + memory('Cached') + memory('SReclaimable')
  const share = (percent: number) => percent.toFixed(1).padStart(5)
  const head = [
    `top -${yield* summaryLine(system)}`,
    `Tasks: ${String(processes.length).padStart(3)} total, ${inState('R').padStart(3)} running, ${inState('S', 'D').padStart(3)} sleeping, ${inState('T').padStart(3)} stopped, ${inState('Z').padStart(3)} zombie`,
    `%Cpu(s):${share(user)} us,${share(kernel)} sy,  0.0 ni,${share(idle)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st `,
    `MiB Mem :${mebi(memory('MemTotal'))} total,${mebi(memory('MemFree'))} free,${mebi(memory('MemTotal') - memory('MemAvailable'))} used,${mebi(cache)} buff/cache     `,
    `MiB Swap:${mebi(memory('SwapTotal'))} total,${mebi(memory('SwapFree'))} free,${mebi(memory('SwapTotal') - memory('SwapFree'))} used.${mebi(memory('MemAvailable'))} avail Mem `,
    '',
    '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
  ]
  const busy = (each: ProcessRecord) => each.userTime + each.systemTime
  const lines = processes
    .toSorted((a, b) => cpuShare(b, uptime) - cpuShare(a, uptime) || a.pid - b.pid)
    .map((each) => {
      const name = users.get(each.euid) ?? String(each.euid)
      const rest = Number.parseInt(each.status('RssFile'), 10) || 0
      const command = has('c') && each.argv.length > 0 ? each.argv.join(' ') : each.comm
      const minutes = Math.floor(busy(each) / ticksPerSecond / 60)
      const seconds = ((busy(each) / ticksPerSecond) % 60).toFixed(2).padStart(5, '0')
      const cells = [
        String(each.pid).padStart(7),
        (name.length > 8 ? `${name.slice(0, 7)}+` : name).padEnd(8),
        String(each.priority).padStart(3),
        String(each.nice).padStart(3),
        size(each.virtualSize, 7),
        size(each.residentSize, 6),
        size(rest, 6),
        each.state,
        cpuShare(each, uptime).toFixed(1).padStart(5),
        ((100 * each.residentSize) / memory('MemTotal')).toFixed(1).padStart(5),
        `${minutes}:${seconds}`.padStart(9),
        command,
      ]
      return cells.join(' ').trimEnd()
    })
  return [...head, ...lines].map((line) => `${line}\n`).join('')
}

function size(kibibytes: number, width: number): string {
  const text = String(kibibytes)
  if (text.length <= width) return text.padStart(width)
  const mebibytes = `${(kibibytes / 1024).toFixed(1)}m`
  return (mebibytes.length <= width ? mebibytes : `${(kibibytes / 1_048_576).toFixed(1)}g`).padStart(width)
}

/** Percent of one processor since the process began. */
function cpuShare({ userTime, systemTime, startTime }: ProcessRecord, uptime: number): number {
  const lived = uptime - startTime / ticksPerSecond
  return lived <= 0 ? 0 : (100 * (userTime + systemTime)) / ticksPerSecond / lived
}

function* busyboxScreen(system: System, processes: readonly ProcessRecord[]): Program<string> {
  const { users } = yield* readNameTables(system)
  const memory = yield* readMemory(system)
  const [user, kernel, idle] = yield* cpuShares(system)
  const load = (yield* readText(system, '/proc/loadavg')).trim()
  const uptime = Number((yield* readText(system, '/proc/uptime')).split(' ')[0])
  const used = memory('MemTotal') - memory('MemFree')
  const share = (percent: number) => `${String(Math.floor(percent)).padStart(3)}%`
  const head = [
    `Mem: ${used}K used, ${memory('MemFree')}K free, ${memory('Shmem')}K shrd, ${memory('Buffers')}K buff, ${memory('Cached')}K cached`,
    `CPU: ${share(user)} usr ${share(kernel)} sys   0% nic ${share(idle)} idle   0% io   0% irq   0% sirq`,
    `Load average: ${load}`,
    '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND',
  ]
  const lines = processes
    .toSorted((a, b) => cpuShare(b, uptime) - cpuShare(a, uptime) || b.virtualSize - a.virtualSize || a.pid - b.pid)
    .map((each) => {
      const command = each.argv.length > 0 ? each.argv.join(' ') : `[${each.comm}]`
      const vsz = each.virtualSize < 100_000 ? String(each.virtualSize) : `${Math.floor(each.virtualSize / 1024)}m`
      const virtualShare = String(Math.round((100 * each.virtualSize) / memory('MemTotal'))).padStart(4)
      const name = (users.get(each.euid) ?? String(each.euid)).slice(0, 8).padEnd(8)
      const numbers = `${String(each.pid).padStart(5)} ${String(each.ppid).padStart(5)} ${name} ${each.state.padEnd(4)}`
      return `${numbers} ${vsz.padStart(5)}${virtualShare}%${String(Math.round(cpuShare(each, uptime))).padStart(4)}% ${command}`
    })
  return [...head, ...lines].map((line) => `${line}\n`).join('')
}
