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
  { names: ['J', 'json'] },
  { names: ['output-all'] },
  { names: ['T', 'tree'], value: 'optional' },
  { names: ['help', 'h'] },
  { names: ['version', 'V'] },
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
  NETNSID: { right: true, value: ({ type }) => (type === 'net' ? 'unassigned' : '') },
  NSFS: { value: () => '' },
  PNS: { right: true, value: () => '0' },
  ONS: { right: true, value: () => '0' },
  USER: { value: (row, users) => users.get(first(row)?.uid ?? -1) ?? String(first(row)?.uid ?? '') },
  COMMAND: { value: (row) => first(row)?.argv.join(' ') || (first(row)?.comm ?? '') },
}

export const lsns: Main = utility(
  'gnu',
  { name: 'lsns', options: rows, shortName: true },
  function* run({ system, has, value, operands, parsed }) {
    for (const type of parsed.given.get('t') ?? []) {
      if (!kinds.includes(type)) throw new Failure(`unknown namespace type: ${type}`)
    }
    const types = parsed.given.get('t')
    const only = value('p')
    if (only !== undefined && !/^\d+$/.test(only)) throw new Failure(`invalid PID argument: '${only}'`)
    const wanted = operands[0]
    if (wanted !== undefined && !/^\d+$/.test(wanted)) throw new Failure(`invalid namespace argument: '${wanted}'`)
    const names = columnNames(value('o'), has('output-all'), types)
    const found = yield* findNamespaces(system)
    const chosen = found.filter(
      (row) =>
        (types === undefined || types.includes(row.type)) &&
        (wanted === undefined || String(row.inode) === wanted) &&
        (only === undefined || row.processes.some(({ pid }) => String(pid) === only)),
    )
    if (wanted !== undefined && chosen.length === 0) throw new Failure(`not found namespace: ${wanted}`)
    if (chosen.length === 0) return 0
    const { users } = yield* readNameTables(system)
    if (has('J')) {
      yield* writeOut(system, jsonText(chosen, names, users))
      return 0
    }
    const flat = has('l') || has('r')
    const rows = flat ? chosen.map((row) => ({ row, tree: '' })) : treeOf(chosen)
    const table = rows.map(({ row, tree }) =>
      names.map((name) => (name === 'COMMAND' ? tree : '') + (columns[name]?.value(row, users) ?? '')),
    )
    yield* writeOut(system, layOut(has('n') ? table : [names, ...table], names, has('r')))
    return 0
  },
)

/** @throws Failure */
function columnNames(given: string | undefined, all: boolean, types: readonly string[] | undefined): string[] {
  if (all)
    return ['NS', 'TYPE', 'PATH', 'NPROCS', 'PID', 'PPID', 'COMMAND', 'UID', 'USER', 'NETNSID', 'NSFS', 'PNS', 'ONS']
  const plain = [
    'NS',
    'TYPE',
    'NPROCS',
    'PID',
    'USER',
    ...(types?.includes('net') ? ['NETNSID', 'NSFS'] : []),
    'COMMAND',
  ]
  if (given === undefined) return plain
  const names = given
    .replace(/^\+/, '')
    .split(',')
    .map((name) => name.trim())
  const unknown = names.find((name) => !columns[name.toUpperCase()])
  if (unknown !== undefined) throw new Failure(`unknown column: ${unknown}`)
  return [...(given.startsWith('+') ? plain : []), ...names.map((name) => name.toUpperCase())]
}

/** A namespace whose first process is a child of another's first process stands below it. */
function treeOf(rows: readonly Row[]): { row: Row; tree: string }[] {
  const shown: { row: Row; tree: string }[] = []
  const placed = new Set<Row>()
  const parentOf = (row: Row) =>
    rows.find((each) => each !== row && first(each) !== undefined && first(each)?.pid === first(row)?.ppid)
  const add = (row: Row, above: string, branch: string, isLast: boolean) => {
    placed.add(row)
    shown.push({ row, tree: above + branch })
    const below = rows.filter((each) => !placed.has(each) && parentOf(each) === row)
    const indent = branch === '' ? above : above + (isLast ? '  ' : '│ ')
    for (const each of below) add(each, indent, each === below.at(-1) ? '└─' : '├─', each === below.at(-1))
  }
  for (const row of rows) if (!placed.has(row) && parentOf(row) === undefined) add(row, '', '', true)
  for (const row of rows) if (!placed.has(row)) add(row, '', '', true)
  return shown
}

function jsonText(rows: readonly Row[], names: readonly string[], users: ReadonlyMap<number, string>): string {
  const objects = rows.map((row) => {
    const fields = names.map((name) => {
      const text = columns[name]?.value(row, users) ?? ''
      const isNumber = ['NS', 'NPROCS', 'PID', 'PPID', 'UID', 'PNS', 'ONS'].includes(name)
      return `         ${JSON.stringify(name.toLowerCase())}: ${isNumber ? text || 'null' : text === '' ? 'null' : JSON.stringify(text)}`
    })
    return `      {\n${fields.join(',\n')}\n      }`
  })
  return `{\n   "namespaces": [\n${objects.join(',')}\n   ]\n}\n`
}

function layOut(table: readonly string[][], names: readonly string[], raw: boolean): string {
  const widths = names.map((_name, index) => Math.max(...table.map((row) => row[index]?.length ?? 0)))
  const lines = table.map((row) =>
    raw
      ? row.map((cell) => cell.replaceAll(' ', '\\x20')).join(' ')
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
