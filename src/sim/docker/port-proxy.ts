// docker-proxy: a process of the host for each published port, which hands connections on to the container.
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import type { Process } from '../kernel/process.ts'
import { SIGKILL } from '../kernel/signal-numbers.ts'
import { type Main, type Program, type System, SystemCallError } from '../kernel/system.ts'

/** Debian has it in sbin; docker's own packages do not. */
const paths = { debian: '/usr/sbin/docker-proxy', docker: '/usr/bin/docker-proxy' }
const proxies = new WeakMap<Container, Process[]>()

/** Starts a proxy for each published IPv4 port. @param address the container's */
export function startPortProxies(daemon: Daemon, container: Container, address: string): void {
  const started: Process[] = []
  for (const [key, bindings] of container.publishedPorts) {
    const [port = '', protocol = 'tcp'] = key.split('/')
    for (const { HostIp, HostPort } of bindings) {
      const path = daemon.parameters.platformName === '' ? paths.debian : paths.docker
      const flags = [
        '-proto',
        protocol,
        '-host-ip',
        HostIp,
        '-host-port',
        HostPort,
        '-container-ip',
        address,
        '-container-port',
        port,
        ...(daemon.words === '28.5' ? ['-use-listen-fd'] : []),
      ]
      started.push(
        daemon.kernel.spawn({
          parent: daemon.process,
          // What comes over IPv6 is not simulated, nor are datagrams: their proxies only stand there.
          main:
            protocol !== 'tcp' || HostIp.includes(':')
              ? waitForEver
              : proxyMain(HostIp, Number(HostPort), address, Number(port)),
          argv: [path, ...flags],
          comm: 'docker-proxy',
          executablePath: path,
        }),
      )
    }
  }
  if (started.length > 0) proxies.set(container, started)
}

export function stopPortProxies(daemon: Daemon, container: Container): void {
  for (const process of proxies.get(container) ?? []) daemon.kernel.sendSignal(process, SIGKILL)
  proxies.delete(container)
}

const waitForEver: Main = function* waitForEver(system) {
  for (;;) yield* system.pause()
}

function proxyMain(hostIp: string, hostPort: number, address: string, port: number): Main {
  return function* proxy(system) {
    // SIGCHLD ignored: what served a connection leaves no zombie.
    yield* system.sigaction(17, { handler: 'SIG_IGN' })
    const listener = yield* system.socket('AF_INET', 'SOCK_STREAM')
    yield* system.setsockopt(listener, 'SO_REUSEADDR', true)
    yield* system.bind(listener, { family: 'AF_INET', address: hostIp, port: hostPort })
    yield* system.listen(listener, 4096)
    for (;;) {
      const { fd } = yield* system.accept(listener)
      yield* system.fork((inner) => serve(inner, fd, address, port))
      yield* system.close(fd)
    }
  }
}

/**
 * Connects to an address and copies both ways until both sides have ended.
 * @returns 1 when there is nothing to connect to
 */
export function* serve(system: System, client: number, address: string, port: number): Program {
  const server = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.connect(server, { family: 'AF_INET', address, port })
  } catch (error) {
    if (error instanceof SystemCallError) return 1
    throw error
  }
  const open = new Map([
    [client, server],
    [server, client],
  ])
  while (open.size > 0) {
    const ready = yield* system.poll(
      [...open.keys()].map((fd) => ({ fd, events: ['POLLIN'] as const })),
      -1,
    )
    for (const { fd } of ready) {
      const other = open.get(fd)
      if (other === undefined) continue
      try {
        const data = yield* system.read(fd, 32_768)
        if (data.length > 0) {
          yield* system.write(other, data)
          continue
        }
        yield* system.shutdown(other, 'SHUT_WR')
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
      }
      open.delete(fd)
    }
  }
  return 0
}
