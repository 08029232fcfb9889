// getent(1) of the C library, nslookup of busybox and of BIND, and host(1): names and addresses as the machine finds them.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { hostAddress } from './resolve.ts'
import { lines, readText, writeError, writeOut } from './stdio.ts'
import { attempt, type Family } from './utility.ts'

const getentPointer = "Try `getent --help' or `getent --usage' for more information.\n"

/** Databases that are files of colons, by the place of the number that may be asked for. */
const files: Readonly<Record<string, string>> = {
  passwd: '/etc/passwd',
  group: '/etc/group',
  shadow: '/etc/shadow',
}

const databases = new Set([
  ...Object.keys(files),
  ...['ahosts', 'ahostsv4', 'ahostsv6', 'hosts', 'networks', 'protocols', 'services'],
])

export const getent: Main = function* getent(system, argv) {
  const [database, ...keys] = argv.slice(1)
  if (database === undefined) {
    yield* writeError(system, `getent: wrong number of arguments\n${getentPointer}`)
    return 1
  }
  if (!databases.has(database)) {
    yield* writeError(system, `Unknown database: ${database}\n${getentPointer}`)
    return 1
  }
  const path = files[database]
  if (path !== undefined) return yield* findLines(system, path, keys)
  if (!database.startsWith('ahosts') && database !== 'hosts') return yield* findWords(system, `/etc/${database}`, keys)
  if (keys.length === 0) return yield* allHosts(system)
  let status = 0
  for (const key of keys) {
    const text = database === 'hosts' ? yield* hostLine(system, key) : yield* socketLines(system, key)
    if (text === undefined) status = 2
    else yield* writeOut(system, text)
  }
  return status
}

function* textOf(system: System, path: string): Program<string[]> {
  const text = yield* attempt(readText(system, path))
  return text instanceof SystemCallError ? [] : lines(text)
}

function* findLines(system: System, path: string, keys: readonly string[]): Program {
  const rows = yield* textOf(system, path)
  if (keys.length === 0) yield* writeOut(system, rows.map((row) => `${row}\n`).join(''))
  let status = 0
  for (const key of keys) {
    const found = rows.find((row) => row.split(':')[0] === key || row.split(':')[2] === key)
    if (found === undefined) status = 2
    else yield* writeOut(system, `${found}\n`)
  }
  return status
}

function* findWords(system: System, path: string, keys: readonly string[]): Program {
  const rows = (yield* textOf(system, path)).filter((row) => row.trim() !== '' && !row.startsWith('#'))
  let status = 0
  for (const key of keys) {
    const found = rows.find((row) => row.split(/[\s/]+/).includes(key))
    if (found === undefined) status = 2
    else yield* writeOut(system, `${found.replace(/\s+/, '                ')}\n`)
  }
  return status
}

function* hostsRows(system: System): Program<string[][]> {
  const rows = (yield* textOf(system, '/etc/hosts')).map((row) => row.replace(/#.*/, '').trim().split(/\s+/))
  return rows.filter(([address, name]) => address !== '' && name !== undefined)
}

const hostRow = (address: string, names: readonly string[]) => `${address.padEnd(15)} ${names.join(' ')}\n`

function* allHosts(system: System): Program {
  for (const [address = '', ...names] of yield* hostsRows(system)) yield* writeOut(system, hostRow(address, names))
  return 0
}

function* hostLine(system: System, key: string): Program<string | undefined> {
  const rows = yield* hostsRows(system)
  const known = rows.find(([address, ...names]) => address === key || names.includes(key))
  if (known !== undefined) return hostRow(known[0] ?? '', known.slice(1))
  const address = /^\d+(\.\d+){3}$/.test(key) ? undefined : yield* hostAddress(system, key)
  return address === undefined ? undefined : hostRow(address, [key])
}

function* socketLines(system: System, key: string): Program<string | undefined> {
  const address = yield* hostAddress(system, key)
  if (address === undefined) return undefined
  return ['STREAM', 'DGRAM', 'RAW']
    .map((type, at) => `${address.padEnd(15)} ${type.padEnd(6)} ${at === 0 ? key : ''}\n`)
    .join('')
}

function* nameServer(system: System): Program<string | undefined> {
  const rows = yield* textOf(system, '/etc/resolv.conf')
  return rows.map((row) => /^nameserver\s+(\S+)/.exec(row)?.[1]).find((address) => address !== undefined)
}

/** Only the name server is asked: what stands in /etc/hosts it need not know. */
function* ask(system: System, name: string): Program<string | undefined> {
  const listed = (yield* hostsRows(system)).some(([, ...names]) => names.includes(name))
  return listed ? undefined : yield* hostAddress(system, name)
}

export const nslookupMain = (family: Family): Main =>
  function* nslookup(system, argv) {
    const [name, given] = argv.slice(1).filter((word) => !word.startsWith('-'))
    if (name === undefined) {
      const text =
        family === 'busybox'
          ? 'BusyBox v1.37.0 (2025-05-26 20:04:45 UTC) multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n'
          : ''
      yield* writeError(system, text)
      return 1
    }
    const server = given ?? (yield* nameServer(system)) ?? '127.0.0.1'
    const address = yield* ask(system, name)
    const head =
      family === 'busybox'
        ? `Server:\t\t${server}\nAddress:\t${server}:53\n\n`
        : `Server:\t\t${server}\nAddress:\t${server}#53\n\n`
    if (address === undefined) {
      const text = `** server can't find ${name}: NXDOMAIN\n\n`
      yield* writeOut(system, family === 'busybox' ? `${head}${text}${text}` : head + text)
      return 1
    }
    yield* writeOut(system, `${head}Non-authoritative answer:\nName:\t${name}\nAddress: ${address}\n\n`)
    return 0
  }

export const host: Main = function* host(system, argv) {
  const name = argv.slice(1).find((word) => !word.startsWith('-'))
  if (name === undefined) {
    yield* writeError(
      system,
      'Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n',
    )
    return 1
  }
  const address = yield* ask(system, name)
  yield* writeOut(
    system,
    address === undefined ? `Host ${name} not found: 3(NXDOMAIN)\n` : `${name} has address ${address}\n`,
  )
  return address === undefined ? 1 : 0
}
