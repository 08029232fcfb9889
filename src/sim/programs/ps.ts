// ps(1) of procps: UNIX, BSD and GNU options, their formats, selection and the forest.
import type { Main, Program, System } from '../kernel/system.ts'
import { readNameTables } from './name-tables.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { type DetailKey, type Details, type PsColumn, type PsMoment, psColumns, readDetail } from './ps-columns.ts'
import { readText, writeError, writeOut } from './stdio.ts'

/** A column as asked for: with another header (`user=WHO`, `pid=`) or width (`wchan:20`). */
interface Shown {
  readonly column: PsColumn
  readonly header: string
  readonly width: number
}

interface Request {
  columns: Shown[]
  /** Undefined: those of the caller's user without a terminal, as the caller. */
  select: ((process: ProcessRecord) => boolean)[]
  all: boolean
  forest: boolean
  headers: boolean
  sort: { key: string; descending: boolean }[]
}

class UsageError extends Error {}

const usage = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`

/** The fixed formats: columns by name, some with the header that the format gives them. */
const formats: Readonly<Record<'plain' | 'full' | 'bsd' | 'bsdUser' | 'jobs' | 'bsdJobs' | 'long', string>> = {
  plain: 'pid,tname,time,ucmd',
  full: 'user=UID,pid,ppid,c,stime,tname,time,cmd',
  bsd: 'pid,tname=TTY,stat,bsdtime,args',
  bsdUser: 'user,pid,pcpu,pmem,vsz,rss,tname=TTY,stat,start_time=START,bsdtime,args',
  jobs: 'pid,pgid,sid,tname,time,ucmd',
  bsdJobs: 'ppid,pid,pgid,sid,tname=TTY,tpgid,stat,uid,bsdtime,args',
  long: 'state,uid,pid,ppid,c,pri,ni,vsz,wchan,tname=TTY,time,ucmd',
}

export const ps: Main = function* ps(system, argv) {
  let request: Request
  try {
    request = parse(argv)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    yield* writeError(system, `error: ${error.message}\n${usage}`)
    return 1
  }
  const moment = yield* readMoment(system)
  const everyone = yield* readProcesses(system)
  const pid = yield* system.getpid()
  const own = everyone.find((process) => process.pid === pid)
  const chosen = everyone.filter((process) => isChosen(request, process, own))
  const ordered = request.forest
    ? forestOrder(chosen)
    : sorted(chosen, request.sort).map((process) => ({ process, tree: '' }))
  yield* printTable(system, request, moment, ordered)
  return chosen.length > 0 ? 0 : 1
}

function isChosen(request: Request, process: ProcessRecord, own: ProcessRecord | undefined): boolean {
  if (request.all) return true
  if (request.select.length > 0) return request.select.some((matches) => matches(process))
  return process.tty === (own?.tty ?? 0) && process.euid === (own?.euid ?? process.euid)
}

function* readMoment(system: System): Program<PsMoment> {
  const [uptime = '0'] = (yield* readText(system, '/proc/uptime')).split(' ')
  const memory = /^MemTotal:\s+(\d+)/m.exec(yield* readText(system, '/proc/meminfo'))?.[1] ?? '1'
  return {
    names: yield* readNameTables(system),
    uptime: Number(uptime),
    now: yield* system.clock_gettime('CLOCK_REALTIME'),
    totalMemoryKib: Number(memory),
  }
}

function parse(argv: readonly string[]): Request {
  const request: Request = { columns: [], select: [], all: false, forest: false, headers: true, sort: [] }
  let format: string = formats.plain
  const words = argv.slice(1)
  const value = (attached: string, what: string) => {
    const found = attached === '' ? words.shift() : attached
    if (found === undefined) throw new UsageError(what)
    return found
  }
  const select = (list: string, key: (process: ProcessRecord) => string | number) => {
    const wanted = new Set(list.split(/[ ,]+/).filter((each) => each !== ''))
    request.select.push((process) => wanted.has(String(key(process))))
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith('--')) {
      const [name = '', ...rest] = word.slice(2).split('=')
      readLong(name, rest.join('='))
    } else if (word.startsWith('-')) readUnix(word.slice(1))
    else if (/^\d[\d,]*$/.test(word)) select(word, (process) => process.pid)
    else readBsd(word)
  }
  if (request.columns.length === 0) request.columns = parseFormat(format)
  return request

  function readLong(name: string, attached: string): void {
    if (name === 'forest') request.forest = true
    else if (name === 'no-headers' || name === 'no-heading') request.headers = false
    else if (name === 'headers') request.headers = true
    else if (name === 'sort') request.sort = parseSort(value(attached, 'option --sort requires an argument'))
    else if (name === 'pid') select(value(attached, 'option requires an argument'), (process) => process.pid)
    else if (name === 'ppid') select(value(attached, 'option requires an argument'), (process) => process.ppid)
    else if (name === 'sid') select(value(attached, 'option requires an argument'), (process) => process.sid)
    else if (name === 'format') request.columns.push(...parseFormat(value(attached, 'option requires an argument')))
    else if (name === 'cols' || name === 'columns' || name === 'width' || name === 'rows') value(attached, 'number')
    else throw new UsageError('unknown gnu long option')
  }

  function readUnix(letters: string): void {
    for (let at = 0; at < letters.length; at++) {
      const attached = letters.slice(at + 1)
      switch (letters[at]) {
        case 'e':
        case 'A':
          request.all = true
          break
        case 'f':
          format = formats.full
          break
        case 'F':
          format = formats.full
          break
        case 'l':
          format = formats.long
          break
        case 'j':
          format = formats.jobs
          break
        case 'H':
          request.forest = true
          break
        case 'w':
        case 'y':
          break
        case 'a':
        case 'd':
          request.select.push((process) => process.sid !== process.pid)
          break
        case 'o':
          request.columns.push(...parseFormat(value(attached, 'list of format specifiers must follow -o')))
          return
        case 'p':
          select(value(attached, 'list of process IDs must follow -p'), (process) => process.pid)
          return
        case 'C':
          select(value(attached, 'list of command names must follow -C'), (process) => process.comm)
          return
        case 'g':
        case 's':
          select(value(attached, 'list of session IDs must follow -s'), (process) => process.sid)
          return
        case 'u':
        case 'U':
          selectUser(value(attached, 'list of users must follow -u'))
          return
        default:
          throw new UsageError('unsupported SysV option')
      }
    }
  }

  function readBsd(letters: string): void {
    let onlyTerminal = true
    let everyUser = false
    format = formats.bsd
    for (const letter of letters) {
      if (letter === 'a') everyUser = true
      else if (letter === 'x') onlyTerminal = false
      else if (letter === 'u') format = formats.bsdUser
      else if (letter === 'j') format = formats.bsdJobs
      else if (letter === 'f') request.forest = true
      else if (letter === 'h') request.headers = false
      else if (letter === 'e' || letter === 'w') continue
      else if (letter === 'p') select(value('', 'list of process IDs must follow p'), (process) => process.pid)
      else if (letter === 'o')
        request.columns.push(...parseFormat(value('', 'list of format specifiers must follow o')))
      else throw new UsageError('unsupported option (BSD syntax)')
    }
    if (everyUser && !onlyTerminal) request.all = true
    else if (everyUser) request.select.push((process) => process.tty !== 0)
    else if (!onlyTerminal) request.select.push(() => true)
  }

  function selectUser(list: string): void {
    const wanted = new Set(list.split(','))
    request.select.push((process) => wanted.has(String(process.euid)) || (process.euid === 0 && wanted.has('root')))
  }
}

/** `pid,ppid`, `user=WHO`, `pid=`, `wchan:20`; after `=` the rest of the word is the header. */
function parseFormat(text: string): Shown[] {
  const shown: Shown[] = []
  let rest = text.trim()
  while (rest !== '') {
    const match = /^([%\w]+)(?::(\d+))?(?:=([^,]*(?:,(?![%\w]+[,=:]|[%\w]+$)[^,]*)*))?(?:[, ]+|$)/.exec(rest)
    const name = match?.[1] ?? rest
    const column = psColumns.get(name.toLowerCase())
    if (match === null || column === undefined) {
      throw new UsageError(`unknown user-defined format specifier "${name}"`)
    }
    const header = match[3] ?? column.header
    const width = match[2] === undefined ? Math.max(column.width, header.length) : Number(match[2])
    shown.push({ column, header, width })
    rest = rest.slice(match[0].length)
  }
  return shown
}

function parseSort(text: string): Request['sort'] {
  return text.split(',').map((word) => {
    const key = word.replace(/^[+-]/, '')
    if (!psColumns.has(key)) throw new UsageError('unknown sort specifier')
    return { key, descending: word.startsWith('-') }
  })
}

const numericKeys: Readonly<Record<string, (process: ProcessRecord) => number>> = {
  pid: (process) => process.pid,
  ppid: (process) => process.ppid,
  rss: (process) => process.residentSize,
  vsz: (process) => process.virtualSize,
  start_time: (process) => process.startTime,
  uid: (process) => process.euid,
}

function sorted(processes: readonly ProcessRecord[], keys: Request['sort']): readonly ProcessRecord[] {
  if (keys.length === 0) return processes
  return processes.toSorted((a, b) => {
    for (const { key, descending } of keys) {
      const number = numericKeys[key]
      const order = number === undefined ? (a.comm < b.comm ? -1 : a.comm > b.comm ? 1 : 0) : number(a) - number(b)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
}

interface Row {
  readonly process: ProcessRecord
  /** Drawn before the command: ` \_ `. */
  readonly tree: string
}

/** Parents before children, with the branches that --forest draws. */
function forestOrder(processes: readonly ProcessRecord[]): Row[] {
  const pids = new Set(processes.map((process) => process.pid))
  const children = new Map<number, ProcessRecord[]>()
  for (const process of processes) {
    const parent = pids.has(process.ppid) ? process.ppid : 0
    children.set(parent, [...(children.get(parent) ?? []), process])
  }
  const rows: Row[] = []
  const add = (process: ProcessRecord, above: string, branch: string) => {
    rows.push({ process, tree: above + branch })
    const own = children.get(process.pid) ?? []
    const indent = branch === '' ? above : `${above}${branch === ' \\_ ' && hasMore(process) ? ' |  ' : '    '}`
    for (const child of own) if (child !== process) add(child, indent, ' \\_ ')
  }
  const hasMore = (process: ProcessRecord) => {
    const siblings = children.get(pids.has(process.ppid) ? process.ppid : 0) ?? []
    return siblings.at(-1) !== process
  }
  for (const process of children.get(0) ?? []) add(process, '', '')
  return rows
}

function* printTable(system: System, request: Request, moment: PsMoment, rows: readonly Row[]): Program<void> {
  const needed = new Set(request.columns.flatMap(({ column }) => column.needs ?? []))
  const lines: string[] = []
  if (request.headers && request.columns.some(({ header }) => header !== '')) {
    lines.push(line(request.columns, ({ header }) => header))
  }
  for (const { process, tree } of rows) {
    const details = yield* readDetails(system, process.pid, needed)
    lines.push(
      line(request.columns, ({ column }) => {
        const text = column.value(process, moment, details)
        return column.open ? tree + text : text
      }),
    )
  }
  yield* writeOut(system, lines.map((each) => `${each}\n`).join(''))
}

function* readDetails(system: System, pid: number, keys: ReadonlySet<DetailKey>): Program<Details> {
  const details: Details = {}
  for (const key of keys) details[key] = yield* readDetail(system, pid, key)
  return details
}

/** Cells side by side; the last one is not padded, and only the last open one is printed whole. */
function line(columns: readonly Shown[], text: (shown: Shown) => string): string {
  return columns
    .map((shown, index) => {
      const last = index === columns.length - 1
      const cell = text(shown)
      const cut = last && shown.column.open ? cell : shown.column.right ? cell : cell.slice(0, shown.width)
      if (shown.column.right) return cut.padStart(shown.width)
      return last ? cut : cut.padEnd(shown.width)
    })
    .join(' ')
}
