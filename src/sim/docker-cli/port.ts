// `docker port`: where the ports of a container are published.
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { isAtLeast } from './release.ts'

export const portCommand: Command = {
  names: ['container port', 'port'],
  usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  summary: 'List port mappings or a specific mapping for the container',
  operands: { least: 1, most: 2 },
  *run(invocation) {
    const { release, system } = invocation
    const [name = '', wanted] = invocation.operands
    const api = yield* invocation.api(`/containers/${name}/json`)
    const container = yield* invocation.about('container', name, api.containerInspect(system, name))
    const brackets = isAtLeast(release, '26.1')
    const address = (ip: string, port: string) => (ip.includes(':') && brackets ? `[${ip}]:${port}` : `${ip}:${port}`)
    const ports = Object.entries(container.NetworkSettings.Ports ?? {})
    if (wanted === undefined) {
      const lines = ports.flatMap(([inside, bindings]) =>
        (bindings ?? []).map(({ HostIp, HostPort }) => `${inside} -> ${address(HostIp, HostPort)}`),
      )
      yield* invocation.out(
        lines
          .toSorted(brackets ? byPort : undefined)
          .map((line) => `${line}\n`)
          .join(''),
      )
      return 0
    }
    const key = wanted.includes('/') ? wanted : `${wanted}/tcp`
    if (release === '28.5' && !/^\d+(\/|$)/.test(wanted)) {
      const number = wanted.split('/')[0] ?? ''
      const why = `strconv.ParseUint: parsing ${JSON.stringify(number)}: invalid syntax`
      throw new StatusError(`Error: invalid port (${wanted}): ${why}`)
    }
    const bindings = ports.find(([inside]) => inside === key)?.[1] ?? []
    if (bindings.length === 0) {
      throw new StatusError(`Error: No public port '${brackets ? wanted : key}' published for ${name}`)
    }
    yield* invocation.out(bindings.map(({ HostIp, HostPort }) => `${address(HostIp, HostPort)}\n`).join(''))
    return 0
  },
}

/** By number, the lowest port first, as since 26.1. */
function byPort(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)
}
