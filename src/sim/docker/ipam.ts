// Addresses for containers, as libnetwork's default IPAM gives them: the lowest free one of the network's subnet.

/** An IPv4 network: address and prefix as numbers. */
export interface Subnet {
  readonly address: number
  readonly prefixLength: number
}

/** Reads `172.17.0.0/16`; undefined when it is no IPv4 CIDR. Host bits are kept out. */
export function parseSubnet(text: string): Subnet | undefined {
  const match = /^([\d.]+)\/(\d{1,2})$/.exec(text)
  const address = parseAddress(match?.[1] ?? '')
  const prefixLength = Number(match?.[2])
  if (address === undefined || !(prefixLength <= 32)) return undefined
  return { address: maskOf(prefixLength) & address, prefixLength }
}

/** Reads a dotted IPv4 address as an unsigned number. */
export function parseAddress(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined
  return parts.reduce((value, part) => value * 256 + Number(part), 0)
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}

export function formatSubnet(subnet: Subnet): string {
  return `${formatAddress(subnet.address >>> 0)}/${subnet.prefixLength}`
}

/** The last address of a subnet. */
export function broadcastOf(subnet: Subnet): number {
  return (subnet.address >>> 0) + 2 ** (32 - subnet.prefixLength) - 1
}

export function overlaps(a: Subnet, b: Subnet): boolean {
  return a.address >>> 0 <= broadcastOf(b) && b.address >>> 0 <= broadcastOf(a)
}

function maskOf(prefixLength: number): number {
  return prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0
}

/** The addresses of one network: which are given out. Network and broadcast address never are. */
export class AddressPool {
  readonly subnet: Subnet
  readonly #used = new Set<number>()
  /** Where addresses are given out that nobody chose; the subnet or a part of it. */
  readonly #range: Subnet
  /** No address of the range below it is free; of a pool that goes upwards, where it looks next. */
  #lowest: number
  /** How the host-local plugin of CNI gives them out: each after the last one, so that one that is free again comes late. */
  readonly #goesUpwards: boolean

  constructor(subnet: Subnet, range: Subnet = subnet, order: 'lowest' | 'upwards' = 'lowest') {
    this.subnet = subnet
    this.#range = range
    this.#goesUpwards = order === 'upwards'
    this.#lowest = this.#first
  }

  get #first(): number {
    const first = this.#range.address >>> 0
    return first === this.subnet.address >>> 0 ? first + 1 : first
  }

  /** The lowest free address, or the next one; undefined when all are in use. */
  allocate(): string | undefined {
    const last = Math.min(broadcastOf(this.subnet), broadcastOf(this.#range) + 1)
    const from = this.#lowest
    while (this.#used.has(this.#lowest)) this.#lowest++
    if (this.#lowest >= last && this.#goesUpwards && from > this.#first) {
      this.#lowest = this.#first
      while (this.#used.has(this.#lowest)) this.#lowest++
    }
    if (this.#lowest >= last) return undefined
    const address = this.#lowest
    this.#used.add(address)
    if (this.#goesUpwards) this.#lowest++
    return formatAddress(address)
  }

  /** Takes a given address: 'taken' when it is in use, 'outside' when it is not of this subnet. */
  reserve(text: string): 'reserved' | 'taken' | 'outside' {
    const address = parseAddress(text)
    const first = this.subnet.address >>> 0
    if (address === undefined || address <= first || address >= broadcastOf(this.subnet)) return 'outside'
    if (this.#used.has(address)) return 'taken'
    this.#used.add(address)
    return 'reserved'
  }

  /** Gives an address back; one that was not given out is no error. */
  release(text: string): void {
    const address = parseAddress(text)
    if (address === undefined || !this.#used.delete(address) || this.#goesUpwards) return
    this.#lowest = Math.max(this.#first, Math.min(this.#lowest, address))
  }

  get inUse(): number {
    return this.#used.size
  }
}

/** The pools from which networks without `--subnet` take theirs: 172.17 to 172.31 by /16, then 192.168 by /20. */
export function defaultSubnets(): Subnet[] {
  const subnets: Subnet[] = []
  for (let second = 17; second <= 31; second++)
    subnets.push({ address: ((172 << 24) | (second << 16)) >>> 0, prefixLength: 16 })
  for (let third = 0; third < 256; third += 16)
    subnets.push({ address: ((192 << 24) | (168 << 16) | (third << 8)) >>> 0, prefixLength: 20 })
  return subnets
}
