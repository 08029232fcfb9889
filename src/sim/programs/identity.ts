// Who and where: id(1), hostname(1), uname(1), date(1), uptime's like are elsewhere.
import type { Main, Program } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { command, ProgramError } from './command.ts'
import type { Invocation } from './command.ts'
import { formatTime } from './date-format.ts'
import { OptionError } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import { writeError, writeOut } from './stdio.ts'

export const id: Main = command(
  'id',
  [
    { names: ['u', 'user'] },
    { names: ['g', 'group'] },
    { names: ['G', 'groups'] },
    { names: ['n', 'name'] },
    { names: ['r', 'real'] },
  ],
  function* run({ system, has, operands }) {
    const names = yield* readNameTables(system)
    const user = (uid: number): string => names.users.get(uid) ?? String(uid)
    const group = (gid: number): string => names.groups.get(gid) ?? String(gid)
    let uid = (yield* system.getresuid())[has('r') ? 'real' : 'effective']
    let gid = (yield* system.getresgid())[has('r') ? 'real' : 'effective']
    let groups = [...new Set([gid, ...(yield* system.getgroups())])]
    const [wanted] = operands
    if (wanted !== undefined) {
      const found = [...names.users].find(([number, name]) => name === wanted || String(number) === wanted)
      if (!found) throw new ProgramError(`'${wanted}': no such user`)
      uid = found[0]
      gid = found[0]
      groups = [gid]
    }
    const shown = (number: number, name: (number: number) => string): string =>
      has('n') ? name(number) : String(number)
    if (has('u')) yield* writeOut(system, `${shown(uid, user)}\n`)
    else if (has('g')) yield* writeOut(system, `${shown(gid, group)}\n`)
    else if (has('G')) yield* writeOut(system, `${groups.map((number) => shown(number, group)).join(' ')}\n`)
    else {
      const bracket = (number: number, table: ReadonlyMap<number, string>): string =>
        table.has(number) ? `${number}(${table.get(number)})` : String(number)
      const list = groups.map((number) => bracket(number, names.groups)).join(',')
      yield* writeOut(system, `uid=${bracket(uid, names.users)} gid=${bracket(gid, names.groups)} groups=${list}\n`)
    }
    return 0
  },
)

export const hostname: Main = command(
  'hostname',
  [
    { names: ['s', 'short'] },
    { names: ['f', 'fqdn', 'long'] },
    { names: ['d', 'domain'] },
    { names: ['i', 'ip-address'] },
    { names: ['I', 'all-ip-addresses'] },
  ],
  function* run({ system, operands, has }) {
    const [name] = operands
    if (name !== undefined) {
      try {
        yield* system.sethostname(name)
        return 0
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        throw new ProgramError('you must be root to change the host name')
      }
    }
    if (has('I') || has('i')) {
      const { addresses } = yield* system.rtnetlink({ type: 'RTM_GETADDR' })
      const found = addresses
        .filter((each) => each.family === 'inet' && each.scope === 'global')
        .map((each) => each.address)
      yield* writeOut(system, `${found.join(' ')}${has('I') ? ' ' : ''}\n`)
      return 0
    }
    const { nodename } = yield* system.uname()
    yield* writeOut(system, `${has('s') ? nodename.replace(/\..*/, '') : has('d') ? '' : nodename}\n`)
    return 0
  },
)

export const uname: Main = command(
  'uname',
  [
    { names: ['a', 'all'] },
    { names: ['s', 'kernel-name'] },
    { names: ['n', 'nodename'] },
    { names: ['r', 'kernel-release'] },
    { names: ['v', 'kernel-version'] },
    { names: ['m', 'machine'] },
    { names: ['p', 'processor'] },
    { names: ['i', 'hardware-platform'] },
    { names: ['o', 'operating-system'] },
  ],
  function* run({ system, has, order, operands }) {
    if (operands[0] !== undefined) throw new OptionError(`extra operand '${operands[0]}'`)
    const name = yield* system.uname()
    const parts: readonly (readonly [string, string])[] = [
      ['s', name.sysname],
      ['n', name.nodename],
      ['r', name.release],
      ['v', name.version],
      ['m', name.machine],
      ['o', 'GNU/Linux'],
    ]
    const shown = parts
      .filter(([letter]) => has('a') || has(letter) || (order.length === 0 && letter === 's'))
      .map(([, text]) => text)
    if ((has('p') || has('i')) && !has('a')) shown.push('unknown')
    yield* writeOut(system, `${shown.join(' ')}\n`)
    return 0
  },
)

const dateRows = [
  { names: ['u', 'utc', 'universal'] },
  { names: ['d', 'date'], value: 'required' },
  { names: ['r', 'reference'], value: 'required' },
  { names: ['R', 'rfc-email'] },
  { names: ['I', 'iso-8601'], value: 'optional' },
  { names: ['rfc-3339'], value: 'required' },
  { names: ['s', 'set'], value: 'required' },
] as const

export const date: Main = command('date', dateRows, function* run(invocation) {
  const { system, operands, has, value } = invocation
  const [format] = operands
  if (has('s')) {
    yield* writeError(system, 'date: cannot set date: Operation not permitted\n')
    return 1
  }
  if (format !== undefined && !format.startsWith('+')) throw new ProgramError(`invalid date '${format}'`)
  const seconds = yield* timeOf(invocation)
  const iso: Readonly<Record<string, string>> = {
    '': '%Y-%m-%d',
    date: '%Y-%m-%d',
    hours: '%Y-%m-%dT%H%:z',
    minutes: '%Y-%m-%dT%H:%M%:z',
    seconds: '%Y-%m-%dT%H:%M:%S%:z',
    ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
  }
  const standard = has('R')
    ? '%a, %d %b %Y %H:%M:%S %z'
    : has('I')
      ? (iso[value('I') ?? ''] ?? '%Y-%m-%d')
      : has('rfc-3339')
        ? '%Y-%m-%d %H:%M:%S%:z'
        : '%a %b %e %H:%M:%S %Z %Y'
  yield* writeOut(system, `${formatTime(format?.slice(1) ?? standard, seconds)}\n`)
  return 0
})

function* timeOf({ system, value }: Invocation): Program<number> {
  const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
  const reference = value('r')
  if (reference !== undefined) {
    try {
      return (yield* system.stat(reference)).mtime / 1e6
    } catch (error) {
      if (error instanceof SystemCallError) throw new ProgramError(`${reference}: ${error.message}`)
      throw error
    }
  }
  const text = value('d')
  if (text === undefined) return now
  const parsed = parseDate(text.trim(), now)
  if (parsed === undefined) throw new ProgramError(`invalid date '${text}'`)
  return parsed
}

const unitSeconds: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
}

/** `@N`, `now`, `yesterday`, `2 hours ago`, and dates as ISO 8601 writes them. */
function parseDate(text: string, now: number): number | undefined {
  if (/^@-?\d+(?:\.\d+)?$/.test(text)) return Number(text.slice(1))
  if (text === '' || text === 'now' || text === 'today') return now
  if (text === 'yesterday') return now - 86_400
  if (text === 'tomorrow') return now + 86_400
  const relative = /^([-+]?\d+)\s*(sec|second|min|minute|hour|day|week)s?(\s+ago)?$/.exec(text)
  if (relative) return now + Number(relative[1]) * (unitSeconds[relative[2] ?? ''] ?? 0) * (relative[3] ? -1 : 1)
  const zone = /(?:Z|[-+]\d\d:?\d\d|UTC|GMT)$/.test(text) ? '' : 'Z'
  const parsed = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? text : text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T') + zone)
  return Number.isNaN(parsed) ? undefined : parsed / 1000
}
