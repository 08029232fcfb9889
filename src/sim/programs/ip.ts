// ip(8): addresses, links and routes of the network namespace that it runs in; iproute2's on the host, busybox's elsewhere.
import type { Environment, Main, Program, RtnetlinkRequest, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { enterNetns, ipNetns, openNetns } from './ip-netns.ts'
import { type IpDialect, type ShowOptions, showAddresses, showLinks, showRoutes } from './ip-show.ts'
import { writeError, writeOut } from './stdio.ts'
import { busyboxVersion } from './utility.ts'

interface Context {
  readonly system: System
  readonly dialect: IpDialect
  readonly environment: Environment
  readonly options: Omit<ShowOptions, 'device'> & { readonly statistics: boolean }
}

/** What is wrong with the words given; printed as the tool prints it, exit status 1 or 255. */
class UsageError extends Error {
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

const objects = ['address', 'link', 'route', 'neighbour', 'neighbor', 'netns', 'rule'] as const
type IpObject = (typeof objects)[number]

/** Objects and commands may be cut short; the first in the list that begins so is meant. */
function complete<Word extends string>(word: string, words: readonly Word[]): Word | undefined {
  return words.find((each) => each.startsWith(word))
}

const optionTable: Readonly<Record<string, Partial<Context['options']>>> = {
  '-4': { family: 'inet' },
  '-6': { family: 'inet6' },
  '-o': { oneline: true },
  '-oneline': { oneline: true },
  '-br': { brief: true },
  '-brief': { brief: true },
  '-s': { statistics: true },
  '-statistics': { statistics: true },
  '-c': {},
  '-color': {},
  '-j': { json: true },
  '-json': { json: true },
  '-p': {},
  '-pretty': {},
  '-details': {},
  '-stats': { statistics: true },
  '-f': {},
  '-d': {},
}

function usage(dialect: IpDialect, system: System): string {
  if (dialect === 'busybox') {
    return [
      busyboxVersion(system),
      '',
      'Usage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]',
      '',
      'OPTIONS := -f[amily] inet|inet6|link | -o[neline]',
      '',
      'ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]',
      'ip route list|flush|add|del|change|append|replace|test ROUTE',
      'ip link set IFACE [up|down] [arp on|off] [multicast on|off]',
      '\t[promisc on|off] [mtu NUM] [name NAME] [qlen NUM] [address MAC]',
      '\t[master IFACE | nomaster] [netns PID]',
      'ip tunnel add|change|del|show [NAME]',
      '\t[mode ipip|gre|sit] [remote ADDR] [local ADDR] [ttl TTL]',
      'ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]',
      'ip rule [list] | add|del SELECTOR ACTION',
      '',
    ].join('\n')
  }
  return [
    'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }',
    '       ip [ -force ] -batch filename',
    'where  OBJECT := { address | link | neighbour | netns | route | rule }',
    '       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -br[ief] | -o[neline] | -4 | -6 }',
    '',
  ].join('\n')
}

/** `ip` of one dialect. */
export function ipMain(dialect: IpDialect): Main {
  return function* ip(system, argv, environment) {
    const options: Context['options'] = { dialect, oneline: false, brief: false, statistics: false, json: false }
    const words = argv.slice(1)
    while (words[0]?.startsWith('-')) {
      const word = words.shift() ?? ''
      if (dialect === 'iproute2' && (word === '-V' || word === '-Version')) {
        yield* writeOut(system, 'ip utility, iproute2-6.15.0, libbpf 1.5.0\n')
        return 0
      }
      if (dialect === 'iproute2' && (word === '-n' || word === '-netns')) {
        const complaint = yield* enterNetns(system, words.shift() ?? '')
        if (complaint === undefined) continue
        yield* writeError(system, complaint)
        return 255
      }
      const known = optionTable[word.replace(/^--/, '-')]
      if (known === undefined || (dialect === 'busybox' && ['-br', '-brief', '-c', '-d'].includes(word))) {
        const text =
          dialect === 'busybox'
            ? `ip: unrecognized option '${word.replace(/^-+/, '')}'\n${usage(dialect, system)}`
            : `Option "${word}" is unknown, try "ip -help".\n`
        yield* writeError(system, text)
        return dialect === 'busybox' ? 1 : 255
      }
      Object.assign(options, known)
    }
    const word = words.shift()
    const object = word === undefined ? undefined : complete(word, objects)
    if (object === undefined) {
      const unknown =
        word === undefined || dialect === 'busybox'
          ? usage(dialect, system)
          : `Object "${word}" is unknown, try "ip help".\n`
      yield* writeError(system, unknown)
      return dialect === 'busybox' ? 1 : word === undefined ? 255 : 1
    }
    const setsLink = object === 'link' && words[0] === 'set'
    try {
      return yield* handlers[object]({ system, dialect, environment, options }, words)
    } catch (error) {
      if (error instanceof UsageError) {
        yield* writeError(system, `${error.message}\n`)
        return error.status
      }
      if (!(error instanceof SystemCallError)) throw error
      // busybox sets a link by ioctl(2).
      const begin =
        dialect === 'busybox' ? `ip: ${setsLink ? 'SIOCSIFFLAGS' : 'RTNETLINK answers'}` : 'RTNETLINK answers'
      yield* writeError(system, `${begin}: ${error.message}\n`)
      return dialect === 'busybox' ? 1 : 2
    }
  }
}

function* answer(context: Context, request: RtnetlinkRequest): Program<void> {
  yield* context.system.rtnetlink(request)
}

/** Requests whose failure the kernel explains in words of its own. */
function* explained(
  { dialect }: Context,
  work: Program<void>,
  words: Partial<Record<SystemCallError['errno'], string>>,
): Program<void> {
  try {
    yield* work
  } catch (error) {
    const text = error instanceof SystemCallError && dialect === 'iproute2' ? words[error.errno] : undefined
    throw text === undefined ? error : new UsageError(`Error: ${text}`, 2)
  }
}

function requireWord(context: Context, word: string | undefined, name: string, status: number, end = '.'): string {
  if (word !== undefined) return word
  if (context.dialect === 'busybox') throw new UsageError(usage('busybox', context.system).trimEnd(), 1)
  throw new UsageError(`Not enough information: "${name}" argument is required${end}`, status)
}

function isPrefix(text: string): boolean {
  const [, address = '', length = '32'] = /^([\d.]+)(?:\/(\d+))?$/.exec(text) ?? []
  const parts = address.split('.')
  return parts.length === 4 && parts.every((part) => part !== '' && Number(part) < 256) && Number(length) <= 32
}

function expectedPrefix(text: string): UsageError {
  return new UsageError(`Error: any valid prefix is expected rather than "${text}".`, 1)
}

function invalidValue(text: string, name: string): UsageError {
  return new UsageError(`Error: argument "${text}" is wrong: Invalid "${name}" value\n`, 255)
}

/** A PID, or a name of `ip netns`. */
function* namespaceOf({ system }: Context, word: string): Program<{ netnsPid: number } | { netnsFd: number }> {
  if (/^\d+$/.test(word)) return { netnsPid: Number(word) }
  const fd = yield* openNetns(system, word)
  if (fd === undefined) throw invalidValue(word, 'netns')
  return { netnsFd: fd }
}

const setWords = new Set(['up', 'down', 'nomaster', 'promisc', 'on', 'off', 'multicast', 'arp', 'allmulticast'])
const setValues = new Set([
  'dev',
  'name',
  'master',
  'netns',
  'mtu',
  'address',
  'txqueuelen',
  'qlen',
  'alias',
  'group',
  'type',
])

/** Words of `ip link set`: the device, then known words. @throws UsageError */
function checkSetWords(words: readonly string[]): void {
  const rest = words[0] === 'dev' ? words.slice(2) : words.slice(1)
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? ''
    if (setWords.has(word)) continue
    if (!setValues.has(word)) throw new UsageError(`Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255)
    if (rest[++at] === undefined) throw new UsageError('Command line is not complete. Try option "help"', 255)
  }
}

function* flushAddresses(context: Context, words: readonly string[]): Program {
  const device = shownDevice(words)
  if (device === undefined) throw new UsageError('Flush requires arguments.', 1)
  yield* requireDevice(context, device)
  const { addresses } = yield* context.system.rtnetlink({ type: 'RTM_GETADDR' })
  for (const { device: name, address: dotted, prefixLength } of addresses) {
    if (name === device) yield* answer(context, { type: 'RTM_DELADDR', name, address: dotted, prefixLength })
  }
  return 0
}

/** Which route a packet would take: the longest prefix. */
function* routeGet(context: Context, words: readonly string[]): Program {
  const [text = ''] = words
  if (!isPrefix(text)) throw expectedPrefix(text)
  const { system } = context
  const { addresses } = yield* system.rtnetlink({ type: 'RTM_GETADDR' })
  const number = (dotted: string) => dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const own = addresses.find((each) => each.address === text || (each.device === 'lo' && text.startsWith('127.')))
  const busybox = context.options.dialect === 'busybox'
  const blanks = busybox ? '  ' : ' '
  const end = busybox ? ' ' : ' uid 0 \n    cache '
  if (own !== undefined) {
    yield* writeOut(system, `local ${text} dev lo${blanks}src ${text}${end}${busybox ? '' : '<local> '}\n`)
    return 0
  }
  const { routes } = yield* system.rtnetlink({ type: 'RTM_GETROUTE' })
  const lengthOf = (destination: string) => (destination === 'default' ? 0 : Number(destination.split('/')[1] ?? 32))
  const fits = routes
    .filter(({ destination }) => {
      const size = 2 ** (32 - lengthOf(destination))
      const start = destination === 'default' ? 0 : number(destination.split('/')[0] ?? '')
      return Math.floor(number(text) / size) * size === start
    })
    .toSorted((a, b) => lengthOf(b.destination) - lengthOf(a.destination))
  const [best] = fits
  if (best === undefined) throw new SystemCallError('ENETUNREACH')
  const source = best.source ?? addresses.find((each) => each.device === best.device && each.family === 'inet')?.address
  const via = best.gateway === undefined ? '' : `via ${best.gateway} `
  yield* writeOut(system, `${text} ${via}dev ${best.device}${blanks}src ${source ?? '0.0.0.0'}${end}\n`)
  return 0
}

function* requireDevice(context: Context, device: string | undefined, verb: 'find' | 'show' = 'show'): Program<void> {
  if (device === undefined) return
  const { links } = yield* context.system.rtnetlink({ type: 'RTM_GETLINK' })
  if (links.some((link) => link.name === device)) return
  const text =
    context.dialect === 'busybox'
      ? `ip: can't find device '${device}'`
      : verb === 'find'
        ? `Cannot find device "${device}"`
        : `Device "${device}" does not exist.`
  throw new UsageError(text, 1)
}

/** The value after a key word, `dev eth0`. */
function valueOf(words: readonly string[], key: string): string | undefined {
  const at = words.indexOf(key)
  return at === -1 ? undefined : words[at + 1]
}

/** What `show` is limited to: `dev NAME` or the name alone. */
function shownDevice(words: readonly string[]): string | undefined {
  return valueOf(words, 'dev') ?? words.find((word) => !['dev', 'up', 'scope', 'global'].includes(word))
}

function* address(context: Context, words: string[]): Program {
  const word = words[0] ?? ''
  const verb = complete(words[0] ?? 'show', ['show', 'list', 'lst', 'add', 'replace', 'delete', 'flush'])
  if (words.length > 0) words.shift()
  if (verb === 'add' || verb === 'delete') {
    const [text = ''] = words
    const [dotted = '', length = '32'] = text.split('/')
    const name = requireWord(context, valueOf(words, 'dev'), 'dev', 1)
    yield* requireDevice(context, name, 'find')
    if (!isPrefix(text)) throw expectedPrefix(text)
    const change = { name, address: dotted, prefixLength: Number(length) }
    const broadcast = valueOf(words, 'brd') ?? valueOf(words, 'broadcast')
    const request = { ...change, ...(broadcast === undefined ? {} : { broadcast }) }
    yield* explained(
      context,
      answer(context, verb === 'delete' ? { type: 'RTM_DELADDR', ...change } : { type: 'RTM_NEWADDR', ...request }),
      { EEXIST: 'ipv4: Address already assigned.', EADDRNOTAVAIL: 'ipv4: Address not found.' },
    )
    return 0
  }
  if (verb === 'flush') return yield* flushAddresses(context, words)
  if (verb === undefined) throw unknownCommand(context, 'address', word)
  const device = shownDevice(words)
  yield* requireDevice(context, device)
  const { links, addresses } = yield* context.system.rtnetlink({ type: 'RTM_GETADDR' })
  yield* writeOut(context.system, showAddresses(links, addresses, { ...context.options, device }))
  return 0
}

function* link(context: Context, words: string[]): Program {
  const word = words[0] ?? ''
  const verb = complete(words[0] ?? 'show', ['show', 'list', 'lst', 'set', 'add', 'delete'])
  if (words.length > 0) words.shift()
  if (verb === 'set') {
    yield* setLink(context, words)
    return 0
  }
  if (verb === 'add') {
    yield* addLink(context, words)
    return 0
  }
  if (verb === 'delete') {
    const name = requireWord(context, valueOf(words, 'dev') ?? words[0], 'dev', 255, '.')
    yield* requireDevice(context, name, 'find')
    yield* answer(context, { type: 'RTM_DELLINK', name })
    return 0
  }
  if (verb === undefined) throw unknownCommand(context, 'link', word)
  const kind = valueOf(words, 'type')
  const onlyUp = words.includes('up')
  const master = valueOf(words, 'master')
  const device = shownDevice(
    words.filter((each, at) => !['type', 'master'].includes(each) && !['type', 'master'].includes(words[at - 1] ?? '')),
  )
  yield* requireDevice(context, device)
  const { links } = yield* context.system.rtnetlink({ type: 'RTM_GETLINK' })
  const shown = links.filter(
    (each) =>
      (kind === undefined || each.kind === kind) &&
      (!onlyUp || each.flags.includes('UP')) &&
      (master === undefined || each.master === master),
  )
  yield* writeOut(context.system, showLinks(shown, links, { ...context.options, device }))
  return 0
}

function* setLink(context: Context, words: readonly string[]): Program<void> {
  if (words.length === 1 && words[0] === 'dev') {
    throw new UsageError('Command line is not complete. Try option "help"', 255)
  }
  const name = requireWord(context, valueOf(words, 'dev') ?? words[0], 'dev', 255, '.')
  yield* requireDevice(context, name, 'find')
  checkSetWords(words)
  const newName = valueOf(words, 'name')
  const master = valueOf(words, 'master')
  const netns = valueOf(words, 'netns')
  const mtu = valueOf(words, 'mtu')
  const lladdr = valueOf(words, 'address')
  const place = netns === undefined ? {} : yield* namespaceOf(context, netns)
  if (mtu !== undefined && !/^\d+$/.test(mtu)) throw invalidValue(mtu, 'mtu')
  if (master !== undefined) {
    const { links } = yield* context.system.rtnetlink({ type: 'RTM_GETLINK' })
    if (!links.some((each) => each.name === master)) {
      throw new UsageError(`Error: argument "${master}" is wrong: Device does not exist\n`, 255)
    }
  }
  yield* answer(context, {
    type: 'RTM_SETLINK',
    name,
    ...(words.includes('up') ? { up: true } : {}),
    ...(words.includes('down') ? { up: false } : {}),
    ...(words.includes('nomaster') ? { nomaster: true } : {}),
    ...(newName === undefined ? {} : { newName }),
    ...(master === undefined ? {} : { master }),
    ...place,
    ...(mtu === undefined ? {} : { mtu: Number(mtu) }),
    ...(lladdr === undefined ? {} : { address: lladdr }),
  })
}

const kinds = ['veth', 'bridge', 'dummy'] as const

function* addLink(context: Context, words: readonly string[]): Program<void> {
  const type = valueOf(words, 'type')
  if (type === undefined) throw new UsageError('Not enough information: "type" argument is required', 1)
  const kind = kinds.find((each) => each === type)
  // What follows `type` is of the kind, and of the peer.
  const own = words.slice(0, words.indexOf('type'))
  const name = valueOf(own, 'name') ?? own.find((word) => word !== 'dev') ?? ''
  if (kind === undefined) throw new UsageError('Error: Unknown device type.', 2)
  const at = words.indexOf('peer')
  const peerWords = at === -1 ? [] : words.slice(at + 1)
  const peerName = valueOf(peerWords, 'name') ?? peerWords[0]
  const netns = valueOf(peerWords, 'netns')
  const peer =
    peerName === undefined
      ? undefined
      : { name: peerName, ...(netns === undefined ? {} : yield* namespaceOf(context, netns)) }
  yield* answer(context, { type: 'RTM_NEWLINK', name, kind, ...(peer === undefined ? {} : { peer }) })
}

function* route(context: Context, words: string[]): Program {
  const word = words[0] ?? ''
  const verb = complete(words[0] ?? 'show', ['show', 'list', 'lst', 'add', 'replace', 'delete', 'get', 'flush'])
  if (words.length > 0) words.shift()
  if (verb === undefined) throw unknownCommand(context, 'route', word)
  if (verb === 'flush') throw new UsageError('"ip route flush" requires arguments.', 1)
  if (verb === 'get') return yield* routeGet(context, words)
  if (verb === 'add' || verb === 'delete') {
    const destination = words[0] ?? 'default'
    const gateway = valueOf(words, 'via')
    const device = valueOf(words, 'dev')
    yield* requireDevice(context, device, 'find')
    if (destination !== 'default' && !isPrefix(destination)) throw expectedPrefix(destination)
    if (verb === 'add' && gateway === undefined && device === undefined) throw new SystemCallError('ENODEV')
    yield* explained(
      context,
      answer(context, {
        type: verb === 'add' ? 'RTM_NEWROUTE' : 'RTM_DELROUTE',
        destination,
        ...(gateway === undefined ? {} : { gateway }),
        ...(device === undefined ? {} : { device }),
      }),
      verb === 'add' ? { ENETUNREACH: 'Nexthop has invalid gateway.' } : {},
    )
    return 0
  }
  if (context.options.family === 'inet6') return 0
  const { routes } = yield* context.system.rtnetlink({ type: 'RTM_GETROUTE' })
  const device = valueOf(words, 'dev')
  yield* requireDevice(context, device, 'find')
  const shown = device === undefined ? routes : routes.filter((each) => each.device === device)
  yield* writeOut(context.system, showRoutes(shown, context.dialect, context.options.json))
  return 0
}

function* neighbour(context: Context, words: readonly string[]): Program {
  const [verb = 'show'] = words
  if (complete(verb, ['show', 'list', 'lst', 'flush']) === undefined) throw unknownCommand(context, 'neigh', verb)
  const { neighbours } = yield* context.system.rtnetlink({ type: 'RTM_GETNEIGH' })
  const rows = neighbours.map((each) => `${each.address} dev ${each.device} lladdr ${each.lladdr} ${each.state}\n`)
  yield* writeOut(context.system, rows.join(''))
  return 0
}

function netns({ system, dialect, environment }: Context, words: readonly string[]): Program {
  if (dialect === 'busybox') throw new UsageError(usage('busybox', system).trimEnd(), 1)
  return ipNetns(system, words, environment)
}

/** The three rules that every namespace has. */
function* rule(context: Context, words: readonly string[]): Program {
  const [verb = 'show'] = words
  if (complete(verb, ['show', 'list', 'lst']) === undefined) throw unknownCommand(context, 'rule', verb)
  yield* writeOut(
    context.system,
    '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n',
  )
  return 0
}

const handlers: Readonly<Record<IpObject, (context: Context, words: string[]) => Program>> = {
  address,
  link,
  route,
  neighbour,
  neighbor: neighbour,
  netns,
  rule,
}

function unknownCommand(context: Context, object: string, word: string): UsageError {
  const text = `Command "${word}" is unknown, try "ip ${object} help".`
  return context.dialect === 'busybox'
    ? new UsageError(usage('busybox', context.system).trimEnd(), 1)
    : new UsageError(text, 255)
}
