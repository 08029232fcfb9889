// df(1) of the coreutils and of busybox: the mounted file systems and their sizes, from statfs(2).
import { type FileSystemStatistics, type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { type Mounted, readMounts } from './mount-table.ts'
import { writeOut } from './stdio.ts'
import { attempt, type Call, type Family, Failure, utility, warn } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['a', 'all'] },
  { names: ['h', 'human-readable'] },
  { names: ['H', 'si'] },
  { names: ['i', 'inodes'] },
  { names: ['k'] },
  { names: ['m'] },
  { names: ['l', 'local'] },
  { names: ['P', 'portability'] },
  { names: ['T', 'print-type'] },
  { names: ['B', 'block-size'], value: 'required' },
  { names: ['t', 'type'], value: 'required' },
  { names: ['x', 'exclude-type'], value: 'required' },
  { names: ['total'] },
  { names: ['output'], value: 'optional' },
  { names: ['sync'] },
  { names: ['no-sync'] },
]

interface Row extends Mounted {
  readonly sizes: FileSystemStatistics
}

export const dfMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'df',
      options: family === 'gnu' ? options : options.filter(({ names: [name = ''] }) => 'PTkhmaiB'.includes(name)),
      busyboxUsage:
        '[-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...\n\nPrint filesystem usage statistics\n\n\t-P\tPOSIX output format\n\t-k\t1024-byte blocks (default)\n\t-m\t1M-byte blocks\n\t-h\tHuman readable (e.g. 1K 243M 2G)\n\t-T\tPrint filesystem type\n\t-t TYPE\tPrint only mounts of this type\n\t-a\tShow all filesystems\n\t-i\tInodes\n\t-B SIZE\tBlocksize',
    },
    function* df(call) {
      const { system, operands, has, value } = call
      const mounts = yield* readMounts(system)
      let status = 0
      const chosen: Row[] = []
      for (const operand of operands) {
        const found = yield* mountOf(call, operand, mounts)
        if (found === undefined) status = 1
        else chosen.push(found)
      }
      if (operands.length === 0) chosen.push(...(yield* shownMounts(system, mounts, has('a'))))
      const [only, without] = [value('t'), value('x')]
      const rows = chosen.filter(({ type }) => (only === undefined || type === only) && type !== without)
      if (rows.length === 0) {
        if (status === 0) throw new Failure('no file systems processed')
        return 1
      }
      yield* writeOut(system, family === 'gnu' ? gnuTable(call, rows) : busyboxTable(call, rows))
      return status
    },
  )

/** The mount that a path lies in: the last one whose target is the longest prefix. */
function* mountOf(call: Call, operand: string, mounts: readonly Mounted[]): Program<Row | undefined> {
  const { system, family } = call
  const sizes = yield* attempt(system.statfs(operand))
  if (sizes instanceof SystemCallError) {
    yield* warn(call, family === 'gnu' ? `${operand}: ${sizes.message}` : `${operand}: can't find mount point`)
    return undefined
  }
  const { dev } = yield* system.stat(operand)
  let found: Mounted | undefined
  for (const mount of mounts) {
    const there = yield* attempt(system.stat(mount.target))
    if (!(there instanceof SystemCallError) && there.dev === dev) found ??= mount
  }
  return found === undefined ? undefined : { ...found, sizes }
}

function* shownMounts(system: System, mounts: readonly Mounted[], all: boolean): Program<Row[]> {
  const rows: Row[] = []
  const devices = new Set<number>()
  for (const mount of mounts) {
    const sizes = yield* attempt(system.statfs(mount.target))
    const there = yield* attempt(system.stat(mount.target))
    if (sizes instanceof SystemCallError || there instanceof SystemCallError) continue
    if (!all && (sizes.blocks === 0 || devices.has(there.dev))) continue
    devices.add(there.dev)
    rows.push({ ...mount, sizes })
  }
  return rows
}

/** Rounded up, as df does: `33G`, `4.0K`, `0`. */
function human(bytes: number, step: number): string {
  if (bytes === 0) return '0'
  let value = bytes
  for (const unit of ['', 'K', 'M', 'G', 'T', 'P']) {
    if (value < step) {
      if (unit === '') return String(Math.ceil(value))
      const tenths = Math.ceil(value * 10) / 10
      return tenths < 10
        ? `${tenths.toFixed(1)}${unit.replace('K', step === 1000 ? 'k' : 'K')}`
        : `${Math.ceil(value)}${unit}`
    }
    value /= step
  }
  return String(bytes)
}

function percent(used: number, available: number): string {
  return used + available === 0 ? '-' : `${Math.ceil((100 * used) / (used + available))}%`
}

interface Column {
  readonly title: string
  readonly right: boolean
  readonly width: number
  readonly value: (row: Row) => string
}

function columnsOf(call: Call): Column[] {
  const { has, value } = call
  const unit = has('m') ? 1_048_576 : has('B') ? sizeOf(call, value('B') ?? '') : 1024
  const shown = (bytes: number) =>
    has('h') ? human(bytes, 1024) : has('H') ? human(bytes, 1000) : String(Math.ceil(bytes / unit))
  const bytes = (blocks: (sizes: FileSystemStatistics) => number) => (row: Row) =>
    shown(blocks(row.sizes) * row.sizes.blockSize)
  const used = (sizes: FileSystemStatistics) => sizes.blocks - sizes.free
  const right = (title: string, width: number, of: Column['value']): Column => ({
    title,
    right: true,
    width,
    value: of,
  })
  const left = (title: string, width: number, of: Column['value']): Column => ({
    title,
    right: false,
    width,
    value: of,
  })
  const posix = has('P')
  const size =
    has('h') || has('H') ? 'Size' : posix ? '1024-blocks' : unit === 1024 ? '1K-blocks' : `${value('B') ?? '1M'}-blocks`
  const available = has('h') || has('H') ? 'Avail' : 'Available'
  const known: Readonly<Record<string, Column>> = {
    source: left('Filesystem', 14, ({ source }) => source),
    fstype: left('Type', 4, ({ type }) => type),
    size: right(
      size,
      5,
      bytes((sizes) => sizes.blocks),
    ),
    used: right('Used', 5, bytes(used)),
    avail: right(
      available,
      5,
      bytes((sizes) => sizes.available),
    ),
    pcent: right(posix ? 'Capacity' : 'Use%', 4, ({ sizes }) => percent(used(sizes), sizes.available)),
    itotal: right('Inodes', 5, ({ sizes }) => String(sizes.files)),
    iused: right('IUsed', 5, ({ sizes }) => String(sizes.files - sizes.freeFiles)),
    iavail: right('IFree', 5, ({ sizes }) => String(sizes.freeFiles)),
    ipcent: right('IUse%', 4, ({ sizes }) => percent(sizes.files - sizes.freeFiles, sizes.freeFiles)),
    file: left('File', 4, () => '-'),
    target: left('Mounted on', 0, ({ target }) => target),
  }
  const asked = value('output')
  const names = has('output')
    ? asked
      ? asked.split(',')
      : ['source', 'fstype', 'itotal', 'iused', 'iavail', 'ipcent', 'size', 'used', 'avail', 'pcent', 'file', 'target']
    : has('i')
      ? ['source', ...(has('T') ? ['fstype'] : []), 'itotal', 'iused', 'iavail', 'ipcent', 'target']
      : ['source', ...(has('T') ? ['fstype'] : []), 'size', 'used', 'avail', 'pcent', 'target']
  return names.map((name) => {
    const column = known[name]
    if (column === undefined) throw new Failure(`option --output: field ‘${name}’ unknown`, { usage: true })
    return column
  })
}

function sizeOf({ argv }: Call, text: string): number {
  const match = /^(\d*)([KMGT]?)B?$/.exec(text)
  const option = argv.some((word) => word.startsWith('--block-size')) ? '--block-size' : '-B'
  if (match === null || text === '' || match[1] === '0') throw new Failure(`invalid ${option} argument '${text}'`)
  return Number(match[1] || 1) * 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf(match[2] ?? '')
}

function gnuTable(call: Call, rows: readonly Row[]): string {
  const columns = columnsOf(call)
  const total: Row = { source: 'total', target: '-', type: '-', options: '', sizes: sum(rows) }
  const shown = call.has('total') ? [...rows, total] : rows
  const cells = [columns.map(({ title }) => title), ...shown.map((row) => columns.map(({ value }) => value(row)))]
  const widths = columns.map(({ width }, at) => Math.max(width, ...cells.map((row) => row[at]?.length ?? 0)))
  return cells
    .map((row) => {
      const line = row.map((cell, at) => {
        if (columns[at]?.right) return cell.padStart(widths[at] ?? 0)
        return at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)
      })
      return `${line.join(' ')}\n`
    })
    .join('')
}

function sum(rows: readonly Row[]): FileSystemStatistics {
  const add = (key: keyof FileSystemStatistics) => rows.reduce((all, { sizes }) => all + sizes[key], 0)
  return {
    blockSize: 4096,
    blocks: add('blocks'),
    free: add('free'),
    available: add('available'),
    files: add('files'),
    freeFiles: add('freeFiles'),
  }
}

function busyboxTable(call: Call, rows: readonly Row[]): string {
  const { has } = call
  const unit = has('m') ? 1_048_576 : 1024
  const shown = (bytes: number) => (has('h') ? tenth(bytes) : String(Math.floor(bytes / unit)))
  const type = has('T') ? ` ${'Type'.padEnd(10)}` : ''
  const titles = has('i')
    ? [' Inodes', 'Used', 'Available', 'Use%']
    : [
        has('h') ? '     Size' : has('m') ? '1M-blocks' : has('P') ? '1024-blocks' : '1K-blocks',
        'Used',
        'Available',
        has('P') ? 'Capacity' : 'Use%',
      ]
  const [size = '', used = '', available = '', use = ''] = titles
  const head = `${'Filesystem'.padEnd(20)}${type} ${size.padStart(9)} ${used.padStart(9)} ${available.padStart(9)} ${use} Mounted on\n`
  const lines = rows.map(({ source, type: kind, target, sizes }) => {
    const [all, taken, free] = has('i')
      ? [sizes.files, sizes.files - sizes.freeFiles, sizes.freeFiles]
      : [
          sizes.blocks * sizes.blockSize,
          (sizes.blocks - sizes.free) * sizes.blockSize,
          sizes.available * sizes.blockSize,
        ]
    const cells = [all, taken, free].map((number) => (has('i') ? String(number) : shown(number)).padStart(9)).join(' ')
    const share = taken + free === 0 ? 0 : Math.ceil((100 * taken) / (taken + free))
    const name = source.length > 20 ? `${source}\n${' '.repeat(20)}` : source.padEnd(20)
    return `${name}${has('T') ? ` ${kind.padEnd(10)}` : ''} ${cells} ${String(share).padStart(3)}% ${target}\n`
  })
  return head + lines.join('')
}

function tenth(bytes: number): string {
  if (bytes === 0) return '0'
  let value = bytes / 1024
  for (const unit of ['K', 'M', 'G', 'T']) {
    if (value < 1024) return `${value.toFixed(1)}${unit}`
    value /= 1024
  }
  return `${value.toFixed(1)}P`
}
