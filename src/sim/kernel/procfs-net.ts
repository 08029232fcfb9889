// The files of /proc/PID/net, proc_pid_net(5): one network namespace in text.
import { addressNumber, hasCarrier, type Link, type NetworkNamespace } from './net.ts'
import { fibTrieText } from './procfs-fib-trie.ts'
import type { ProcFile } from './procfs-tree.ts'
import type { SocketRecord } from './system.ts'

const tcpTitles = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const udpTitles =
  '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops'
const titles6 =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'

/** Widths to which the kernel pads the lines of tables of IPv4 sockets and of routes. */
const tcpWidth = 149
const shortWidth = 127

/** Rows: name, mode, what makes its text of the network namespace. */
export const netFiles: readonly ProcFile<NetworkNamespace>[] = [
  { name: 'arp', mode: 0o444, generate: arpText },
  { name: 'dev', mode: 0o444, generate: devText },
  { name: 'dev_mcast', mode: 0o444, generate: multicastText },
  { name: 'fib_trie', mode: 0o444, generate: fibTrieText },
  { name: 'if_inet6', mode: 0o444, generate: addresses6Text },
  { name: 'igmp', mode: 0o444, generate: igmpText },
  { name: 'netlink', mode: 0o444, generate: () => `${netlinkTitles}\n` },
  { name: 'packet', mode: 0o444, generate: () => 'sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n' },
  { name: 'raw', mode: 0o444, generate: () => `${udpTitles.slice(1)}\n` },
  { name: 'route', mode: 0o444, generate: routeText },
  { name: 'snmp', mode: 0o444, generate: snmpText },
  { name: 'sockstat', mode: 0o444, generate: sockstatText },
  { name: 'tcp', mode: 0o444, generate: (net) => table(net, 'tcp', false) },
  { name: 'tcp6', mode: 0o444, generate: (net) => table(net, 'tcp', true) },
  { name: 'udp', mode: 0o444, generate: (net) => table(net, 'udp', false) },
  { name: 'udp6', mode: 0o444, generate: (net) => table(net, 'udp', true) },
  { name: 'unix', mode: 0o444, generate: unixText },
]

const netlinkTitles =
  'sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode           '

const hex = (number: number, digits: number) => number.toString(16).toUpperCase().padStart(digits, '0')

/** A dotted address as the kernel's tables write it: the bytes as one number of this little-endian machine. */
function littleEndian(address: string): string {
  const bytes = address.split('.').map(Number)
  return bytes
    .toReversed()
    .map((byte) => hex(byte, 2))
    .join('')
}

/** IPv4 in IPv6: `::` itself, or ::ffff:a.b.c.d. */
function littleEndian6(address: string): string {
  if (address === '::' || address === '0.0.0.0') return '0'.repeat(32)
  return `0000000000000000FFFF0000${littleEndian(address)}`
}

const tcpStates: Readonly<Record<string, string>> = { ESTAB: '01', LISTEN: '0A', UNCONN: '07' }

/** A stand-in for a kernel address, which %pK hides by hashing. */
function hashedPointer(inode: number): string {
  const hash = (Math.imul(inode, 0x9e37_79b1) >>> 0).toString(16).padStart(8, '0')
  return `00000000${hash}`
}

/** Whether the socket is an IPv6 one: it was bound to `::`, or was accepted by such a one. */
function isVersion6({ local }: SocketRecord): boolean {
  return local.address.includes(':')
}

function table(net: NetworkNamespace, protocol: 'tcp' | 'udp', version6: boolean): string {
  const sockets = net.sockets.records().filter((each) => each.protocol === protocol && isVersion6(each) === version6)
  const width = version6 ? 0 : protocol === 'tcp' ? tcpWidth : shortWidth
  const address = version6 ? littleEndian6 : littleEndian
  const titles = version6
    ? `${titles6}${protocol === 'udp' ? ' ref pointer drops' : ''}`
    : protocol === 'tcp'
      ? tcpTitles
      : udpTitles
  const lines = sockets.map((socket, index) => {
    const { local, remote, state, sendQueue, receiveQueue, uid, inode } = socket
    const listening = state === 'LISTEN'
    const slot = protocol === 'tcp' ? String(index).padStart(4) : String((local.port + 1) % 65_536).padStart(5)
    const ends = [local, remote].map((end) => `${address(end.address)}:${hex(end.port, 4)}`).join(' ')
    const shownState = protocol === 'udp' && remote.port > 0 ? '01' : (tcpStates[state] ?? '07')
    const queues = `${hex(listening ? 0 : sendQueue, 8)}:${hex(receiveQueue, 8)}`
    const owner = `${String(uid).padStart(5)} ${'0'.padStart(8)} ${inode} ${protocol === 'tcp' ? 1 : 2}`
    const end = protocol === 'udp' ? '0' : listening ? '100 0 0 10 0' : '20 4 30 10 -1'
    return `${slot}: ${ends} ${shownState} ${queues} 00:00000000 00000000 ${owner} ${hashedPointer(inode)} ${end}`
  })
  return [titles, ...lines].map((line) => `${line.padEnd(width)}\n`).join('')
}

function unixText(net: NetworkNamespace): string {
  const lines = net.sockets
    .records()
    .filter(({ protocol }) => protocol === 'unix')
    .map(({ state, inode, local }) => {
      const listening = state === 'LISTEN'
      const counts = `${listening ? '00000002' : '00000003'} 00000000 ${listening ? '00010000' : '00000000'}`
      const path = local.address === '' || local.address === '0.0.0.0' ? '' : ` ${local.address}`
      return `${hashedPointer(inode)}: ${counts} 0001 ${state === 'ESTAB' ? '03' : '01'} ${String(inode).padStart(5)}${path}\n`
    })
  return `Num       RefCount Protocol Flags    Type St Inode Path\n${lines.join('')}`
}

function devText(net: NetworkNamespace): string {
  const widths = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10]
  const lines = sortedLinks(net).map(({ name, statistics: { rxBytes, rxPackets, txBytes, txPackets } }) => {
    const numbers = [rxBytes, rxPackets, 0, 0, 0, 0, 0, 0, txBytes, txPackets, 0, 0, 0, 0, 0, 0]
    return `${name.padStart(6)}: ${numbers.map((number, at) => String(number).padStart(widths[at] ?? 0)).join(' ')}\n`
  })
  return [
    'Inter-|   Receive                                                |  Transmit\n',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n',
    ...lines,
  ].join('')
}

function sortedLinks(net: NetworkNamespace): Link[] {
  return [...net.links.values()].toSorted((a, b) => a.index - b.index)
}

function routeText(net: NetworkNamespace): string {
  const titles = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'
  const routes = net.routes.toSorted(
    (a, b) => addressNumber(a.destination) - addressNumber(b.destination) || b.prefixLength - a.prefixLength,
  )
  const lines = routes.map(({ link, destination, gateway, prefixLength }) => {
    const mask = 2 ** 32 - 2 ** (32 - prefixLength)
    const dottedMask = [24, 16, 8, 0].map((shift) => Math.floor(mask / 2 ** shift) % 256).join('.')
    const flags = (link.up ? 1 : 0) + (gateway === undefined ? 0 : 2) + (prefixLength === 32 ? 4 : 0)
    const ends = `${littleEndian(destination)}\t${littleEndian(gateway ?? '0.0.0.0')}`
    return `${link.name}\t${ends}\t${hex(flags, 4)}\t0\t0\t0\t${littleEndian(dottedMask)}\t0\t0\t0`
  })
  return [titles, ...lines].map((line) => `${line.padEnd(shortWidth)}\n`).join('')
}

function arpText(net: NetworkNamespace): string {
  const lines = [...net.neighbours.values()].map(
    ({ address, lladdr, link }) =>
      `${address.padEnd(16)} ${'0x1'.padEnd(12)}${'0x2'.padEnd(12)}${lladdr.padEnd(21)} *        ${link.name}\n`,
  )
  return `IP address       HW type     Flags       HW address            Mask     Device\n${lines.join('')}`
}

function multicastText(net: NetworkNamespace): string {
  return sortedLinks(net)
    .filter(({ up, kind }) => up && kind !== 'loopback')
    .map(({ index, name }) => `${String(index).padEnd(4)} ${name.padEnd(15)} 1     0     01005e000001\n`)
    .join('')
}

function igmpText(net: NetworkNamespace): string {
  const lines = sortedLinks(net)
    .filter(({ up }) => up)
    .map(({ index, name }) => `${index}\t${name.padEnd(10)}:     1      V3\n\t\t\t\t010000E0     1 0:00000000\t\t0\n`)
  return `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n${lines.join('')}`
}

function addresses6Text(net: NetworkNamespace): string {
  return sortedLinks(net)
    .flatMap(({ addresses, index, name }) =>
      addresses
        .filter(({ family }) => family === 'inet6')
        .map(({ address, prefixLength }) => {
          const digits = address === '::1' ? '1'.padStart(32, '0') : address.replaceAll(':', '').padEnd(32, '0')
          return `${digits} ${hex(index, 2)} ${hex(prefixLength, 2).toLowerCase()} 10 80 ${name.padStart(8)}\n`
        }),
    )
    .join('')
}

/** Counters of the protocols; what is not counted here is 0. */
function snmpText(net: NetworkNamespace): string {
  const links = [...net.links.values()].filter((link) => hasCarrier(link))
  const sum = (of: (link: Link) => number) => links.reduce((total, link) => total + of(link), 0)
  const received = sum(({ statistics }) => statistics.rxPackets)
  const sent = sum(({ statistics }) => statistics.txPackets)
  const established = net.sockets.records().filter(({ state }) => state === 'ESTAB').length
  return [
    'Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits\n',
    `Ip: ${net.forwarding ? 1 : 2} 64 ${received} 0 0 0 0 0 ${received} ${sent} 0 0 0 0 0 0 0 0 0 ${sent}\n`,
    'Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors\n',
    `Tcp: 1 200 120000 -1 0 0 0 0 ${established} ${received} ${sent} 0 0 0 0\n`,
    'Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors\n',
    'Udp: 0 0 0 0 0 0 0 0 0\n',
  ].join('')
}

function sockstatText(net: NetworkNamespace): string {
  const records = net.sockets.records()
  const inUse = (protocol: string) => records.filter((each) => each.protocol === protocol).length
  return [
    `sockets: used ${records.length}\n`,
    `TCP: inuse ${inUse('tcp')} orphan 0 tw 0 alloc ${inUse('tcp')} mem 0\n`,
    `UDP: inuse ${inUse('udp')} mem 0\n`,
    'UDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n',
  ].join('')
}
