// free(1) of procps and of busybox: what /proc/meminfo says.
import type { Main, Program, System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readText, writeOut } from './stdio.ts'
import { type Family, Failure, misuse, utility } from './utility.ts'

const procpsUsage = `
Usage:
 free [options]

Options:
 -b, --bytes         show output in bytes
     --kilo          show output in kilobytes
     --mega          show output in megabytes
     --giga          show output in gigabytes
     --tera          show output in terabytes
     --peta          show output in petabytes
 -k, --kibi          show output in kibibytes
 -m, --mebi          show output in mebibytes
 -g, --gibi          show output in gibibytes
     --tebi          show output in tebibytes
     --pebi          show output in pebibytes
 -h, --human         show human-readable output
     --si            use powers of 1000 not 1024
 -l, --lohi          show detailed low and high memory statistics
 -t, --total         show total for RAM + swap
 -v, --committed     show committed memory and commit limit
 -s N, --seconds N   repeat printing every N seconds
 -c N, --count N     repeat printing N times, then exit
 -w, --wide          wide output

     --help     display this help and exit
 -V, --version  output version information and exit

For more details see free(1).
`

/** Options that choose a unit, and how many bytes it has. */
const units: Readonly<Record<string, number>> = {
  b: 1,
  kilo: 1000,
  mega: 1000 ** 2,
  giga: 1000 ** 3,
  tera: 1000 ** 4,
  peta: 1000 ** 5,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  tebi: 1024 ** 4,
  pebi: 1024 ** 5,
}

const rows: Readonly<Record<Family, readonly OptionRow[]>> = {
  gnu: [
    { names: ['b', 'bytes'] },
    { names: ['k', 'kibi'] },
    { names: ['m', 'mebi'] },
    { names: ['g', 'gibi'] },
    ...['kilo', 'mega', 'giga', 'tera', 'peta', 'tebi', 'pebi', 'si'].map((name) => ({ names: [name] })),
    { names: ['h', 'human'] },
    { names: ['w', 'wide'] },
    { names: ['l', 'lohi'] },
    { names: ['t', 'total'] },
    { names: ['v', 'committed'] },
    { names: ['V', 'version'] },
    { names: ['s', 'seconds'], value: 'required' },
    { names: ['c', 'count'], value: 'required' },
  ],
  busybox: ['b', 'k', 'm', 'g', 'h'].map((name) => ({ names: [name] })),
}

/** Kibibytes by the names of /proc/meminfo. */
export function* readMemory(system: System): Program<(name: string) => number> {
  const text = yield* readText(system, '/proc/meminfo')
  const sizes = new Map([...text.matchAll(/^([\w()]+):\s+(\d+)/gm)].map(([, name = '', size]) => [name, Number(size)]))
  return (name) => sizes.get(name) ?? 0
}

/** As procps prints with -h: `1.8Gi`, `23Gi`, `0B`. */
function humanSize(kibibytes: number, step: number): string {
  let value = kibibytes * 1024
  for (const unit of ['B', 'K', 'M', 'G', 'T']) {
    const suffix = unit === 'B' || step === 1000 ? unit : `${unit}i`
    if (value < step)
      return value < 10 && unit !== 'B' ? `${oneDigit(value)}${suffix}` : `${Math.floor(value)}${suffix}`
    value /= step
  }
  return `${Math.floor(value)}P`
}

const oneDigit = (value: number) => (Math.floor(value * 10) / 10).toFixed(1)

/** As busybox prints with -h: one digit, unit without `i`. */
function busyboxSize(kibibytes: number): string {
  let value = kibibytes
  for (const unit of ['K', 'M', 'G', 'T']) {
    if (value < 1024) return value === 0 ? '0' : `${value.toFixed(1)}${unit}`
    value /= 1024
  }
  return `${value.toFixed(1)}P`
}

export const freeMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'free',
      options: rows[family],
      shortName: true,
      usage: procpsUsage,
      version: 'free from procps-ng 4.0.4',
      busyboxUsage: '[-bkmgh]\n\nDisplay free and used memory',
    },
    function* free({ system, has, value, operands }) {
      if (operands.length > 0) throw misuse('')
      for (const [option, what] of [
        ['s', 'seconds'],
        ['c', 'count'],
      ] as const) {
        const text = value(option)
        if (text === undefined || /^\d+(\.\d+)?$/.test(text)) continue
        if (option === 's') throw new Failure(`${what} argument failed: '${text}': Invalid argument`)
        throw new Failure(`failed to parse count argument: '${text}'`)
      }
      const times = has('c') ? Number(value('c')) : 1
      for (let time = 0; time < times; time++) {
        if (time > 0) yield* system.nanosleep(Number(value('s') ?? 1) * 1e6)
        const memory = yield* readMemory(system)
        yield* writeOut(system, `${table(family, has, memory)}${times > 1 ? '\n' : ''}`)
      }
      return 0
    },
  )

function table(family: Family, has: (option: string) => boolean, memory: (name: string) => number): string {
  const unit = Object.keys(units).find(has)
  const shown = (kibibytes: number): string => {
    if (has('h')) return family === 'gnu' ? humanSize(kibibytes, has('si') ? 1000 : 1024) : busyboxSize(kibibytes)
    return String(Math.floor((kibibytes * 1024) / (units[unit ?? 'k'] ?? 1024)))
  }
  const [total, left] = [memory('MemTotal'), memory('MemFree')]
  const cached = memory('Cached') + memory('SReclaimable')
  const buffers = memory('Buffers')
  const available = memory('MemAvailable')
  const used = family === 'gnu' ? total - available : total - left - cached - buffers
  const caches = has('w') ? [buffers, cached] : [buffers + cached]
  const main = [total, used, left, memory('Shmem'), ...caches, available]
  const swap = [memory('SwapTotal'), memory('SwapTotal') - memory('SwapFree'), memory('SwapFree')]
  const [title, first] = family === 'gnu' ? [8, 12] : [6, 13]
  const row = (name: string, cells: readonly number[]) =>
    `${name.padEnd(title)}${cells.map((cell, at) => shown(cell).padStart(at === 0 ? first : 12)).join('')}\n`
  const names = ['used', 'free', 'shared', ...(has('w') ? ['buffers', 'cache'] : ['buff/cache']), 'available']
  return [
    `${'total'.padStart(title + first)}${names.map((name) => name.padStart(12)).join('')}\n`,
    row('Mem:', main),
    ...(has('l') ? [row('Low:', [total, total - left, left]), row('High:', [0, 0, 0])] : []),
    row('Swap:', swap),
    ...(has('t')
      ? [
          row(
            'Total:',
            [0, 1, 2].map((at) => (main[at] ?? 0) + (swap[at] ?? 0)),
          ),
        ]
      : []),
    ...(has('v')
      ? [row('Comm:', [memory('CommitLimit'), memory('Committed_AS'), memory('CommitLimit') - memory('Committed_AS')])]
      : []),
  ].join('')
}
