// ps(1) of procps: which processes are chosen, their order, the forest, and the table.
import type { Main, Program, System } from '../kernel/system.ts'
import { readNameTables } from './name-tables.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { type DetailKey, type Details, type PsMoment, readDetail } from './ps-columns.ts'
import { parsePs, PsError, type PsRequest, type Shown, type SortKey } from './ps-options.ts'
import { readText, writeError, writeOut } from './stdio.ts'

const usage = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`

/** @param version of procps, as `ps --version` tells it */
export const psMain = (version: string): Main =>
  function* ps(system, argv) {
    const names = yield* readNameTables(system)
    let request: PsRequest
    try {
      request = parsePs(argv, names)
    } catch (error) {
      if (!(error instanceof PsError)) throw error
      yield* writeError(system, `error: ${error.message}\n${usage}`)
      return 1
    }
    if (request.instead !== undefined) {
      yield* writeOut(system, request.instead === 'help' ? usage : `ps from procps-ng ${version}\n`)
      return 0
    }
    const moment = yield* readMoment(system, names, !/^4\.0\.[0-4]$/.test(version))
    const whole = [...request.columns, ...request.sort].some(({ column }) => column.whole)
    const depth = whole || (request.selects.length > 0 && request.pids === undefined) ? 'whole' : 'plain'
    const everyone = yield* readProcesses(system, depth, request.pids)
    const pid = yield* system.getpid()
    const own = everyone.find((process) => process.pid === pid)
    const chosen = everyone.filter((process) => isChosen(request, process, own) !== request.negated)
    const ordered = sorted(chosen, request.sort, moment)
    const rows =
      request.forest === 'none'
        ? ordered.map((process) => ({ process, tree: '' }))
        : forestOrder(ordered, request.forest === 'branches' ? branches : indents)
    yield* printTable(system, request, moment, rows)
    return chosen.length > 0 ? 0 : 1
  }

function isChosen({ selects, scope }: PsRequest, process: ProcessRecord, own: ProcessRecord | undefined): boolean {
  const { tty, euid, sid, pid } = process
  if (scope === 'all') return true
  if (scope === 'session-members') return sid !== pid
  if (selects.length > 0) return selects.some((matches) => matches(process))
  if (scope === 'any-terminal') return tty !== 0
  const sameUser = euid === (own?.euid ?? euid)
  return scope === 'own-user' ? sameUser : sameUser && tty === (own?.tty ?? 0)
}

function* readMoment(system: System, names: PsMoment['names'], marksDefunct: boolean): Program<PsMoment> {
  const [uptime = '0'] = (yield* readText(system, '/proc/uptime')).split(' ')
  const memory = /^MemTotal:\s+(\d+)/m.exec(yield* readText(system, '/proc/meminfo'))?.[1] ?? '1'
  return {
    names,
    uptime: Number(uptime),
    now: yield* system.clock_gettime('CLOCK_REALTIME'),
    totalMemoryKib: Number(memory),
    marksDefunct,
  }
}

function sorted(
  processes: readonly ProcessRecord[],
  keys: readonly SortKey[],
  moment: PsMoment,
): readonly ProcessRecord[] {
  if (keys.length === 0) return processes
  return processes.toSorted((a, b) => {
    for (const { column, descending } of keys) {
      const [one, other] = [a, b].map((process) => column.key?.(process, moment) ?? column.value(process, moment, {}))
      const order = compare(one ?? '', other ?? '')
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
}

function compare(one: string | number, other: string | number): number {
  const difference = Number(one) - Number(other)
  if (!Number.isNaN(difference)) return difference
  return one < other ? -1 : one > other ? 1 : 0
}

/** What stands before a command below its parent: at the branch itself, and further down beside it. */
const branches = { branch: ' \\_ ', beside: ' |  ', below: '    ' }
const indents = { branch: '  ', beside: '  ', below: '  ' }

interface Row {
  readonly process: ProcessRecord
  /** Drawn before the command: ` \_ `. */
  readonly tree: string
}

/** Parents before children, with what is drawn before each command. */
function forestOrder(processes: readonly ProcessRecord[], drawn: typeof branches): Row[] {
  const pids = new Set(processes.map(({ pid }) => pid))
  const children = new Map<number, ProcessRecord[]>()
  for (const process of processes) {
    const parent = pids.has(process.ppid) ? process.ppid : 0
    const known = children.get(parent)
    if (known === undefined) children.set(parent, [process])
    else known.push(process)
  }
  const rows: Row[] = []
  const add = (process: ProcessRecord, above: string, branch: string, isLast: boolean) => {
    rows.push({ process, tree: above + branch })
    const own = children.get(process.pid) ?? []
    const indent = branch === '' ? above : above + (isLast ? drawn.below : drawn.beside)
    for (const child of own) if (child !== process) add(child, indent, drawn.branch, child === own.at(-1))
  }
  for (const process of children.get(0) ?? []) add(process, '', '', true)
  return rows
}

function* printTable(system: System, request: PsRequest, moment: PsMoment, rows: readonly Row[]): Program<void> {
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
