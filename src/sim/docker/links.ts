// `--link`: on the default bridge a line in /etc/hosts and variables of the other container; elsewhere a name to resolve.
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'

export interface Link {
  readonly target: Container
  readonly alias: string
}

/** The containers that are linked, by `NAME:ALIAS`. @throws EngineError 400 when one is not there */
export function linksOf(daemon: Daemon, links: readonly string[] | null): Link[] {
  return (links ?? []).map((text) => {
    const [name = '', alias = name] = text.split(':')
    const target = daemon.find(name)
    if (target === undefined)
      throw new EngineError(400, `could not get container for ${name}: No such container: ${name}`)
    return { target, alias: alias.replace(/^\//, '') }
  })
}

/** Lines of /etc/hosts for those that run: address, alias, id and name. */
export function linkHosts(links: readonly Link[]): string[] {
  return links.flatMap(({ target, alias }) => {
    const address = target.endpoints.get('bridge')?.address ?? ''
    const names = [...new Set([alias, target.config.Hostname, target.name])]
    return address === '' ? [] : [`${address}\t${names.join(' ')}`]
  })
}

/** `ALIAS_NAME`, `ALIAS_PORT` and their like, for the legacy links of the default bridge. */
export function linkVariables(links: readonly Link[], name: string): string[] {
  return links.flatMap(({ target, alias }) => {
    const address = target.endpoints.get('bridge')?.address ?? ''
    const prefix = alias.replaceAll(/[^a-zA-Z0-9_]/g, '_').toUpperCase()
    const ports = Object.keys(target.config.ExposedPorts ?? {})
    const [first] = ports
    const url = (port: string) => `${port.split('/')[1] ?? 'tcp'}://${address}:${port.split('/')[0] ?? ''}`
    return [
      ...(first === undefined ? [] : [`${prefix}_PORT=${url(first)}`]),
      ...ports.flatMap((port) => {
        const [number = '', protocol = 'tcp'] = port.split('/')
        const key = `${prefix}_PORT_${number}_${protocol.toUpperCase()}`
        return [`${key}=${url(port)}`, `${key}_ADDR=${address}`, `${key}_PORT=${number}`, `${key}_PROTO=${protocol}`]
      }),
      `${prefix}_NAME=/${name}/${alias}`,
    ]
  })
}
