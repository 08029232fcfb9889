// How `ip` prints links, addresses and routes: iproute2's layout on the host, busybox's in containers, ip-address(8).
import type { AddressRecord, LinkRecord, RouteRecord } from '../kernel/system.ts'

export type IpDialect = 'iproute2' | 'busybox'

export interface ShowOptions {
  readonly dialect: IpDialect
  /** -4 or -6; without it, all. */
  readonly family?: 'inet' | 'inet6' | undefined
  /** -o: one line a record, `\` for its line feeds. */
  readonly oneline: boolean
  /** -j */
  readonly json?: boolean
  /** -br */
  readonly brief: boolean
  readonly device?: string | undefined
}

/** What -j prints of a link; `brief` leaves most out. */
function linkJson(link: LinkRecord, links: readonly LinkRecord[], brief: boolean, mode: boolean): object {
  const peer = link.peerNetnsId === undefined ? links.find((each) => each.index === link.peerIndex)?.name : undefined
  const end = peer !== undefined ? { link: peer } : link.peerIndex === undefined ? {} : { link_index: link.peerIndex }
  const flags = shownFlags(link, links).split(',')
  if (brief)
    return { ...end, ifname: link.name, operstate: link.operstate, ...(mode ? { address: link.lladdr, flags } : {}) }
  return {
    ifindex: link.index,
    ...end,
    ifname: link.name,
    flags,
    mtu: link.mtu,
    qdisc: link.qdisc,
    ...(link.master === undefined ? {} : { master: link.master }),
    operstate: link.operstate,
    ...(mode ? { linkmode: 'DEFAULT' } : {}),
    group: link.group,
    ...(link.txqueuelen > 0 ? { txqlen: link.txqueuelen } : {}),
    link_type: link.kind === 'loopback' ? 'loopback' : 'ether',
    address: link.lladdr,
    broadcast: link.broadcast,
    ...(link.peerNetnsId === undefined ? {} : { link_netnsid: link.peerNetnsId }),
  }
}

function addressJson(address: AddressRecord, brief: boolean): object {
  const { family, address: local, prefixLength, broadcast, scope, label, device } = address
  if (brief) return { local, prefixlen: prefixLength }
  return {
    family,
    local,
    prefixlen: prefixLength,
    ...(broadcast === undefined ? {} : { broadcast }),
    scope,
    ...(family === 'inet' ? { label: label ?? device } : {}),
    valid_life_time: 4_294_967_295,
    preferred_life_time: 4_294_967_295,
  }
}

/** `eth0@if5`: the other end of a veth pair by its name if it is in this namespace, else by its number. */
function displayName(link: LinkRecord, links: readonly LinkRecord[]): string {
  if (link.peerIndex === undefined) return link.name
  const peer = link.peerNetnsId === undefined ? links.find((each) => each.index === link.peerIndex) : undefined
  return `${link.name}@${peer?.name ?? `if${link.peerIndex}`}`
}

/**
 * M-DOWN is added when the peer is not up: busybox looks at whoever has its number in this namespace, iproute2 only at
 * a peer that is in here.
 */
function shownFlags(link: LinkRecord, links: readonly LinkRecord[], dialect: IpDialect = 'iproute2'): string {
  if (link.peerIndex === undefined || (dialect === 'iproute2' && link.peerNetnsId !== undefined))
    return link.flags.join(',')
  const lower = links.find((each) => each.index === link.peerIndex)
  return [...link.flags, ...(lower?.flags.includes('UP') ? [] : ['M-DOWN'])].join(',')
}

function header(link: LinkRecord, links: readonly LinkRecord[], dialect: IpDialect): string {
  const start = `${link.index}: ${displayName(link, links)}: <${shownFlags(link, links, dialect)}> mtu ${link.mtu} qdisc ${link.qdisc} `
  const qlen = link.txqueuelen > 0 ? `qlen ${link.txqueuelen}` : ''
  const master = link.master === undefined ? '' : `master ${link.master} `
  if (dialect === 'busybox') return `${start}${master}${qlen}`
  return `${start}${master}state ${link.operstate} group ${link.group} ${qlen}`
}

function hardwareLine(link: LinkRecord, dialect: IpDialect): string {
  const type = link.kind === 'loopback' ? 'loopback' : 'ether'
  const elsewhere = link.peerNetnsId !== undefined && dialect === 'iproute2' ? ` link-netnsid ${link.peerNetnsId}` : ''
  return `    link/${type} ${link.lladdr} brd ${link.broadcast}${elsewhere}`
}

function addressText(address: AddressRecord, dialect: IpDialect): string {
  const broadcast = address.broadcast === undefined ? '' : `brd ${address.broadcast} `
  const scope = `scope ${address.scope} `
  const start = `${address.family} ${address.address}/${address.prefixLength} ${broadcast}${scope}`
  if (address.family === 'inet') return start + (address.label ?? address.device)
  const loopback = address.scope === 'host' && dialect === 'iproute2'
  return loopback ? `${start}proto kernel_lo` : start
}

const lifetime = '       valid_lft forever preferred_lft forever'

/** `ip address show`. */
export function showAddresses(
  links: readonly LinkRecord[],
  addresses: readonly AddressRecord[],
  options: ShowOptions,
): string {
  const { dialect, family, device } = options
  if (options.json) {
    const objects = links
      .filter((link) => device === undefined || link.name === device)
      .map((link) => ({
        ...linkJson(link, links, options.brief, false),
        addr_info: addresses
          .filter((each) => each.index === link.index && (family === undefined || each.family === family))
          .map((each) => addressJson(each, options.brief)),
      }))
    return `${JSON.stringify(objects)}\n`
  }
  let text = ''
  for (const link of links) {
    if (device !== undefined && link.name !== device) continue
    const own = addresses.filter(
      (each) => each.index === link.index && (family === undefined || each.family === family),
    )
    if (family !== undefined && own.length === 0) continue
    if (options.brief) {
      text += `${briefStart(link, links)}${own.map((each) => `${each.address}/${each.prefixLength} `).join('')}\n`
      continue
    }
    if (options.oneline) {
      for (const each of own) {
        text += `${link.index}: ${link.name}    ${addressText(each, dialect)}\\${lifetime}\n`
      }
      continue
    }
    text += `${header(link, links, dialect)}\n`
    if (family === undefined) text += `${hardwareLine(link, dialect)}\n`
    for (const each of own) text += `    ${addressText(each, dialect)}\n${lifetime}\n`
  }
  return text
}

function briefStart(link: LinkRecord, links: readonly LinkRecord[]): string {
  return `${displayName(link, links).padEnd(16)} ${link.operstate.padEnd(14)} `
}

/** `ip link show`; with `-s` the counters. Peers are looked for among all `links`. */
export function showLinks(
  shown: readonly LinkRecord[],
  links: readonly LinkRecord[],
  options: ShowOptions & { statistics: boolean },
): string {
  const { dialect } = options
  const chosen = shown.filter(({ name }) => options.device === undefined || name === options.device)
  if (options.json) return `${JSON.stringify(chosen.map((link) => linkJson(link, links, options.brief, true)))}\n`
  let text = ''
  for (const link of chosen) {
    if (options.brief) {
      text += `${briefStart(link, links)}${link.lladdr} <${shownFlags(link, links)}> \n`
      continue
    }
    const first = header(link, links, dialect).replace(/ group /, ' mode DEFAULT group ')
    const end = options.oneline ? '\\' : '\n'
    text += `${first}${end}${hardwareLine(link, dialect)}\n`
    if (options.statistics) text += counters(link)
  }
  return text
}

function counters({ statistics: { rxBytes, rxPackets, txBytes, txPackets } }: LinkRecord): string {
  const row = (bytes: number, packets: number) =>
    `    ${String(bytes).padEnd(10)} ${String(packets).padEnd(8)} 0       0       0       0       \n`
  const title = (name: string, last: string) => `    ${name}: bytes  packets  errors  dropped ${last}\n`
  return (
    title('RX', 'missed  mcast   ') +
    row(rxBytes, rxPackets) +
    title('TX', 'carrier collsns ') +
    row(txBytes, txPackets)
  )
}

/** `ip route show`: each line ends with a blank, as both print it. */
export function showRoutes(routes: readonly RouteRecord[], dialect: IpDialect, json = false): string {
  if (json) {
    const objects = routes.map(({ destination, gateway, device, protocol, scope, source }) => ({
      dst: destination,
      ...(gateway === undefined ? {} : { gateway }),
      dev: device,
      ...(protocol === 'boot' ? {} : { protocol }),
      ...(scope === 'link' ? { scope } : {}),
      ...(source === undefined ? {} : { prefsrc: source }),
      flags: [],
    }))
    return `${JSON.stringify(objects)}\n`
  }
  return routes.map((route) => `${routeText(route, dialect)}\n`).join('')
}

function routeText(route: RouteRecord, dialect: IpDialect): string {
  const gateway = route.gateway === undefined ? '' : `via ${route.gateway} `
  const start = `${route.destination} ${gateway}dev ${route.device} `
  const scope = route.scope === 'link' ? 'scope link ' : ''
  const source = route.source === undefined ? '' : `src ${route.source} `
  if (dialect === 'busybox') return `${start}${scope}${source === '' ? '' : ` ${source}`}`
  const protocol = route.protocol === 'boot' ? '' : `proto ${route.protocol} `
  return `${start}${protocol}${scope}${source}`
}
