// /proc/PID/maps and what else tells of memory, proc_pid_maps(5): a program's segments as the loader would lay them out.
import type { Process } from './process.ts'
import { stackSize } from './program-memory.ts'
import { hasMemory } from './procfs-status.ts'

/** Addresses of a process's parts. They are the same in all: there is no randomization. */
export interface Layout {
  readonly code: bigint
  readonly data: bigint
  readonly heap: bigint
  /** Where libc is mapped; unused by a static program. */
  readonly library: bigint
  readonly stack: bigint
  /** As start_stack of /proc/PID/stat. */
  readonly stackPointer: bigint
  readonly arguments: bigint
}

const stackEnd = 0x7ffe_4a3c_8000n
const stack = { stack: stackEnd - BigInt(stackSize), stackPointer: stackEnd - 0x1e30n, arguments: stackEnd - 0x11d6n }

export const positionIndependent: Layout = {
  code: 0x55ce_e1f0_2000n,
  data: 0x55ce_e1f0_b000n,
  heap: 0x55ce_f2c8_1000n,
  library: 0x7f3c_9d80_0000n,
  ...stack,
}

export const linkedToPlace: Layout = {
  code: 0x40_1000n,
  data: 0x5d_b6e8n,
  heap: 0x0a3e_e000n,
  library: 0n,
  ...stack,
}

export function layoutOf(process: Process): Layout {
  return process.memory.dynamic ? positionIndependent : linkedToPlace
}

interface Segment {
  readonly start: bigint
  readonly size: number
  readonly permissions: string
  readonly offset: number
  /** Path of the file, or a name in brackets, or none. */
  readonly name: string
}

const page = 4096
const libc = '/usr/lib/x86_64-linux-gnu/libc.so.6'
const loader = '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'

/** Segments of an ELF file, one after the other: sizes of headers, text, read-only data, relocated data, data. */
function fileSegments(start: bigint, name: string, sizes: readonly number[]): Segment[] {
  const permissions = ['r--p', 'r-xp', 'r--p', 'r--p', 'rw-p']
  let at = 0
  return sizes.map((size, index) => {
    const segment = { start: start + BigInt(at), size, permissions: permissions[index] ?? 'r--p', offset: at, name }
    at += size
    return segment
  })
}

function segmentsOf(process: Process): Segment[] {
  if (!hasMemory(process)) return []
  const layout = layoutOf(process)
  const { text, library, data, dynamic, virtual } = process.memory
  const file = process.executing.path ?? ''
  const heapSize = Math.min(data, 33 * page)
  const own = dynamic
    ? fileSegments(layout.code - 0x2000n, file, [2 * page, text, 3 * page, page, page])
    : fileSegments(layout.code - 0x1000n, file, [page, text, 152 * page, 7 * page, 3 * page])
  const heap = { start: layout.heap, size: heapSize, permissions: 'rw-p', offset: 0, name: '[heap]' }
  const end = [
    { start: stackEnd + 0x2_3000n, size: 4 * page, permissions: 'r--p', offset: 0, name: '[vvar]' },
    { start: stackEnd + 0x2_7000n, size: 2 * page, permissions: 'r--p', offset: 0, name: '[vvar_vclock]' },
    { start: stackEnd + 0x2_9000n, size: 2 * page, permissions: 'r-xp', offset: 0, name: '[vdso]' },
    { start: 0xffff_ffff_ff60_0000n, size: page, permissions: '--xp', offset: 0, name: '[vsyscall]' },
  ]
  const stackSegment = { start: layout.stack, size: stackSize, permissions: 'rw-p', offset: 0, name: '[stack]' }
  if (!dynamic) return [...own, heap, stackSegment, ...end]
  const libraryText = Math.max(page, library - 38 * page)
  const shared = [
    ...fileSegments(layout.library, libc, [38 * page, libraryText, 83 * page, 4 * page, 2 * page]),
    ...fileSegments(layout.library + 0x40_0000n, loader, [page, 38 * page, 10 * page, 2 * page, 2 * page]),
  ]
  const known = [...own, heap, ...shared, stackSegment].reduce((sum, { size }) => sum + size, 0)
  const rest = Math.max(page, Math.floor((virtual - known) / page) * page)
  const anonymous = {
    start: layout.library - BigInt(rest) - 0x1000n,
    size: rest,
    permissions: 'rw-p',
    offset: 0,
    name: '',
  }
  return [...own, heap, anonymous, ...shared, stackSegment, ...end]
}

const hex = (number: bigint | number, digits: number) => number.toString(16).padStart(digits, '0')

function segmentLine(process: Process, { start, size, permissions, offset, name }: Segment): string {
  const isFile = name.startsWith('/')
  const { inode } = process.executing
  const device = isFile && inode ? `${hex(inode.device >> 8, 2)}:${hex(inode.device & 0xff, 2)}` : '00:00'
  const ino = isFile ? (name === process.executing.path ? (inode?.ino ?? 0) : 339_380) : 0
  const place = `${hex(start, 8)}-${hex(start + BigInt(size), 8)} ${permissions} ${hex(offset, 8)} ${device} ${ino}`
  return name === '' ? `${place} \n` : `${`${place} `.padEnd(73)}${name}\n`
}

export function mapsText(process: Process): string {
  return segmentsOf(process)
    .map((segment) => segmentLine(process, segment))
    .join('')
}

export function numaMapsText(process: Process): string {
  return segmentsOf(process)
    .filter(({ name }) => !name.startsWith('[v'))
    .map(({ start, size, name, permissions }) => {
      const pages = size / page
      const what = name.startsWith('/') ? `file=${name}` : name.replace(/\W/g, '')
      const use = permissions.startsWith('rw') ? `anon=${pages} dirty=${pages} active=0` : `mapped=${pages}`
      return `${hex(start, 8)} default ${what === '' ? '' : `${what} `}${use} N0=${pages} kernelpagesize_kB=4\n`
    })
    .join('')
}

interface Use {
  readonly size: number
  readonly resident: number
  readonly anonymous: number
}

/** The rows of smaps(5), in KiB; `whole` is the rollup, which has no size and no page sizes. */
function useRows({ size, resident, anonymous }: Use, whole: boolean): string {
  const file = resident - anonymous
  const head = whole
    ? []
    : [
        ['Size', size],
        ['KernelPageSize', page],
        ['MMUPageSize', page],
      ]
  const rows = [
    ...head,
    ['Rss', resident],
    ['Pss', anonymous + Math.floor(file / 8 / 1024) * 1024],
    ['Pss_Dirty', anonymous],
    ...(whole
      ? [
          ['Pss_Anon', anonymous],
          ['Pss_File', Math.floor(file / 8 / 1024) * 1024],
          ['Pss_Shmem', 0],
        ]
      : []),
    ['Shared_Clean', file],
    ['Shared_Dirty', 0],
    ['Private_Clean', 0],
    ['Private_Dirty', anonymous],
    ['Referenced', resident],
    ['Anonymous', anonymous],
    ...['KSM', 'LazyFree', 'AnonHugePages', 'ShmemPmdMapped', 'FilePmdMapped'].map((name) => [name, 0]),
    ...['Shared_Hugetlb', 'Private_Hugetlb', 'Swap', 'SwapPss', 'Locked'].map((name) => [name, 0]),
  ]
  return rows
    .map(([name, bytes]) => `${`${name}:`.padEnd(16)}${String(Math.floor(Number(bytes) / 1024)).padStart(8)} kB\n`)
    .join('')
}

const flagNames: Readonly<Record<string, string>> = {
  'r--p': 'rd mr mw me sd',
  'r-xp': 'rd ex mr mw me sd',
  'rw-p': 'rd wr mr mw me ac sd',
  '--xp': 'ex',
}

/** What of a segment is in memory: the share that the whole process has. */
function useOf(process: Process, { size, permissions, name }: Segment): Use {
  const { virtual, resident, anonymous, data } = process.memory
  if (name.startsWith('[v')) return { size, resident: name === '[vdso]' ? page : 0, anonymous: 0 }
  const pagesOf = (bytes: number) => Math.min(size, Math.floor(bytes / page) * page)
  if (permissions === 'rw-p') {
    const part = pagesOf((size / (data + stackSize)) * anonymous)
    return { size, resident: part, anonymous: part }
  }
  return { size, resident: pagesOf((size / (virtual - data)) * (resident - anonymous)), anonymous: 0 }
}

export function smapsText(process: Process): string {
  return segmentsOf(process)
    .map((segment) => {
      const flags = flagNames[segment.permissions] ?? ''
      const rows = useRows(useOf(process, segment), false)
      return `${segmentLine(process, segment)}${rows}THPeligible:           0\nProtectionKey:         0\nVmFlags: ${flags} \n`
    })
    .join('')
}

export function smapsRollupText(process: Process): string {
  const [first] = segmentsOf(process)
  if (first === undefined) return ''
  const { virtual: size, resident, anonymous } = process.memory
  const place = `${hex(first.start, 8)}-${hex(stackEnd, 8)} ---p 00000000 00:00 0 `
  return `${place.padEnd(73)}[rollup]\n${useRows({ size, resident, anonymous }, true)}`
}
