// ip(8): addresses, links and routes of the network namespace that it runs in; iproute2's on the host, busybox's elsewhere.
import type { Main, Program, RtnetlinkRequest, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { type IpDialect, type ShowOptions, showAddresses, showLinks, showRoutes } from './ip-show.ts'
import { writeError, writeOut } from './stdio.ts'

interface Context {
  readonly system: System
  readonly dialect: IpDialect
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

const objects = ['address', 'link', 'route', 'neighbour', 'netns', 'rule'] as const
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
  '-d': {},
}

function usage(dialect: IpDialect): string {
  if (dialect === 'busybox') {
    return [
      'BusyBox v1.35.0 () multi-call binary.',
      '',
      'Usage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]',
      '',
      'OPTIONS := -f[amily] inet|inet6|link | -o[neline]',
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
  return function* ip(system, argv) {
    const options: Context['options'] = { dialect, oneline: false, brief: false, statistics: false }
    const words = argv.slice(1)
    while (words[0]?.startsWith('-')) {
      const word = words.shift() ?? ''
      if (dialect === 'iproute2' && (word === '-V' || word === '-Version')) {
        yield* writeOut(system, 'ip utility, iproute2-6.15.0, libbpf 1.5.0\n')
        return 0
      }
      const known = optionTable[word.replace(/^--/, '-')]
      if (known === undefined || (dialect === 'busybox' && ['-br', '-brief', '-c', '-d'].includes(word))) {
        const text =
          dialect === 'busybox'
            ? `ip: unrecognized option '${word.replace(/^-+/, '')}'\n${usage(dialect)}`
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
        word === undefined || dialect === 'busybox' ? usage(dialect) : `Object "${word}" is unknown, try "ip help".\n`
      yield* writeError(system, unknown)
      return dialect === 'busybox' ? 1 : word === undefined ? 255 : 1
    }
    try {
      return yield* handlers[object]({ system, dialect, options }, words)
    } catch (error) {
      if (error instanceof UsageError) {
        yield* writeError(system, `${error.message}\n`)
        return error.status
      }
      if (!(error instanceof SystemCallError)) throw error
      yield* writeError(system, `${dialect === 'busybox' ? 'ip: ' : ''}RTNETLINK answers: ${error.message}\n`)
      return dialect === 'busybox' ? 1 : 2
    }
  }
}

function* answer(context: Context, request: RtnetlinkRequest): Program<void> {
  yield* context.system.rtnetlink(request)
}

function* requireDevice(context: Context, device: string | undefined): Program<void> {
  if (device === undefined) return
  const { links } = yield* context.system.rtnetlink({ type: 'RTM_GETLINK' })
  if (links.some((link) => link.name === device)) return
  const text =
    context.dialect === 'busybox' ? `ip: can't find device '${device}'` : `Device "${device}" does not exist.`
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
  const verb = complete(words[0] ?? 'show', ['show', 'list', 'lst', 'add', 'delete', 'flush'])
  if (words.length > 0) words.shift()
  if (verb === 'add' || verb === 'delete') {
    const [text = ''] = words
    const [dotted = '', length = '32'] = text.split('/')
    const name = valueOf(words, 'dev') ?? ''
    yield* requireDevice(context, name)
    const change = { name, address: dotted, prefixLength: Number(length) }
    const broadcast = valueOf(words, 'brd') ?? valueOf(words, 'broadcast')
    if (verb === 'delete') yield* answer(context, { type: 'RTM_DELADDR', ...change })
    else yield* answer(context, { type: 'RTM_NEWADDR', ...change, ...(broadcast === undefined ? {} : { broadcast }) })
    return 0
  }
  if (verb === undefined || verb === 'flush') throw unknownCommand(context, 'address')
  const device = shownDevice(words)
  yield* requireDevice(context, device)
  const { links, addresses } = yield* context.system.rtnetlink({ type: 'RTM_GETADDR' })
  yield* writeOut(context.system, showAddresses(links, addresses, { ...context.options, device }))
  return 0
}

function* link(context: Context, words: string[]): Program {
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
    const name = valueOf(words, 'dev') ?? words[0] ?? ''
    yield* requireDevice(context, name)
    yield* answer(context, { type: 'RTM_DELLINK', name })
    return 0
  }
  if (verb === undefined) throw unknownCommand(context, 'link')
  const device = shownDevice(words)
  yield* requireDevice(context, device)
  const { links } = yield* context.system.rtnetlink({ type: 'RTM_GETLINK' })
  yield* writeOut(context.system, showLinks(links, { ...context.options, device }))
  return 0
}

function* setLink(context: Context, words: readonly string[]): Program<void> {
  const named = valueOf(words, 'dev') ?? words[0]
  const name = named ?? ''
  yield* requireDevice(context, name)
  const newName = valueOf(words, 'name')
  const master = valueOf(words, 'master')
  const netns = valueOf(words, 'netns')
  const mtu = valueOf(words, 'mtu')
  const lladdr = valueOf(words, 'address')
  yield* answer(context, {
    type: 'RTM_SETLINK',
    name,
    ...(words.includes('up') ? { up: true } : {}),
    ...(words.includes('down') ? { up: false } : {}),
    ...(words.includes('nomaster') ? { nomaster: true } : {}),
    ...(newName === undefined ? {} : { newName }),
    ...(master === undefined ? {} : { master }),
    ...(netns === undefined ? {} : { netnsPid: Number(netns) }),
    ...(mtu === undefined ? {} : { mtu: Number(mtu) }),
    ...(lladdr === undefined ? {} : { address: lladdr }),
  })
}

const kinds = ['veth', 'bridge', 'dummy'] as const

function* addLink(context: Context, words: readonly string[]): Program<void> {
  const kind = kinds.find((each) => each === valueOf(words, 'type'))
  const name = valueOf(words, 'name') ?? words.find((word) => word !== 'dev') ?? ''
  if (kind === undefined) throw new SystemCallError('EOPNOTSUPP')
  const at = words.indexOf('peer')
  const peerWords = at === -1 ? [] : words.slice(at + 1)
  const peerName = valueOf(peerWords, 'name') ?? peerWords[0]
  const netns = valueOf(peerWords, 'netns')
  const peer =
    peerName === undefined ? undefined : { name: peerName, ...(netns === undefined ? {} : { netnsPid: Number(netns) }) }
  yield* answer(context, { type: 'RTM_NEWLINK', name, kind, ...(peer === undefined ? {} : { peer }) })
}

function* route(context: Context, words: string[]): Program {
  const verb = complete(words[0] ?? 'show', ['show', 'list', 'lst', 'add', 'delete', 'get'])
  if (words.length > 0) words.shift()
  if (verb === undefined || verb === 'get') throw unknownCommand(context, 'route')
  if (verb === 'add' || verb === 'delete') {
    const destination = words[0] ?? 'default'
    const gateway = valueOf(words, 'via')
    const device = valueOf(words, 'dev')
    yield* requireDevice(context, device)
    yield* answer(context, {
      type: verb === 'add' ? 'RTM_NEWROUTE' : 'RTM_DELROUTE',
      destination,
      ...(gateway === undefined ? {} : { gateway }),
      ...(device === undefined ? {} : { device }),
    })
    return 0
  }
  if (context.options.family === 'inet6') return 0
  const { routes } = yield* context.system.rtnetlink({ type: 'RTM_GETROUTE' })
  const device = valueOf(words, 'dev')
  const shown = device === undefined ? routes : routes.filter((each) => each.device === device)
  yield* writeOut(context.system, showRoutes(shown, context.dialect))
  return 0
}

function* neighbour(context: Context): Program {
  const { neighbours } = yield* context.system.rtnetlink({ type: 'RTM_GETNEIGH' })
  const rows = neighbours.map((each) => `${each.address} dev ${each.device} lladdr ${each.lladdr} ${each.state}\n`)
  yield* writeOut(context.system, rows.join(''))
  return 0
}

/** Namespaces that `ip netns add` has named; nobody has named any, so the list is empty. */
function* netns(context: Context, words: readonly string[]): Program {
  if (words.length === 0 || complete(words[0] ?? '', ['list', 'show']) !== undefined) return 0
  yield* writeError(
    context.system,
    `ip: the simulation has no \`ip netns ${words[0]}\`; use nsenter --net or unshare --net\n`,
  )
  return 1
}

function* rule(context: Context): Program {
  throw unknownCommand(context, 'rule')
}

const handlers: Readonly<Record<IpObject, (context: Context, words: string[]) => Program>> = {
  address,
  link,
  route,
  neighbour,
  netns,
  rule,
}

function unknownCommand(context: Context, object: string): UsageError {
  const text = `Command is unknown, try "ip ${object} help".`
  return context.dialect === 'busybox' ? new UsageError(usage('busybox').trimEnd(), 1) : new UsageError(text, 255)
}
