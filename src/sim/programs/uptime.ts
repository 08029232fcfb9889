// uptime(1), w(1) and who(1): how long the machine is up, and who is logged in: nobody is, there are no terminals.
import type { Main, Program, System } from '../kernel/system.ts'
import { formatTime } from './date-format.ts'
import { readText, writeOut } from './stdio.ts'
import { type Family, misuse, utility } from './utility.ts'

/** `14:52:00 up 1 min,  0 user,  load average: 0.00, 0.00, 0.00`, with a blank before it. */
export function* summaryLine(system: System, users: string | undefined = '0 user'): Program<string> {
  const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
  const { days, hours, minutes } = yield* readUptime(system)
  const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`
  const since = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${clock}`
  const load = (yield* readText(system, '/proc/loadavg')).split(' ').slice(0, 3).join(', ')
  return ` ${formatTime('%T', now)} up ${since}, ${users === undefined ? '' : ` ${users}, `} load average: ${load}`
}

function* readUptime(system: System) {
  const seconds = Number((yield* readText(system, '/proc/uptime')).split(' ')[0])
  const all = Math.floor(seconds / 60)
  return { seconds, days: Math.floor(all / 1440), hours: Math.floor(all / 60) % 24, minutes: all % 60 }
}

const uptimeUsage = `
Usage:
 uptime [options]

Options:
 -p, --pretty   show uptime in pretty format
 -h, --help     display this help and exit
 -s, --since    system up since
 -V, --version  output version information and exit

For more details see uptime(1).
`

const uptimeOptions = [
  { names: ['p', 'pretty'] },
  { names: ['s', 'since'] },
  { names: ['help', 'h'] },
  { names: ['version', 'V'] },
] as const

export const uptimeMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'uptime',
      options: family === 'gnu' ? uptimeOptions : [],
      shortName: true,
      usage: uptimeUsage,
      version: 'uptime from procps-ng 4.0.4',
      busyboxUsage: '\n\nDisplay the time since the last boot',
    },
    function* uptime({ system, has }) {
      const { seconds, days, hours, minutes } = yield* readUptime(system)
      if (has('s')) {
        const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
        yield* writeOut(system, `${formatTime('%F %T', now - seconds)}\n`)
        return 0
      }
      if (has('p')) {
        const unit = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`])
        const words = [...unit(days, 'day'), ...unit(hours, 'hour'), ...unit(minutes, 'minute')]
        yield* writeOut(system, `up ${words.length === 0 ? '0 minutes' : words.join(', ')}\n`)
        return 0
      }
      yield* writeOut(system, `${yield* summaryLine(system, family === 'gnu' ? '0 user' : '0 users')}\n`)
      return 0
    },
  )

const wUsage = `
Usage:
 w [options] [user]

Options:
 -h, --no-header     do not print header
 -u, --no-current    ignore current process username
 -s, --short         short format
 -f, --from          show remote hostname field
 -o, --old-style     old style output
 -i, --ip-addr       display IP address instead of hostname (if possible)

     --help     display this help and exit
 -V, --version  output version information and exit

For more details see w(1).
`

const wOptions = [
  { names: ['h', 'no-header'] },
  { names: ['u', 'no-current'] },
  { names: ['s', 'short'] },
  { names: ['f', 'from'] },
  { names: ['o', 'old-style'] },
  { names: ['i', 'ip-addr'] },
  { names: ['version', 'V'] },
] as const

export const wMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'w',
      options: family === 'gnu' ? wOptions : [],
      shortName: true,
      usage: wUsage,
      version: 'w from procps-ng 4.0.4',
      busyboxUsage: '\n\nShow who is logged on',
    },
    function* w({ system, has }) {
      if (family === 'busybox') yield* writeOut(system, 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n')
      else if (!has('h')) {
        const titles = has('s')
          ? 'USER     TTY      FROM              IDLE WHAT'
          : has('f')
            ? 'USER     TTY       LOGIN@   IDLE   JCPU   PCPU WHAT'
            : 'USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT'
        yield* writeOut(system, `${yield* summaryLine(system)}\n${titles}\n`)
      }
      return 0
    },
  )

const whoOptions = [
  ...['a', 'b', 'd', 'H', 'l', 'm', 'p', 'q', 'r', 's', 't', 'T', 'u', 'w'].map((name) => ({ names: [name] })),
  ...['all', 'boot', 'dead', 'heading', 'count', 'lookup', 'ips', 'login', 'users', 'mesg'].map((name) => ({
    names: [name],
  })),
]

export const whoMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'who',
      options: family === 'gnu' ? whoOptions : [{ names: ['a'] }, { names: ['H'] }],
      busyboxUsage: '[-aH]\n\nShow who is logged on\n\n\t-a\tShow all\n\t-H\tPrint column headers',
    },
    function* who({ system, has, operands, quote }) {
      if (operands.length > 2 && family === 'gnu') throw misuse(`extra operand ${quote(operands[2] ?? '')}`)
      if (has('q') || has('count')) yield* writeOut(system, '\n# users=0\n')
      else if (has('H') || has('heading')) {
        const titles = 'NAME     LINE         TIME             COMMENT\n'
        yield* writeOut(system, family === 'gnu' ? titles : 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n')
      }
      return 0
    },
  )
