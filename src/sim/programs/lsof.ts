// lsof(8): open files of processes, in its plain table; the usual selections.
import {
  type Main,
  type Program,
  type SocketRecord,
  type Stat,
  SystemCallError,
  type System,
} from '../kernel/system.ts'
import { getopt, OptionError, type OptionRow } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { portName, portNumber } from './services.ts'
import { descriptors } from './socket-owners.ts'
import { readText, writeError, writeOut } from './stdio.ts'
import { attempt } from './utility.ts'

const options: readonly OptionRow[] = [
  ...['n', 'P', 't', 'a', 'U', 'w', 'l', 'R', 'b', 'h', 'v'].map((name) => ({ names: [name] })),
  ...['p', 'u', 'c', 'd', 's'].map((name) => ({ names: [name], value: 'required' as const })),
  { names: ['i'], value: 'optional' },
]

const usage = ` usage: [-?abhKlnNoOPRtUvVX] [+|-c c] [+|-d s] [+D D] [+|-E] [+|-e s] [+|-f[gG]]
 [-F [f]] [-g [s]] [-i [i]] [+|-L [l]] [+m [m]] [+|-M] [-o [o]] [-p s]
 [+|-r [t]] [-s [p:s]] [-S [t]] [-T [t]] [-u s] [+|-w] [-x [fl]] [--] [names]
Use the \`\`-h'' option to get more help information.
`

interface OpenRecord {
  readonly process: ProcessRecord
  readonly fd: string
  readonly type: string
  readonly device: string
  readonly size: string
  readonly node: string
  readonly name: string
  readonly socket?: SocketRecord
  readonly path?: string
}

export const lsof: Main = function* lsof(system, argv) {
  let parsed: ReturnType<typeof getopt>
  try {
    parsed = getopt(joinInternet(argv), options)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    const letter = /'(.)'$/.exec(error.message)?.[1] ?? ''
    yield* writeError(system, `lsof: illegal option character: ${letter}\nlsof 4.99.4\n${usage}`)
    return 1
  }
  const { given, operands } = parsed
  const has = (option: string) => given.has(option)
  const list = (option: string) => given.get(option)?.flatMap((text) => text.split(','))
  for (const path of operands) {
    const there = yield* attempt(system.stat(path))
    if (there instanceof SystemCallError) {
      yield* writeError(system, `lsof: status error on ${path}: ${there.message}\n`)
      return 1
    }
  }
  const { sockets } = yield* system.rtnetlink({ type: 'SOCK_DIAG_BY_FAMILY' })
  const { users } = yield* readNameTables(system)
  const numeric = { hosts: has('n'), ports: has('P') }
  const tests: ((record: OpenRecord) => boolean)[] = []
  const pids = list('p')
  if (pids !== undefined) tests.push(({ process }) => pids.includes(String(process.pid)))
  const names = list('c')
  if (names !== undefined) tests.push(({ process }) => names.some((name) => process.comm.startsWith(name)))
  const owners = list('u')
  if (owners !== undefined) {
    tests.push(({ process }) =>
      owners.some((each) => each === String(process.euid) || each === users.get(process.euid)),
    )
  }
  const fds = list('d')
  if (fds !== undefined) tests.push(({ fd }) => fds.some((each) => each === fd.replace(/[a-z]$/, '') || each === fd))
  if (has('U')) tests.push(({ type }) => type === 'unix')
  if (has('i')) {
    const wanted = (given.get('i') ?? []).map(internetTest)
    tests.push(
      ({ socket }) => socket !== undefined && socket.protocol !== 'unix' && wanted.some((test) => test(socket)),
    )
  }
  if (operands.length > 0) tests.push(({ path }) => path !== undefined && operands.includes(path))
  const state = given.get('s')?.at(-1)?.replace(/^TCP:/, '')
  const records: OpenRecord[] = []
  for (const process of yield* readProcesses(system))
    records.push(...(yield* openFiles(system, process, sockets, numeric)))
  const chosen = records.filter((record) => {
    const matched =
      tests.length === 0 || (has('a') ? tests.every((test) => test(record)) : tests.some((test) => test(record)))
    return matched && (state === undefined || record.name.endsWith(`(${state})`))
  })
  if (chosen.length === 0) return 1
  if (has('t')) {
    const numbers = new Set(chosen.map(({ process }) => process.pid))
    yield* writeOut(system, [...numbers].map((pid) => `${pid}\n`).join(''))
    return 0
  }
  yield* writeOut(
    system,
    table(chosen, (uid) => (has('l') ? String(uid) : (users.get(uid) ?? String(uid)))),
  )
  return 0
}

/** `-i :80` is one option: its value may be the next word. */
function joinInternet(argv: readonly string[]): readonly string[] {
  const words: string[] = []
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    const next = argv[at + 1]
    if (/^-[A-Za-z]*i$/.test(word) && next !== undefined && /^(:|@|[46]$|[46]?(tcp|udp))/i.test(next)) {
      words.push(word + next)
      at++
    } else words.push(word)
  }
  return words
}

/** `[46][protocol][@host][:port]` */
function internetTest(text: string): (socket: SocketRecord) => boolean {
  const match = /^([46])?(tcp|udp)?(?:@([^:]+))?(?::(.+))?$/i.exec(text)
  const [, family, protocol, host, port] = match ?? []
  const ports = port?.split(',').map((word) => portNumber(word))
  return (socket) => {
    const six = socket.local.address.includes(':')
    if (family !== undefined && (family === '6') !== six) return false
    if (protocol !== undefined && socket.protocol !== protocol.toLowerCase()) return false
    const ends = [socket.local, socket.remote]
    if (host !== undefined && !ends.some(({ address }) => address === host)) return false
    return ports === undefined || ends.some((end) => ports.includes(end.port))
  }
}

const typeNames: Readonly<Record<Stat['type'], string>> = {
  regular: 'REG',
  directory: 'DIR',
  character: 'CHR',
  block: 'BLK',
  fifo: 'FIFO',
  socket: 'sock',
  symlink: 'LINK',
}

function* openFiles(
  system: System,
  process: ProcessRecord,
  sockets: readonly SocketRecord[],
  numeric: { readonly hosts: boolean; readonly ports: boolean },
): Program<OpenRecord[]> {
  const records: OpenRecord[] = []
  for (const [fd, link] of [
    ['cwd', 'cwd'],
    ['rtd', 'root'],
    ['txt', 'exe'],
  ] as const) {
    const target = yield* attempt(system.readlink(`/proc/${process.pid}/${link}`))
    if (target instanceof SystemCallError) continue
    const there = yield* attempt(system.stat(`/proc/${process.pid}/${link}`))
    if (!(there instanceof SystemCallError)) records.push(fileRecord(process, fd, there, target))
  }
  for (const { fd, target } of yield* descriptors(system, process.pid)) {
    const flags = /^flags:\s*(\d+)/m.exec(yield* readText(system, `/proc/${process.pid}/fdinfo/${fd}`))?.[1] ?? '0'
    const mode = ['r', 'w', 'u'][Number.parseInt(flags, 8) & 3] ?? 'u'
    const inode = Number(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? Number.NaN)
    if (!Number.isNaN(inode)) {
      records.push(socketRecord(process, `${fd}${mode}`, inode, sockets, numeric))
      continue
    }
    const there = yield* attempt(system.stat(`/proc/${process.pid}/fd/${fd}`))
    if (!(there instanceof SystemCallError)) records.push(fileRecord(process, `${fd}${mode}`, there, target))
  }
  return records
}

function fileRecord(
  process: ProcessRecord,
  fd: string,
  { type, dev, rdev, size, ino }: Stat,
  target: string,
): OpenRecord {
  const special = type === 'character' || type === 'block'
  const device = special ? `${rdev.major},${rdev.minor}` : `${dev >> 8},${dev & 0xff}`
  const shown = special || type === 'fifo' ? '0t0' : String(size)
  const name = target.startsWith('pipe:') ? 'pipe' : target
  return { process, fd, type: typeNames[type], device, size: shown, node: String(ino), name, path: target }
}

const states: Readonly<Record<string, string>> = { LISTEN: 'LISTEN', ESTAB: 'ESTABLISHED', UNCONN: 'CLOSED' }

function socketRecord(
  process: ProcessRecord,
  fd: string,
  inode: number,
  sockets: readonly SocketRecord[],
  numeric: { readonly hosts: boolean; readonly ports: boolean },
): OpenRecord {
  const base = { process, fd, size: '0t0' }
  const socket = sockets.find((each) => each.inode === inode)
  if (socket === undefined) return { ...base, type: 'sock', device: '0,8', node: String(inode), name: 'protocol: TCP' }
  if (socket.protocol === 'unix') {
    const path = socket.local.address === '0.0.0.0' || socket.local.address === '' ? '' : `${socket.local.address} `
    const state = socket.state === 'ESTAB' ? ' (CONNECTED)' : socket.state === 'LISTEN' ? ' (LISTEN)' : ''
    return {
      ...base,
      type: 'unix',
      device: '0x0000000000000000',
      node: String(inode),
      name: `${path}type=STREAM${state}`,
      socket,
    }
  }
  const end = ({ address, port }: SocketRecord['local']) => {
    const any = address === '0.0.0.0' || address === '::'
    const host = any ? '*' : !numeric.hosts && address.startsWith('127.') ? 'localhost' : address
    return `${host}:${numeric.ports ? port : portName(port)}`
  }
  const peer = socket.remote.port > 0 ? `->${end(socket.remote)}` : ''
  const state = socket.protocol === 'tcp' ? `(${states[socket.state] ?? socket.state})` : ''
  return {
    ...base,
    type: socket.local.address.includes(':') ? 'IPv6' : 'IPv4',
    device: String(inode),
    node: socket.protocol.toUpperCase(),
    name: `${end(socket.local)}${peer} ${state}`,
    socket,
  }
}

function table(records: readonly OpenRecord[], userOf: (uid: number) => string): string {
  const rows = records.map(({ process, fd, type, device, size, node, name }) => [
    process.comm.slice(0, 9),
    String(process.pid),
    userOf(process.euid),
    // The number, how it is open, and room for a lock.
    /^\d/.test(fd) ? `${fd.padStart(5)} ` : `${fd.padStart(4)}  `,
    type,
    device,
    size,
    node,
    name,
  ])
  const titles = ['COMMAND', 'PID', 'USER', '  FD  ', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME']
  const all = [titles, ...rows]
  const widths = titles.map((_title, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  return all
    .map((row) => {
      const cells = row.map((cell, at) =>
        at === 0 ? cell.padEnd(widths[0] ?? 0) : at === 8 ? cell : cell.padStart(widths[at] ?? 0),
      )
      return `${cells.join(' ')}\n`
    })
    .join('')
}
