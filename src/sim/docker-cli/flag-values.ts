// What docker checks of a flag's value while it reads the command line, in the words of docker's `opts` package.
import type { FlagType } from '../../text/flags.ts'
import type { Release } from './release.ts'

/** A type whose values are checked and kept as they are. */
function checked(name: string, check: (text: string) => void): FlagType {
  return {
    name,
    read: (text) => {
      check(text)
      return text
    },
  }
}

function refuse(message: string): never {
  throw new Error(message)
}

export const environmentVariable = checked('list', (text) => {
  if (text === '' || text.startsWith('=')) refuse(`invalid environment variable: ${text}`)
})

export const label = checked('list', (text) => {
  if (text === '' || text.startsWith('=')) refuse(`invalid label '${text}': empty name`)
})

export const attachedStream: FlagType = {
  name: 'list',
  read: (text) => {
    const stream = text.toLowerCase()
    if (!['stdin', 'stdout', 'stderr'].includes(stream)) refuse('valid streams are STDIN, STDOUT and STDERR')
    return stream
  },
}

/** `name:address`, and since 26.1 `name=address`. */
export const extraHost = (release: Release): FlagType => ({
  name: 'list',
  read: (text) => {
    const at = (release === '20.10' ? /:/ : /[:=]/).exec(text)?.index ?? text.length
    const [name, address] = [text.slice(0, at), text.slice(at + 1)]
    if (name === '' || address === '') refuse(`bad format for add-host: ${JSON.stringify(text)}`)
    const plain = address.replace(/^\[(.*)\]$/, '$1')
    if (plain !== 'host-gateway' && !isAddress(plain))
      refuse(`invalid IP address in add-host: ${JSON.stringify(address)}`)
    return `${name}:${plain}`
  },
})

/** `--dns`: 20.10 had other words. */
export function addressType(release: Release): FlagType {
  return checked('list', (text) => {
    if (isAddress(text)) return
    refuse(release === '20.10' ? `${text} is not an ip address` : `IP address is not correctly formatted: ${text}`)
  })
}

function isAddress(text: string): boolean {
  const parts = text.split('.')
  if (parts.length === 4) return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  return /^[\da-f:]*:[\da-f:.]*$/i.test(text) && text.length >= 2
}

export const searchDomain: FlagType = {
  name: 'list',
  read: (text) => {
    const domain = text.trim()
    if (domain === '.') return domain
    if (!/^(:?[\da-z][\w.-]*[\da-z]|[\da-z])\.?$/i.test(domain)) refuse(`${domain} is not a valid domain`)
    return domain
  },
}

export const link = checked('list', (text) => {
  if (text === '') refuse('empty string specified for links')
  if (text.split(':').length > 2) refuse(`bad format for links: ${text}`)
})

/** The namespaced kernel parameters. */
const sysctls = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|net\..*|fs\.mqueue\..*)$/

export function sysctlType(release: Release): FlagType {
  return checked('map', (text) => {
    const [name = '', value] = text.split(/=(.*)/s)
    if (value !== undefined && sysctls.test(name)) return
    refuse(`sysctl '${text}' is not ${release === '20.10' ? 'whitelisted' : 'allowed'}`)
  })
}

/** `--gpus`: a number or `all`, or fields; only a field without `=` and the names of fields are looked at. */
export const gpuRequest = (release: Release): FlagType =>
  checked('gpu-request', (text) => {
    for (const field of text.split(',')) {
      const [key = '', value] = field.split(/=(.*)/s)
      const count = value === undefined ? key : key === 'count' ? value : 'all'
      if (count !== 'all' && !/^[+-]?\d+$/.test(count)) {
        if (release === '28.5')
          refuse(`invalid count (${count}): value must be either "all" or an integer: invalid syntax`)
        refuse(`count must be an integer: strconv.Atoi: parsing ${JSON.stringify(count)}: invalid syntax`)
      }
      if (value !== undefined && !gpuKeys.has(key)) refuse(`unexpected key '${key}' in '${field}'`)
    }
  })

const gpuKeys = new Set(['count', 'driver', 'device', 'capabilities', 'options'])

export const cgroupRule = checked('list', (text) => {
  if (!/^[acb] (\d+|\*):(\d+|\*) [rwm]{1,3}$/.test(text)) refuse(`invalid device cgroup format '${text}'`)
})

/** `PATH:NUMBER`, a device and a rate or a weight. */
export function deviceValue(kind: 'bytes' | 'operations' | 'weight'): FlagType {
  return checked('list', (text) => {
    const [path = '', value] = text.split(/:(.*)/s)
    if (path === '' || value === undefined) refuse(`bad format: ${text}`)
    if (!path.startsWith('/dev/')) refuse(`bad format for device path: ${text}`)
    if (kind === 'bytes') {
      if (/^\d+([kmg]?b?)$/i.test(value)) return
      refuse(
        `invalid rate for device: ${text}. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb`,
      )
    }
    if (/^\d+$/.test(value)) return
    if (kind === 'weight') refuse(`invalid weight for device: ${text}`)
    refuse(
      `invalid rate for device: ${text}. The correct format is <device-path>:<number>. Number must be a positive integer`,
    )
  })
}

const limitNames = new Set([
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
])

export interface Limit {
  readonly Name: string
  readonly Hard: number
  readonly Soft: number
}

/** `nofile=100:200`: soft and hard, or both in one. -1 is unlimited. @throws Error with go-units' words */
export function parseLimit(text: string): Limit {
  const [name = '', value, ...more] = text.split('=')
  if (value === undefined || more.length > 0) refuse(`invalid ulimit argument: ${text}`)
  if (!limitNames.has(name)) refuse(`invalid ulimit type: ${name}`)
  const parts = value.split(':')
  if (parts.length > 2) refuse('too many limit value arguments - must have one, not more than two')
  for (const part of parts) {
    if (!/^[+-]?\d+$/.test(part)) refuse(`strconv.ParseInt: parsing ${JSON.stringify(part)}: invalid syntax`)
  }
  const [soft = 0, hard = soft] = parts.map(Number)
  if (hard !== -1 && soft === -1)
    refuse(`ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${hard}`)
  if (hard !== -1 && soft > hard)
    refuse(`ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`)
  return { Name: name, Hard: hard, Soft: soft }
}

export const ulimit = checked('ulimit', parseLimit)

/** `--network`: a name, or `name=NET,alias=A,…`. */
export const network = checked('network', (text) => {
  if (!/^\w[\w-]*=/.test(text)) return
  for (const field of text.split(',')) {
    const [key = '', value] = field.trim().split(/=(.*)/s)
    if (value === undefined) refuse(`invalid field ${key}`)
    if (!networkKeys.has(key.toLowerCase())) refuse(`invalid field key ${key}`)
    if (key === 'driver-opt' && !value.includes('=')) refuse(`invalid key value pair format in driver options`)
  }
})

const networkKeys = new Set(['name', 'alias', 'ip', 'ip6', 'link-local-ip', 'mac-address', 'driver-opt', 'gw-priority'])
