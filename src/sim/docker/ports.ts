// Which ports of the host are published, and for whom, as libnetwork's port allocator keeps them.
import { EngineError } from './errors.ts'

const firstEphemeral = 32_768
const lastEphemeral = 60_999

export class PortAllocator {
  readonly #used = new Set<string>()
  #next = firstEphemeral

  /**
   * A port of the host for a container's port.
   * @param hostPort a number, a range `8080-8090`, or empty for any
   * @throws EngineError when it is taken: `Bind for 0.0.0.0:8080 failed: port is already allocated`
   */
  allocate(protocol: string, hostIp: string, hostPort: string): number {
    if (hostPort === '') return this.#ephemeral(protocol)
    const [first = 0, last = first] = hostPort.split('-').map(Number)
    for (let port = first; port <= last; port++) if (this.#take(protocol, port)) return port
    throw new EngineError(500, `Bind for ${hostIp}:${first} failed: port is already allocated`)
  }

  release(protocol: string, port: number): void {
    this.#used.delete(`${port}/${protocol}`)
  }

  #ephemeral(protocol: string): number {
    for (let tries = firstEphemeral; tries <= lastEphemeral; tries++) {
      const port = this.#next
      this.#next = this.#next === lastEphemeral ? firstEphemeral : this.#next + 1
      if (this.#take(protocol, port)) return port
    }
    throw new EngineError(500, 'all ports are allocated')
  }

  #take(protocol: string, port: number): boolean {
    const key = `${port}/${protocol}`
    if (this.#used.has(key)) return false
    this.#used.add(key)
    return true
  }
}
