// lsns(8) of util-linux: the namespaces that /proc tells of, one line each.
import type { Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import type { ProcessRecord } from './process-table.ts'
import { readProcesses } from './process-table.ts'
import { writeOut } from './stdio.ts'
import { Failure, utility } from './utility.ts'

const rows: readonly OptionRow[] = [
  { names: ['t', 'type'], value: 'required' },
  { names: ['p', 'task'], value: 'required' },
  { names: ['o', 'output'], value: 'required' },
  { names: ['n', 'noheadings'] },
  { names: ['r', 'raw'] },
  { names: ['l', 'list'] },
  { names: ['u', 'notruncate'] },
  { names: ['W', 'nowrap'] },
]

interface Row {
  readonly inode: number
  readonly type: string
  readonly processes: ProcessRecord[]
}

const kinds = ['time', 'cgroup', 'pid', 'user', 'uts', 'ipc', 'net', 'mnt']

interface Column {
  readonly right?: boolean
  readonly value: (row: Row, users: ReadonlyMap<number, string>) => string
}

const first = (row: Row): ProcessRecord | undefined => row.processes[0]

const columns: Readonly<Record<string, Column>> = {
  NS: { right: true, value: (row) => String(row.inode) },
  TYPE: { value: (row) => row.type },
  PATH: { value: (row) => `/proc/${first(row)?.pid}/ns/${row.type}` },
  NPROCS: { right: true, value: (row) => String(row.processes.length) },
  PID: { right: true, value: (row) => String(first(row)?.pid ?? '') },
  PPID: { right: true, value: (row) => String(first(row)?.ppid ?? '') },
  UID: { right: true, value: (row) => String(first(row)?.uid ?? '') },
  USER: { value: (row, users) => users.get(first(row)?.uid ?? -1) ?? String(first(row)?.uid ?? '') },
  COMMAND: { value: (row) => first(row)?.argv.join(' ') || (first(row)?.comm ?? '') },
}

export const lsns: Main = utility(
  'gnu',
  { name: 'lsns', options: rows, shortName: true },
  function* run({ system, has, value, operands }) {
    const type = value('t')
    if (type !== undefined && !kinds.includes(type)) throw new Failure(`unknown namespace type: ${type}`)
    const only = value('p')
    const found = yield* findNamespaces(system)
    const wanted = operands[0]
    const shown = found.filter(
      (row) =>
        (type === undefined || row.type === type) &&
        (wanted === undefined || String(row.inode) === wanted) &&
        (only === undefined || row.processes.some(({ pid }) => String(pid) === only)),
    )
    const names = (value('o') ?? 'NS,TYPE,NPROCS,PID,USER,COMMAND').split(',').map((name) => name.trim().toUpperCase())
    const unknown = names.find((name) => !columns[name])
    if (unknown !== undefined) throw new Failure(`unknown column: ${unknown}`)
    if (wanted !== undefined && shown.length === 0) throw new Failure(`not found namespace: ${wanted}`)
    const { users } = yield* readNameTables(system)
    const table = shown.map((row) => names.map((name) => columns[name]?.value(row, users) ?? ''))
    yield* writeOut(system, layOut(has('n') ? table : [names, ...table], names, has('r')))
    return 0
  },
)

function layOut(table: readonly string[][], names: readonly string[], raw: boolean): string {
  const widths = names.map((_name, index) => Math.max(...table.map((row) => row[index]?.length ?? 0)))
  const lines = table.map((row) =>
    raw
      ? row.join(' ')
      : row
          .map((cell, index) => {
            if (columns[names[index] ?? '']?.right) return cell.padStart(widths[index] ?? 0)
            return index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)
          })
          .join(' '),
  )
  return lines.map((line) => `${line}\n`).join('')
}

function* findNamespaces(system: System): Program<Row[]> {
  const found = new Map<string, Row>()
  for (const process of yield* readProcesses(system)) {
    for (const kind of kinds) {
      const inode = yield* inodeOf(system, process.pid, kind)
      if (inode === undefined) continue
      const row = found.get(`${kind}${inode}`) ?? { inode, type: kind, processes: [] }
      row.processes.push(process)
      found.set(`${kind}${inode}`, row)
    }
  }
  return [...found.values()].toSorted((a, b) => a.inode - b.inode)
}

function* inodeOf(system: System, pid: number, kind: string): Program<number | undefined> {
  try {
    return Number(/\d+/.exec(yield* system.readlink(`/proc/${pid}/ns/${kind}`))?.[0])
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}
