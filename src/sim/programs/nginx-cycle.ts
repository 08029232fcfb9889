// What nginx makes of its configuration at the start and at each reload: a cycle, in its words. Logs, sockets, the user.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { ConfigError, type Directive, parseConfig, valuesOf } from './nginx-config.ts'
import { complain, type ErrorLog, log, openLog } from './nginx-log.ts'
import { type Listen, type Site, siteOf } from './nginx-site.ts'
import { lines, readText } from './stdio.ts'
import { attempt } from './utility.ts'

/** What the command line says. */
export interface NginxOptions {
  readonly version: string
  /** As `nginx -V` tells it. */
  readonly builtBy: string
  readonly file: string
  /** Directives of -g. */
  readonly globals: string
}

export interface Cycle {
  readonly site: Site
  readonly directives: readonly Directive[]
  readonly errorLog: ErrorLog
  readonly accessLogs: ReadonlyMap<string, number>
  readonly pidFile: string
  readonly user: { readonly uid: number; readonly gid: number } | undefined
  readonly daemonized: boolean
}

export interface Listener {
  readonly fd: number
  readonly listen: Listen
}

const defaultErrorLog = '/var/log/nginx/error.log'

/** The directives of the file with what it includes, and those of -g. @throws ConfigError */
export function* readConfig(system: System, { file, globals }: NginxOptions): Program<Directive[]> {
  const own = parseConfig(globals, 'command line')
  return [...own, ...(yield* readInto(system, file, 'main'))]
}

function* readInto(system: System, file: string, context: string): Program<Directive[]> {
  const text = yield* attempt(readText(system, file))
  if (text instanceof SystemCallError)
    throw new ConfigError(`open() "${file}" failed (${numberOf(text)}: ${text.message})`)
  return yield* expand(system, parseConfig(text, file, context), context)
}

/** Puts the files that are included in their place. */
function* expand(system: System, directives: readonly Directive[], context: string): Program<Directive[]> {
  const expanded: Directive[] = []
  for (const directive of directives) {
    const [pattern = ''] = directive.values
    if (directive.name === 'include' && context !== 'types') {
      for (const file of yield* filesOf(system, pattern)) expanded.push(...(yield* readInto(system, file, context)))
    } else expanded.push({ ...directive, block: yield* expand(system, directive.block, directive.name) })
  }
  return expanded
}

/** A name, or all that fit `directory/*.ending`, in order; a pattern that nothing fits is no error. */
function* filesOf(system: System, pattern: string): Program<string[]> {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`
  if (!path.includes('*')) return [path]
  const slash = path.lastIndexOf('/')
  const directory = yield* attempt(system.open(path.slice(0, slash), ['RDONLY', 'DIRECTORY']))
  if (directory instanceof SystemCallError) return []
  const entries = yield* system.getdents(directory)
  yield* system.close(directory)
  const [before = '', after = ''] = path.slice(slash + 1).split('*')
  const fits = (name: string): boolean => !name.startsWith('.') && name.startsWith(before) && name.endsWith(after)
  const names = entries.map(({ name }) => name).filter(fits)
  return names.toSorted().map((name) => `${path.slice(0, slash)}/${name}`)
}

export function numberOf(error: SystemCallError): number {
  return ({ EACCES: 13, EADDRINUSE: 98, EADDRNOTAVAIL: 99, ENOENT: 2, ENOTDIR: 20, EPERM: 1, ESRCH: 3 } as const)[
    error.errno as 'ENOENT'
  ]
}

/** Reads the configuration and opens the logs that it names. @throws ConfigError */
export function* loadCycle(system: System, options: NginxOptions): Program<Cycle> {
  const directives = yield* readConfig(system, options)
  const site = siteOf(directives)
  if (!directives.some(({ name }) => name === 'events')) throw new ConfigError('no "events" section in configuration')
  const [path = defaultErrorLog, level = 'error'] = valuesOf(directives, 'error_log') ?? []
  const user = yield* userOf(system, directives)
  const errorLog = { fd: yield* opened(system, path), level }
  const accessLogs = new Map<string, number>()
  for (const name of accessLogPaths(directives)) accessLogs.set(name, yield* opened(system, name))
  const pidFile = valuesOf(directives, 'pid')?.[0] ?? '/run/nginx.pid'
  const daemonized = valuesOf(directives, 'daemon')?.[0] !== 'off'
  return { site, directives, errorLog, accessLogs, pidFile, user, daemonized }
}

function accessLogPaths(directives: readonly Directive[]): Set<string> {
  const paths = new Set<string>()
  for (const { name, values, block } of directives) {
    if (name === 'access_log' && values[0] !== undefined && values[0] !== 'off') paths.add(values[0])
    for (const path of accessLogPaths(block)) paths.add(path)
  }
  return paths
}

/** stderr is the program's own; else a file. */
function* opened(system: System, path: string): Program<number> {
  if (path === 'stderr') return 2
  const fd = yield* attempt(openLog(system, path))
  if (fd instanceof SystemCallError) throw new ConfigError(`open() "${path}" failed (${numberOf(fd)}: ${fd.message})`)
  return fd
}

/** Opens the logs again under their numbers: what they are called may be another file now. */
export function* openLogs(system: System, { directives, errorLog, accessLogs }: Cycle): Program<void> {
  const path = valuesOf(directives, 'error_log')?.[0] ?? defaultErrorLog
  for (const [name, fd] of [[path, errorLog.fd] as const, ...accessLogs]) {
    if (name === 'stderr') continue
    const again = yield* attempt(openLog(system, name))
    if (again instanceof SystemCallError) continue
    yield* system.dup2(again, fd)
    yield* system.close(again)
  }
}

function* userOf(system: System, directives: readonly Directive[]): Program<Cycle['user']> {
  const directive = directives.findLast(({ name }) => name === 'user')
  const [user = 'nginx', group = user] = directive?.values ?? []
  const place = directive === undefined ? '' : ` in ${directive.file}:${directive.line}`
  const uid = yield* idIn(system, '/etc/passwd', user)
  if (uid === undefined) throw new ConfigError(`getpwnam("${user}") failed${place}`)
  const gid = yield* idIn(system, '/etc/group', group)
  if (gid === undefined) throw new ConfigError(`getgrnam("${group}") failed${place}`)
  return { uid, gid }
}

function* idIn(system: System, file: string, name: string): Program<number | undefined> {
  const text = yield* attempt(readText(system, file))
  if (text instanceof SystemCallError) return undefined
  const line = lines(text).find((each) => each.startsWith(`${name}:`))
  return line === undefined ? undefined : Number(line.split(':')[2])
}

/** `auto` is one for each processor. */
export function* workerCount(system: System, { directives }: Cycle): Program {
  const [value = '1'] = valuesOf(directives, 'worker_processes') ?? []
  if (value !== 'auto') return Number(value)
  const text = yield* readText(system, '/proc/cpuinfo')
  return lines(text).filter((line) => line.startsWith('processor')).length
}

/** How often, and how long between, nginx tries to bind a port that is in use. */
const bindTries = 5
const bindPause = 500_000

/**
 * The listening sockets of a cycle; those that are there already are kept, those not needed any more closed.
 * @throws ConfigError when a port stays in use
 */
export function* bindAll(system: System, cycle: Cycle, known: readonly Listener[]): Program<readonly Listener[]> {
  const wanted = new Map<string, Listen>()
  for (const { listens } of cycle.site.servers) {
    // What comes over IPv6 is not simulated.
    for (const each of listens) if (!each.address.startsWith('[')) wanted.set(`${each.address}:${each.port}`, each)
  }
  const listeners = known.filter(({ listen }) => wanted.delete(`${listen.address}:${listen.port}`))
  for (const { fd } of known.filter((each) => !listeners.includes(each))) yield* system.close(fd)
  for (let tries = 0; ; tries++) {
    for (const [name, listen] of wanted) {
      const fd = yield* bindOne(system, listen)
      if (typeof fd === 'number') {
        wanted.delete(name)
        listeners.push({ fd, listen })
        continue
      }
      const message = `bind() to ${name} failed (${numberOf(fd)}: ${fd.message})`
      if (fd.errno !== 'EADDRINUSE') throw new ConfigError(message)
      yield* complain(system, cycle.errorLog, 'emerg', message)
    }
    if (wanted.size === 0) return listeners
    if (tries + 1 === bindTries) throw new ConfigError('still could not bind()')
    yield* log(system, cycle.errorLog, 'notice', `try again to bind() after ${bindPause / 1000}ms`)
    yield* system.nanosleep(bindPause)
  }
}

function* bindOne(system: System, { address, port }: Listen): Program<number | SystemCallError> {
  const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
  yield* system.setsockopt(fd, 'SO_REUSEADDR', true)
  const bound = yield* attempt(system.bind(fd, { family: 'AF_INET', address, port }))
  if (bound instanceof SystemCallError) {
    yield* system.close(fd)
    return bound
  }
  yield* system.listen(fd, 511)
  yield* system.fcntl_setfl(fd, ['NONBLOCK'])
  return fd
}
