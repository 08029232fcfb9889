// ifconfig and route of busybox: links, addresses and routes in the layout of net-tools.
import type { AddressRecord, LinkRecord, Main } from '../kernel/system.ts'
import { writeError, writeOut } from './stdio.ts'

/** A prefix length as a dotted mask. */
function mask(prefixLength: number): string {
  const bits = '1'.repeat(prefixLength).padEnd(32, '0')
  return [0, 8, 16, 24].map((at) => Number.parseInt(bits.slice(at, at + 8), 2)).join('.')
}

/** Bytes as busybox adds them in brackets: `126.0 B`, `1.2 KiB`. */
function humanBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)} ${units[unit]}`
}

function block(link: LinkRecord, addresses: readonly AddressRecord[]): string {
  const loopback = link.kind === 'loopback'
  const name = link.name.padEnd(10)
  const indent = ' '.repeat(10)
  const lines = [
    loopback
      ? `${name}Link encap:Local Loopback  `
      : `${name}Link encap:Ethernet  HWaddr ${link.lladdr.toUpperCase()}  `,
  ]
  for (const address of addresses) {
    if (address.family === 'inet') {
      const broadcast = address.broadcast === undefined ? '' : `Bcast:${address.broadcast}  `
      lines.push(`${indent}inet addr:${address.address}  ${broadcast}Mask:${mask(address.prefixLength)}`)
    } else {
      const scope = address.scope === 'host' ? 'Host' : 'Link'
      lines.push(`${indent}inet6 addr: ${address.address}/${address.prefixLength} Scope:${scope}`)
    }
  }
  const order = ['UP', 'BROADCAST', 'LOOPBACK', 'RUNNING', 'MULTICAST']
  const flags = new Set(link.flags.map((flag) => (flag === 'LOWER_UP' ? 'RUNNING' : flag)))
  lines.push(`${indent}${order.filter((flag) => flags.has(flag)).join(' ')}  MTU:${link.mtu}  Metric:1`)
  const { rxBytes, rxPackets, txBytes, txPackets } = link.statistics
  lines.push(`${indent}RX packets:${rxPackets} errors:0 dropped:0 overruns:0 frame:0`)
  lines.push(`${indent}TX packets:${txPackets} errors:0 dropped:0 overruns:0 carrier:0`)
  lines.push(`${indent}collisions:0 txqueuelen:${link.txqueuelen} `)
  lines.push(`${indent}RX bytes:${rxBytes} (${humanBytes(rxBytes)})  TX bytes:${txBytes} (${humanBytes(txBytes)})`)
  return `${lines.join('\n')}\n\n`
}

export const ifconfig: Main = function* ifconfig(system, argv) {
  const wanted = argv.slice(1).find((word) => !word.startsWith('-'))
  const { links, addresses } = yield* system.rtnetlink({ type: 'RTM_GETADDR' })
  const shown = links.filter((link) => (wanted === undefined ? link.flags.includes('UP') : link.name === wanted))
  if (wanted !== undefined && shown.length === 0) {
    yield* writeError(system, `ifconfig: ${wanted}: error fetching interface information: Device not found\n`)
    return 1
  }
  const byName = shown.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const text = byName.map((link) =>
    block(
      link,
      addresses.filter((each) => each.index === link.index),
    ),
  )
  yield* writeOut(system, text.join(''))
  return 0
}

/** arp(8): no neighbour is known as long as nobody was talked to, and none is kept. */
export const arp: Main = function* arp() {
  return 0
}

export const route: Main = function* route(system, argv) {
  const numeric = argv.some((word) => /^-\w*n/.test(word))
  const { routes } = yield* system.rtnetlink({ type: 'RTM_GETROUTE' })
  let text = 'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n'
  for (const each of routes) {
    const [network = '', length = '0'] =
      each.destination === 'default' ? [numeric ? '0.0.0.0' : 'default'] : each.destination.split('/')
    const gateway = each.gateway ?? (numeric ? '0.0.0.0' : '*')
    const flags = each.gateway === undefined ? 'U' : 'UG'
    text += `${network.padEnd(15)} ${gateway.padEnd(15)} ${mask(Number(length)).padEnd(15)} ${flags.padEnd(5)} 0      0        0 ${each.device}\n`
  }
  yield* writeOut(system, text)
  return 0
}
