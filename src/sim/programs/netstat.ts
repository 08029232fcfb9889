// netstat of net-tools and of busybox: sockets, routes and interfaces of the network namespace that it runs in.
import type { LinkRecord, Main, RouteRecord, SocketRecord } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { portName } from './services.ts'
import { type SocketOwner, socketOwners } from './socket-owners.ts'
import { writeOut } from './stdio.ts'
import { type Call, type Family, utility } from './utility.ts'

const busyboxLetters = 'ralentuwxp'
const options: readonly OptionRow[] = [
  { names: ['r', 'route'] },
  { names: ['i', 'interfaces'] },
  { names: ['s', 'statistics'] },
  { names: ['a', 'all'] },
  { names: ['l', 'listening'] },
  { names: ['n', 'numeric'] },
  { names: ['p', 'programs'] },
  { names: ['e', 'extend'] },
  { names: ['t', 'tcp'] },
  { names: ['u', 'udp'] },
  { names: ['w', 'raw'] },
  { names: ['x', 'unix'] },
  { names: ['v', 'verbose'] },
  { names: ['W', 'wide'] },
  { names: ['c', 'continuous'] },
  { names: ['o', 'timers'] },
  { names: ['4', 'inet'] },
  { names: ['6', 'inet6'] },
  { names: ['help', 'h'] },
  { names: ['version', 'V'] },
]

const usage = `usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
       netstat [-vWnNcaeol] [<Socket> ...]
       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }

        -r, --route              display routing table
        -i, --interfaces         display interface table
        -g, --groups             display multicast group memberships
        -s, --statistics         display networking statistics (like SNMP)
        -M, --masquerade         display masqueraded connections

        -v, --verbose            be verbose
        -W, --wide               don't truncate IP addresses
        -n, --numeric            don't resolve names
        --numeric-hosts          don't resolve host names
        --numeric-ports          don't resolve port names
        --numeric-users          don't resolve user names
        -N, --symbolic           resolve hardware names
        -e, --extend             display other/more information
        -p, --programs           display PID/Program name for sockets
        -o, --timers             display timers
        -c, --continuous         continuous listing

        -l, --listening          display listening server sockets
        -a, --all                display all sockets (default: connected)
        -F, --fib                display Forwarding Information Base (default)
        -C, --cache              display routing cache instead of FIB

`

const busyboxUsage = `[-ral] [-tuwx] [-enWp]

Display networking information

	-r	Routing table
	-a	All sockets
	-l	Listening sockets
		Else: connected sockets
	-t	TCP sockets
	-u	UDP sockets
	-w	Raw sockets
	-x	Unix sockets
		Else: all socket types
	-e	Other/more information
	-n	Don't resolve names
	-W	Wide display
	-p	Show PID/program name for sockets`

export const netstatMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'netstat',
      options: family === 'gnu' ? options : options.filter(({ names: [name = ''] }) => busyboxLetters.includes(name)),
      shortName: true,
      usage,
      busyboxUsage,
      usageStatus: family === 'gnu' ? 3 : 1,
      version: 'net-tools 2.10',
    },
    function* netstat(call) {
      const { system, has } = call
      if (has('r')) {
        const { routes } = yield* system.rtnetlink({ type: 'RTM_GETROUTE' })
        yield* writeOut(system, routeTable(routes, has('n')))
        return 0
      }
      if (has('i')) {
        const { links } = yield* system.rtnetlink({ type: 'RTM_GETLINK' })
        yield* writeOut(system, interfaceTable(links))
        return 0
      }
      const { sockets } = yield* system.rtnetlink({ type: 'SOCK_DIAG_BY_FAMILY' })
      const owners = has('p') ? yield* socketOwners(system) : undefined
      yield* writeOut(system, socketTables(call, sockets, owners))
      return 0
    },
  )

function socketTables(
  { has, family }: Call,
  sockets: readonly SocketRecord[],
  owners: ReadonlyMap<number, readonly SocketOwner[]> | undefined,
): string {
  const only = ['t', 'u', 'w', 'x'].some(has)
  const wants = (letter: string) => !only || has(letter)
  const isShown = ({ state, protocol, remote }: SocketRecord) => {
    if (has('a')) return true
    const listens = state === 'LISTEN' || (state === 'UNCONN' && !(protocol === 'udp' && remote.port > 0))
    return has('l') ? listens : !listens
  }
  const which = has('a') ? 'servers and established' : has('l') ? 'only servers' : 'w/o servers'
  const programTitle = owners === undefined ? '' : 'PID/Program name    '
  const owner = ({ inode }: SocketRecord) => {
    if (owners === undefined) return ''
    const first = owners.get(inode)?.[0]
    return (first === undefined ? '-' : `${first.process.pid}/${first.process.comm}`).padEnd(20)
  }
  let text = ''
  if (['t', 'u', 'w'].some(wants)) {
    const stateTitle = family === 'gnu' ? 'State      ' : 'State       '
    text += `Active Internet connections (${which})\n`
    text += `Proto Recv-Q Send-Q Local Address           Foreign Address         ${stateTitle}${family === 'gnu' && programTitle !== '' ? ' ' : ''}${programTitle}\n`
    for (const protocol of ['tcp', 'udp'] as const) {
      if (!wants(protocol === 'tcp' ? 't' : 'u')) continue
      const shown = sockets.filter((each) => each.protocol === protocol && isShown(each))
      const own = (six: boolean) => shown.filter(({ local }) => local.address.includes(':') === six)
      for (const socket of [...own(false), ...own(true)]) text += socketLine(socket, family, has('n'), owner(socket))
    }
  }
  if (!wants('x')) return text
  text += `Active UNIX domain sockets (${which})\n`
  text +=
    family === 'gnu'
      ? `Proto RefCnt Flags       Type       State         I-Node   ${programTitle}Path\n`
      : `Proto RefCnt Flags       Type       State         I-Node ${programTitle}Path\n`
  for (const socket of sockets.filter((each) => each.protocol === 'unix' && isShown(each))) {
    const listening = socket.state === 'LISTEN'
    const state = listening ? 'LISTENING' : socket.state === 'ESTAB' ? 'CONNECTED' : ''
    const path = socket.local.address === '0.0.0.0' ? '' : socket.local.address
    const inode = family === 'gnu' ? String(socket.inode).padEnd(8) : String(socket.inode).padStart(6)
    text += `unix  ${listening ? 2 : 3}      [ ${listening ? 'ACC ' : ''}]${listening ? '    ' : '        '} STREAM     ${state.padEnd(13)} ${inode} ${owner(socket)}${path}\n`
  }
  return text
}

const stateNames: Readonly<Record<string, string>> = { LISTEN: 'LISTEN', ESTAB: 'ESTABLISHED', UNCONN: '' }

function socketLine(socket: SocketRecord, family: Family, numeric: boolean, owner: string): string {
  const { protocol, local, remote, state, receiveQueue } = socket
  // The accept queue of a server is not shown.
  const queues = [state === 'LISTEN' ? 0 : receiveQueue, 0].map((each) => String(each).padStart(6)).join(' ')
  const six = local.address.includes(':')
  const end = ({ address, port }: SocketRecord['local'], any: boolean) => {
    const name = !numeric && address.startsWith('127.') ? 'localhost' : any && six ? '::' : address
    return `${name}:${port === 0 ? '*' : numeric ? port : portName(port)}`.slice(0, 23).padEnd(23)
  }
  const kind = (six && family === 'gnu' ? `${protocol}6` : protocol).padEnd(5)
  const connected = protocol === 'udp' && remote.port > 0
  const shown = (connected ? 'ESTABLISHED' : (stateNames[state] ?? state)).padEnd(family === 'gnu' ? 11 : 11)
  return `${kind} ${queues} ${end(local, false)} ${end(remote, remote.port === 0)} ${shown}${family === 'gnu' && owner === '' ? '' : ' '}${owner}\n`
}

function routeTable(routes: readonly RouteRecord[], numeric: boolean): string {
  const rows = routes.map(({ destination, gateway, device }) => {
    const isDefault = destination === 'default'
    const [network = '', length = '32'] = isDefault ? ['0.0.0.0', '0'] : destination.split('/')
    const mask = [24, 16, 8, 0]
      .map((shift) => Math.floor((2 ** 32 - 2 ** (32 - Number(length))) / 2 ** shift) % 256)
      .join('.')
    const flags = `U${gateway === undefined ? '' : 'G'}${length === '32' ? 'H' : ''}`
    const name = isDefault && !numeric ? 'default' : network
    return `${name.padEnd(15)} ${(gateway ?? (numeric ? '0.0.0.0' : '0.0.0.0')).padEnd(15)} ${mask.padEnd(15)} ${flags.padEnd(5)}     0 0          0 ${device}\n`
  })
  const titles = 'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n'
  return `Kernel IP routing table\n${titles}${rows.join('')}`
}

function interfaceTable(links: readonly LinkRecord[]): string {
  const letters: Readonly<Record<string, string>> = {
    BROADCAST: 'B',
    LOOPBACK: 'L',
    MULTICAST: 'M',
    LOWER_UP: 'R',
    UP: 'U',
  }
  const rows = links
    .filter(({ flags }) => flags.includes('UP'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, mtu, flags, kind, statistics: { rxPackets, txPackets } }) => {
      const known = ['BROADCAST', 'LOOPBACK', ...(kind === 'loopback' ? [] : ['MULTICAST']), 'LOWER_UP', 'UP']
      const shown = known
        .filter((flag) => flags.includes(flag))
        .map((flag) => letters[flag] ?? '')
        .join('')
      const received = `${String(rxPackets).padStart(8)}      0      0 0     `
      return `${name.padEnd(12)} ${String(mtu).padStart(7)} ${received} ${String(txPackets).padStart(8)}      0      0      0 ${shown}\n`
    })
  const titles = 'Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n'
  return `Kernel Interface table\n${titles}${rows.join('')}`
}
