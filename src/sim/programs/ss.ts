// ss(8) of iproute2: the sockets of the network namespace that it runs in.
import type { Main, SocketRecord } from '../kernel/system.ts'
import { getopt, OptionError, type OptionRow } from './getopt.ts'
import { portName, portNumber } from './services.ts'
import { type SocketOwner, socketOwners } from './socket-owners.ts'
import { writeError, writeOut } from './stdio.ts'

const options: readonly OptionRow[] = [
  { names: ['n', 'numeric'] },
  { names: ['r', 'resolve'] },
  { names: ['a', 'all'] },
  { names: ['l', 'listening'] },
  { names: ['o', 'options'] },
  { names: ['e', 'extended'] },
  { names: ['m', 'memory'] },
  { names: ['p', 'processes'] },
  { names: ['i', 'info'] },
  { names: ['s', 'summary'] },
  { names: ['t', 'tcp'] },
  { names: ['u', 'udp'] },
  { names: ['w', 'raw'] },
  { names: ['x', 'unix'] },
  { names: ['4', 'ipv4'] },
  { names: ['6', 'ipv6'] },
  { names: ['0', 'packet'] },
  { names: ['H', 'no-header'] },
  { names: ['O', 'oneline'] },
  { names: ['f', 'family'], value: 'required' },
  { names: ['A', 'query', 'socket'], value: 'required' },
  { names: ['h', 'help'] },
  { names: ['V', 'version'] },
]

const usage = `Usage: ss [ OPTIONS ]
       ss [ OPTIONS ] [ FILTER ]
   -h, --help          this message
   -V, --version       output version information
   -n, --numeric       don't resolve service names
   -a, --all           display all sockets
   -l, --listening     display listening sockets
   -e, --extended      show detailed socket information
   -p, --processes     show process using socket
   -s, --summary       show socket usage summary
   -4, --ipv4          display only IP version 4 sockets
   -6, --ipv6          display only IP version 6 sockets
   -t, --tcp           display only TCP sockets
   -u, --udp           display only UDP sockets
   -w, --raw           display only RAW sockets
   -x, --unix          display only Unix domain sockets
   -f, --family=FAMILY display sockets of type FAMILY
   -H, --no-header     Suppress header line
   -A, --query=QUERY, --socket=QUERY
       FILTER := [ state STATE-FILTER ] [ EXPRESSION ]
`

type Protocol = SocketRecord['protocol']

interface Request {
  readonly protocols: ReadonlySet<Protocol>
  readonly families: ReadonlySet<4 | 6>
  readonly states: ReadonlySet<string> | 'all' | 'connected'
  readonly matches: (socket: SocketRecord) => boolean
  readonly has: (option: string) => boolean
}

class SsError extends Error {
  /** usage: with the usage after it; line: alone; plain: without the name before it; address: as of a bad address. */
  readonly kind: 'usage' | 'line' | 'plain' | 'address'

  constructor(message: string, kind: SsError['kind'] = 'usage') {
    super(message)
    this.kind = kind
  }
}

/** @param processColumn whether the column of processes is there when nobody asked for it, as before iproute2 6.2 */
export const ssMain = (processColumn: boolean, version: string): Main =>
  function* ss(system, argv) {
    let request: Request
    try {
      const { given, operands } = getopt(argv, options)
      if (given.has('h')) {
        yield* writeOut(system, usage)
        return 0
      }
      if (given.has('V')) {
        yield* writeOut(system, `ss utility, iproute2-${version}\n`)
        return 0
      }
      request = read(given, operands)
    } catch (error) {
      if (!(error instanceof OptionError || error instanceof SsError)) throw error
      const kind = error instanceof SsError ? error.kind : 'usage'
      if (kind === 'address') {
        yield* writeError(system, `Error: ${error.message}\nCannot parse dst/src address.\n`)
        return 1
      }
      yield* writeError(system, `${kind === 'plain' ? '' : 'ss: '}${error.message}\n${kind === 'usage' ? usage : ''}`)
      return 255
    }
    const { sockets } = yield* system.rtnetlink({ type: 'SOCK_DIAG_BY_FAMILY' })
    if (request.has('s')) {
      yield* writeOut(system, summary(sockets))
      return 0
    }
    const shown = order.flatMap((protocol) =>
      sockets.filter((socket) => socket.protocol === protocol && isShown(request, socket)),
    )
    const owners = request.has('p') ? yield* socketOwners(system) : undefined
    yield* writeOut(system, table(request, shown, owners, processColumn))
    return 0
  }

/** Netids in the order in which their tables are read. */
const order: readonly Protocol[] = ['unix', 'udp', 'tcp']

const queries: Readonly<Record<string, readonly Protocol[]>> = {
  all: ['tcp', 'udp', 'unix'],
  inet: ['tcp', 'udp'],
  raw: [],
  tcp: ['tcp'],
  udp: ['udp'],
  unix: ['unix'],
  unix_stream: ['unix'],
  packet: [],
  netlink: [],
}

function read(given: ReadonlyMap<string, readonly string[]>, operands: readonly string[]): Request {
  const has = (option: string) => given.has(option)
  const protocols = new Set<Protocol>()
  if (has('t')) protocols.add('tcp')
  if (has('u')) protocols.add('udp')
  if (has('x')) protocols.add('unix')
  for (const word of (given.get('A') ?? []).flatMap((list) => list.split(','))) {
    const found = queries[word]
    if (found === undefined) throw new SsError(`"${word}" is illegal socket table id`)
    for (const each of found) protocols.add(each)
  }
  const families = new Set<4 | 6>([...(has('4') ? [4 as const] : []), ...(has('6') ? [6 as const] : [])])
  for (const word of given.get('f') ?? []) {
    if (word === 'inet') families.add(4)
    else if (word === 'inet6') families.add(6)
    else if (word === 'unix') protocols.add('unix')
    else if (!['link', 'netlink', 'vsock', 'tipc', 'xdp'].includes(word))
      throw new SsError(`"${word}" is invalid family`)
  }
  const only =
    has('w') || has('0') ? [] : families.size > 0 ? (['tcp', 'udp'] as const) : (['tcp', 'udp', 'unix'] as const)
  if (protocols.size === 0) for (const each of only) protocols.add(each)
  const { states, matches } = readFilter(operands)
  const byOption = has('a') ? 'all' : has('l') ? new Set(['LISTEN', 'UNCONN']) : 'connected'
  return { protocols, families, states: states ?? byOption, matches, has }
}

const stateNames: Readonly<Record<string, Request['states']>> = {
  all: 'all',
  connected: 'connected',
  synchronized: 'connected',
  established: new Set(['ESTAB']),
  listening: new Set(['LISTEN']),
  listen: new Set(['LISTEN']),
  closed: new Set(['UNCONN']),
  unconnected: new Set(['UNCONN']),
  bucket: new Set(),
  big: 'all',
  ...Object.fromEntries(
    ['syn-sent', 'syn-recv', 'fin-wait-1', 'fin-wait-2', 'time-wait', 'close-wait', 'last-ack', 'closing'].map(
      (name) => [name, new Set<string>()],
    ),
  ),
}

/** `state NAME`, then `sport = :80` and the like, joined by `and`. @throws SsError */
function readFilter(operands: readonly string[]): {
  states: Request['states'] | undefined
  matches: Request['matches']
} {
  const words = operands.flatMap((operand) => operand.replace(/[()]/g, ' ').split(/\s+/)).filter((word) => word !== '')
  let states: Request['states'] | undefined
  while (words[0] === 'state' || words[0] === 'exclude') {
    words.shift()
    const name = words.shift()
    if (name === undefined) throw new SsError('Command line is not complete. Try option "help"', 'plain')
    const found = stateNames[name]
    if (found === undefined) throw new SsError(`wrong state name: ${name}`, 'line')
    states = found
  }
  const tests: Request['matches'][] = []
  while (words.length > 0) {
    const word = words.shift() ?? ''
    if (word === 'and' || word === '&&' || word === '&') continue
    const bad = new SsError('bison bellows (while parsing filter): "syntax error!" Sorry.')
    if (word === 'sport' || word === 'dport') {
      const operator = /^(=|==|eq)$/.test(words[0] ?? '') ? words.shift() : undefined
      if (operator === undefined) throw bad
      const given = words.shift()
      if (given === undefined) throw bad
      const port = portNumber(given.replace(/^.*:/, ''))
      if (port === undefined) throw new SsError(`"${given}" does not look like a port.`, 'address')
      tests.push((socket) => (word === 'sport' ? socket.local.port : socket.remote.port) === port)
    } else if (word === 'src' || word === 'dst') {
      const [address = '', port] = (words.shift() ?? '').split(':')
      tests.push((socket) => {
        const end = word === 'src' ? socket.local : socket.remote
        return (address === '' || end.address === address) && (port === undefined || String(end.port) === port)
      })
    } else if (word === 'sport' || /^[(!]/.test(word)) throw bad
    else throw new SsError(`an inet prefix is expected rather than "${word}".`, 'address')
  }
  return { states, matches: (socket) => tests.every((test) => test(socket)) }
}

function isShown({ protocols, families, states, matches }: Request, socket: SocketRecord): boolean {
  if (!protocols.has(socket.protocol) || !matches(socket)) return false
  const family = socket.local.address.includes(':') && socket.protocol !== 'unix' ? 6 : 4
  if (families.size > 0 && (socket.protocol === 'unix' || !families.has(family))) return false
  if (states === 'all') return true
  const connected = socket.state === 'ESTAB' || (socket.protocol === 'udp' && socket.remote.port > 0)
  return states === 'connected' ? connected : states.has(socket.state) && !(states.has('UNCONN') && connected)
}

interface Column {
  readonly title: string
  readonly right: boolean
  /** What stands before it. */
  readonly before: string
}

const columns: readonly Column[] = [
  { title: 'Netid', right: false, before: '' },
  { title: 'State', right: false, before: ' ' },
  { title: 'Recv-Q', right: false, before: ' ' },
  { title: 'Send-Q', right: false, before: ' ' },
  { title: 'Local Address:', right: true, before: ' ' },
  { title: 'Port', right: false, before: '' },
  { title: 'Peer Address:', right: true, before: ' ' },
  { title: 'Port', right: false, before: '' },
  { title: 'Process', right: false, before: '' },
]

function table(
  request: Request,
  sockets: readonly SocketRecord[],
  owners: ReadonlyMap<number, readonly SocketOwner[]> | undefined,
  processColumn: boolean,
): string {
  const { protocols, states, has } = request
  const several = protocols.size > 1
  const withState = several || states === 'all' || states === 'connected' || states.size !== 1 || protocols.has('unix')
  const withProcess = owners !== undefined || has('e') || has('o') || processColumn
  const shown = columns.filter(
    (_column, at) => (at > 0 || several || protocols.has('unix')) && (at !== 1 || withState) && (at < 8 || withProcess),
  )
  const cells = sockets.map((socket) => {
    const all = cellsOf(request, socket, owners)
    return shown.map((column) => all[columns.indexOf(column)] ?? '')
  })
  const titles = has('H') ? [] : [shown.map(({ title }) => title)]
  const all = [...titles, ...cells]
  const widths = shown.map((_column, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  return all
    .map((row) => {
      const line = row.map((cell, at) => {
        const { right, before } = shown[at] ?? { right: false, before: '' }
        const width = widths[at] ?? 0
        return (at === 0 ? '' : before) + (right ? cell.padStart(width) : cell.padEnd(width))
      })
      return `${line.join('')}\n`
    })
    .join('')
}

function cellsOf(
  { has }: Request,
  socket: SocketRecord,
  owners: ReadonlyMap<number, readonly SocketOwner[]> | undefined,
): string[] {
  const { protocol, state, receiveQueue, sendQueue, local, remote, inode, peerInode, uid } = socket
  const port = (number: number) => (number === 0 ? '*' : has('n') ? String(number) : portName(number))
  const isAny6 = local.address === '::'
  const own = isAny6 ? '*' : local.address
  const peer = remote.port === 0 && isAny6 ? '*' : remote.address
  const users = (owners?.get(inode) ?? []).map(({ process, fd }) => `("${process.comm}",pid=${process.pid},fd=${fd})`)
  const details = [
    ...(users.length > 0 ? [`users:(${users.join(',')})`] : []),
    ...(has('e') ? [...(uid > 0 ? [`uid:${uid}`] : []), `ino:${inode}`, 'sk:1', '<->'] : []),
  ].join(' ')
  const process = details === '' ? '' : ` ${details}`
  const queues = [receiveQueue, sendQueue].map((number) => String(number).padEnd(6))
  if (protocol === 'unix') {
    const path = local.address === '' || local.address === '0.0.0.0' ? '*' : local.address
    return ['u_str', state, ...queues, `${path} `, String(inode), '* ', String(peerInode), process]
  }
  const shownState = protocol === 'udp' && remote.port > 0 ? 'ESTAB' : state
  return [protocol, shownState, ...queues, `${own}:`, port(local.port), `${peer}:`, port(remote.port), process]
}

function summary(sockets: readonly SocketRecord[]): string {
  const of = (protocol: Protocol, six?: boolean) =>
    sockets.filter(
      (each) => each.protocol === protocol && (six === undefined || each.local.address.includes(':') === six),
    )
  const row = (name: string, ...protocols: readonly Protocol[]) => {
    const count = (six?: boolean) => protocols.reduce((sum, protocol) => sum + of(protocol, six).length, 0)
    return `${name}\t  ${[count(), count(false), count(true)].map((number) => String(number).padEnd(9)).join(' ')}\n`
  }
  const established = of('tcp').filter(({ state }) => state === 'ESTAB').length
  return [
    `Total: ${sockets.length}\nTCP:   ${of('tcp').length} (estab ${established}, closed 0, orphaned 0, timewait 0)\n\n`,
    'Transport Total     IP        IPv6\n',
    row('RAW'),
    row('UDP', 'udp'),
    row('TCP', 'tcp'),
    row('INET', 'tcp', 'udp'),
    row('FRAG'),
    '\n',
  ].join('')
}
