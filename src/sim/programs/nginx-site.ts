// What a configuration of nginx means to a request: the servers by port and name, their locations, types and logs.
import { ConfigError, type Directive, valuesOf } from './nginx-config.ts'

export interface Listen {
  readonly address: string
  readonly port: number
}

export interface Location {
  /** `=` exact, `^~` and `` prefixes, `~` and `~*` regular expressions. */
  readonly modifier: string
  readonly pattern: string
  /** Blocks from the innermost to `http`: what a block does not say, the one around it says. */
  readonly scope: readonly (readonly Directive[])[]
}

export interface Server {
  readonly listens: readonly Listen[]
  readonly names: readonly string[]
  readonly locations: readonly Location[]
  /** What holds where no location matches. */
  readonly whole: Location
}

export interface Site {
  readonly servers: readonly Server[]
  /** Endings of files and their types. */
  readonly types: ReadonlyMap<string, string>
  /** Formats of access logs by name. */
  readonly formats: ReadonlyMap<string, string>
}

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'

/** @throws ConfigError where a value is wrong */
export function siteOf(directives: readonly Directive[]): Site {
  const http = directives.filter(({ name }) => name === 'http').flatMap(({ block }) => block)
  const types = new Map<string, string>()
  for (const { block } of http.filter(({ name }) => name === 'types')) {
    for (const { name, values } of block) for (const ending of values) types.set(ending, name)
  }
  const formats = new Map([['combined', combined]])
  for (const { values } of http.filter(({ name }) => name === 'log_format')) {
    const [name = '', ...parts] = values
    formats.set(name, parts.join(''))
  }
  const servers = http.filter(({ name }) => name === 'server').map(({ block }) => serverOf(block, http))
  return { servers, types, formats }
}

function serverOf(block: readonly Directive[], http: readonly Directive[]): Server {
  const listens = block.filter(({ name }) => name === 'listen').map(listenOf)
  const locations = (inside: readonly Directive[], scope: Location['scope']): Location[] =>
    inside
      .filter(({ name }) => name === 'location')
      .flatMap(({ values, block: own }) => {
        const [modifier = '', pattern = ''] = values.length === 2 ? values : ['', values[0]]
        return [{ modifier, pattern, scope: [own, ...scope] }, ...locations(own, [own, ...scope])]
      })
  return {
    listens: listens.length === 0 ? [{ address: '0.0.0.0', port: 80 }] : listens,
    names: block.filter(({ name }) => name === 'server_name').flatMap(({ values }) => values),
    locations: locations(block, [block, http]),
    whole: { modifier: '', pattern: '', scope: [block, http] },
  }
}

/** `80`, `*:80`, `127.0.0.1:80`, `127.0.0.1`, `localhost:80`, `[::]:80`. */
function listenOf({ values, file, line }: Directive): Listen {
  const [text = ''] = values
  const match = /^(?:(\[[^\]]*\]|[^:]+):)?(\d+)$/.exec(text)
  const address = match ? (match[1] ?? '*') : text
  const port = match ? Number(match[2]) : 80
  if (port < 1 || port > 65_535)
    throw new ConfigError(`invalid port in "${text}" of the "listen" directive in ${file}:${line}`)
  if (address === '*') return { address: '0.0.0.0', port }
  if (address === 'localhost') return { address: '127.0.0.1', port }
  if (!/^\[|^\d+(?:\.\d+){3}$/.test(address)) {
    throw new ConfigError(`host not found in "${text}" of the "listen" directive in ${file}:${line}`)
  }
  return { address, port }
}

/** The values that hold in a location: of the nearest block that has the directive. */
export function valuesIn({ scope }: Location, name: string): readonly string[] | undefined {
  for (const block of scope) {
    const values = valuesOf(block, name)
    if (values !== undefined) return values
  }
  return undefined
}

/** All values of a directive in the nearest block that has any. */
export function allIn({ scope }: Location, name: string): readonly (readonly string[])[] {
  for (const block of scope) {
    const found = block.filter((each) => each.name === name)
    if (found.length > 0) return found.map(({ values }) => values)
  }
  return []
}

/** The server that a request is for: by port, then by its Host; the first of the port if no name fits. */
export function serverFor(site: Site, local: Listen, host: string): Server | undefined {
  const here = site.servers.filter(({ listens }) =>
    listens.some(({ address, port }) => port === local.port && (address === '0.0.0.0' || address === local.address)),
  )
  return here.find(({ names }) => names.includes(host)) ?? here[0]
}

/** Which location takes a path: exact, then the longest prefix unless a regular expression comes before it. */
export function locationFor(server: Server, path: string): Location {
  const exact = server.locations.find(({ modifier, pattern }) => modifier === '=' && pattern === path)
  if (exact) return exact
  const prefixes = server.locations.filter(
    ({ modifier, pattern }) => (modifier === '' || modifier === '^~') && path.startsWith(pattern),
  )
  const longest = prefixes.toSorted((a, b) => b.pattern.length - a.pattern.length)[0]
  if (longest?.modifier === '^~') return longest
  const expression = server.locations.find(
    ({ modifier, pattern }) => /^~\*?$/.test(modifier) && new RegExp(pattern, modifier === '~*' ? 'i' : '').test(path),
  )
  return expression ?? longest ?? server.whole
}
