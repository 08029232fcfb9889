// netstat of busybox and ss(8): the sockets of the network namespace they run in.
import type { Main, SocketRecord } from '../kernel/system.ts'
import { writeOut } from './stdio.ts'

interface Shown {
  tcp: boolean
  udp: boolean
  listening: boolean
  all: boolean
}

function parse(argv: readonly string[]): Shown {
  const letters = argv.slice(1).join('')
  const tcp = letters.includes('t')
  const udp = letters.includes('u')
  const both = !tcp && !udp
  return { tcp: tcp || both, udp: udp || both, listening: letters.includes('l'), all: letters.includes('a') }
}

function select(sockets: readonly SocketRecord[], shown: Shown): SocketRecord[] {
  return sockets.filter((socket) => {
    if (socket.protocol === 'unix' || (socket.protocol === 'tcp' ? !shown.tcp : !shown.udp)) return false
    const listens = socket.state === 'LISTEN' || socket.state === 'UNCONN'
    return shown.all || (shown.listening ? listens : !listens)
  })
}

/** The other end of a socket that has none: any address, `*` for the port. */
function endpoint(socket: SocketRecord, side: 'local' | 'remote'): string {
  const { address, port } = socket[side]
  const shown = side === 'remote' && port === 0 && socket.local.address === '::' ? '::' : address
  return `${shown}:${port === 0 ? '*' : port}`
}

const stateNames: Readonly<Record<string, string>> = { LISTEN: 'LISTEN', ESTAB: 'ESTABLISHED', UNCONN: '' }

export const netstat: Main = function* netstat(system, argv) {
  const shown = parse(argv)
  const { sockets } = yield* system.rtnetlink({ type: 'SOCK_DIAG_BY_FAMILY' })
  const which = shown.all ? 'servers and established' : shown.listening ? 'only servers' : 'w/o servers'
  let text = `Active Internet connections (${which})\n`
  text += 'Proto Recv-Q Send-Q Local Address           Foreign Address         State       \n'
  for (const socket of select(sockets, shown)) {
    // A server's queues are 0 in busybox's table: /proc/net/tcp shows the accept queue elsewhere.
    const queues = [socket.state === 'LISTEN' ? 0 : socket.receiveQueue, 0]
      .map((each) => String(each).padStart(6))
      .join(' ')
    const ends = `${endpoint(socket, 'local').padEnd(23)} ${endpoint(socket, 'remote').padEnd(23)}`
    text +=
      `${socket.protocol.padEnd(5)} ${queues} ${ends} ${(stateNames[socket.state] ?? socket.state).padEnd(12)}\n`.replace(
        /^(\S+ *) {1}/,
        '$1 ',
      )
  }
  yield* writeOut(system, text)
  return 0
}

export const ss: Main = function* ss(system, argv) {
  const shown = parse(argv)
  const { sockets } = yield* system.rtnetlink({ type: 'SOCK_DIAG_BY_FAMILY' })
  const rows = select(sockets, shown).map((socket) => {
    const star = (text: string) => text.replace(/^:::/, '*:')
    const queue = [String(socket.receiveQueue), String(socket.sendQueue)]
    return [socket.state, ...queue, star(endpoint(socket, 'local')), star(endpoint(socket, 'remote'))]
  })
  const header = ['State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port']
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const print = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join(' ')
  yield* writeOut(system, [header, ...rows].map((row) => `${print(row)}\n`).join(''))
  return 0
}
