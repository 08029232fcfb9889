// Which ports of the host are published, and for whom, as libnetwork's port allocator keeps them.
import { EngineError } from './errors.ts'

const firstEphemeral = 32_768
const lastEphemeral = 60_999
const anyAddress = '0.0.0.0'

export class PortAllocator {
  /** By port and protocol, the addresses on which it is given out. */
  readonly #used = new Map<string, Set<string>>()
  readonly #strict: boolean
  #next = firstEphemeral

  /** @param strict whether an address stands in the way of all addresses, and the other way round; since 28 it does */
  constructor(strict: boolean) {
    this.#strict = strict
  }

  /**
   * A port of the host for a container's port.
   * @param hostPort a number, a range `8080-8090`, or empty for any
   * @throws EngineError when it is taken: `Bind for 0.0.0.0:8080 failed: port is already allocated`
   */
  allocate(protocol: string, hostIp: string, hostPort: string): number {
    if (hostPort === '') return this.#ephemeral(protocol, hostIp)
    const [first = 0, last = first] = hostPort.split('-').map(Number)
    let holder: string | undefined
    for (let port = first; port <= last; port++) {
      const inTheWay = this.#take(protocol, hostIp, port)
      if (inTheWay === undefined) return port
      holder ??= inTheWay
    }
    throw new EngineError(500, `Bind for ${holder}:${first} failed: port is already allocated`)
  }

  release(protocol: string, hostIp: string, port: number): void {
    const key = `${port}/${protocol}`
    const addresses = this.#used.get(key)
    addresses?.delete(hostIp)
    if (addresses?.size === 0) this.#used.delete(key)
  }

  #ephemeral(protocol: string, hostIp: string): number {
    for (let tries = firstEphemeral; tries <= lastEphemeral; tries++) {
      const port = this.#next
      this.#next = this.#next === lastEphemeral ? firstEphemeral : this.#next + 1
      if (this.#take(protocol, hostIp, port) === undefined) return port
    }
    throw new EngineError(500, 'all ports are allocated')
  }

  /** Gives the address that has it already; undefined when it is now taken. */
  #take(protocol: string, hostIp: string, port: number): string | undefined {
    const key = `${port}/${protocol}`
    const addresses = this.#used.get(key) ?? new Set<string>()
    if (addresses.has(hostIp)) return hostIp
    if (this.#strict && hostIp === anyAddress) {
      for (const address of addresses) return address
    }
    if (this.#strict && addresses.has(anyAddress)) return anyAddress
    this.#used.set(key, addresses.add(hostIp))
    return undefined
  }
}
