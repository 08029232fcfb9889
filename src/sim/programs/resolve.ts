// Names to addresses as a program's resolver finds them: dotted addresses, /etc/hosts, then the name server.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { lines, readText } from './stdio.ts'

/** The IPv4 address of a host name, or undefined when nobody knows it, gethostbyname(3). */
export function* hostAddress(system: System, name: string): Program<string | undefined> {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name))
    return name.split('.').every((part) => Number(part) < 256) ? name : undefined
  const hosts = yield* textOrNothing(system, '/etc/hosts')
  for (const line of lines(hosts)) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (address !== undefined && !address.includes(':') && names.includes(name)) return address
  }
  return yield* askNameServer(system, name)
}

function* textOrNothing(system: System, path: string): Program<string> {
  try {
    return yield* readText(system, path)
  } catch (error) {
    if (error instanceof SystemCallError) return ''
    throw error
  }
}

/**
 * Asks the first name server of resolv.conf(5) over UDP, with the name alone as the question and the address alone as
 * the answer: the wire format of DNS is not simulated.
 */
function* askNameServer(system: System, name: string): Program<string | undefined> {
  const configuration = yield* textOrNothing(system, '/etc/resolv.conf')
  const server = /^nameserver\s+(\d\S*)/m.exec(configuration)?.[1]
  if (server === undefined) return undefined
  const fd = yield* system.socket('AF_INET', 'SOCK_DGRAM')
  try {
    yield* system.sendto(fd, new TextEncoder().encode(name), { family: 'AF_INET', address: server, port: 53 })
    const ready = yield* system.poll([{ fd, events: ['POLLIN'] }], 5e6)
    if (ready.length === 0) return undefined
    const { data } = yield* system.recvfrom(fd, 512)
    const answer = new TextDecoder().decode(data)
    return answer === '' ? undefined : answer
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  } finally {
    yield* system.close(fd)
  }
}
