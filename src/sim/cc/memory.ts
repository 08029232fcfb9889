// The memory of a process: pages of 4096 bytes below 2 GiB, mapped when they are touched, shared by fork until written.
import type { Value } from './bytecode.ts'

/** What the processor tells the kernel: an access to memory that is not there, a division by zero. */
export class Fault {
  readonly signal: number
  readonly code: number
  readonly address: Value

  constructor(signal: number, code: number, address: Value) {
    this.signal = signal
    this.code = code
    this.address = address
  }
}

export const pageSize = 4096
const addressLimit = 0x8000_0000
const segmentationFault = 11
const notMapped = 1
const notAllowed = 2

export interface Page {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly writable: boolean
  /** MAP_SHARED: one page for parent and child. */
  readonly shared: boolean
}

/** A range that exists: pages of it are made when they are touched first. */
export interface Region {
  readonly start: number
  end: number
  readonly writable: boolean
  readonly readable: boolean
  readonly shared: boolean
  /** As /proc/PID/maps names it. */
  readonly name: string
}

type Tables = (Page | undefined)[][]

export function newPage(writable: boolean, shared = false): Page {
  const bytes = new Uint8Array(pageSize)
  return { bytes, view: new DataView(bytes.buffer), writable, shared }
}

export class Memory {
  /** Two levels, by bits 22 to 30 and 12 to 21 of the address; the second one holds what may be written at once. */
  #readable: Tables = []
  #writable: Tables = []
  readonly regions: Region[] = []

  constructor() {
    for (let index = 0; index < addressLimit / 2 ** 22; index++) {
      this.#readable.push(emptyTable)
      this.#writable.push(emptyTable)
    }
  }

  /** The memory of a child: the same pages, each copied when one of the two writes to it. */
  fork(): Memory {
    const child = new Memory()
    for (const [index, table] of this.#readable.entries()) {
      if (table === emptyTable) continue
      child.#readable[index] = [...table]
      const shared = table.map((page) => (page?.shared ? page : undefined))
      this.#writable[index] = shared
      child.#writable[index] = [...shared]
    }
    for (const region of this.regions) child.regions.push({ ...region })
    return child
  }

  map(region: Region): Region {
    this.regions.push(region)
    if (region.shared) for (let at = region.start; at < region.end; at += pageSize) this.#touch(at)
    return region
  }

  /** Takes away a range, munmap(2). */
  unmap(start: number, end: number): void {
    for (const region of this.regions.splice(0)) {
      if (region.end <= start || region.start >= end) this.regions.push(region)
      else {
        if (region.start < start) this.regions.push({ ...region, end: start })
        if (region.end > end) this.regions.push({ ...region, start: end })
      }
    }
    for (let at = start; at < end; at += pageSize) this.#forget(at)
  }

  /** Changes the rights of a range, mprotect(2). */
  protect(start: number, end: number, rights: { readable: boolean; writable: boolean }): void {
    for (const region of this.regions.splice(0)) {
      if (region.end <= start || region.start >= end) {
        this.regions.push(region)
        continue
      }
      if (region.start < start) this.regions.push({ ...region, end: start })
      if (region.end > end) this.regions.push({ ...region, start: end })
      const from = Math.max(start, region.start)
      const to = Math.min(end, region.end)
      this.regions.push({ ...region, start: from, end: to, ...rights })
      for (let at = from; at < to; at += pageSize) {
        const page = this.#readable[at >>> 22]?.[(at >>> 12) & 1023]
        if (page === undefined) continue
        this.#forget(at)
        if (rights.readable) this.#put(this.#readable, at, { ...page, writable: rights.writable })
        else this.#hidden.set(at, page)
      }
    }
  }

  /** Pages that nobody may read now. */
  readonly #hidden = new Map<number, Page>()

  #forget(at: number): void {
    const low = (at >>> 12) & 1023
    for (const tables of [this.#readable, this.#writable]) {
      const table = tables[at >>> 22]
      if (table !== undefined && table !== emptyTable) table[low] = undefined
    }
  }

  /** Bytes of the program's file, at load time. */
  load(start: number, bytes: Uint8Array): void {
    for (let at = start; at < start + bytes.length; ) {
      const page = this.#touch(at)
      const offset = at & 4095
      const piece = bytes.subarray(at - start, at - start + pageSize - offset)
      page.bytes.set(piece, offset)
      at += piece.length
    }
  }

  #put(tables: Tables, at: number, page: Page): void {
    let table = tables[at >>> 22]
    if (table === undefined || table === emptyTable) {
      table = Array.from({ length: 1024 }, () => undefined)
      tables[at >>> 22] = table
    }
    table[(at >>> 12) & 1023] = page
  }

  /** The page of an address in a region; made if it is not there yet. */
  #touch(address: Value): Page {
    if (typeof address !== 'number' || address < 0 || address >= addressLimit) {
      throw new Fault(segmentationFault, typeof address === 'bigint' ? 0x80 : notMapped, address)
    }
    const there = this.#readable[address >>> 22]?.[(address >>> 12) & 1023]
    if (there !== undefined) return there
    const region = this.regions.find(({ start, end }) => address >= start && address < end)
    if (region === undefined) throw new Fault(segmentationFault, notMapped, address)
    if (!region.readable) throw new Fault(segmentationFault, notAllowed, address)
    const at = address - (address & 4095)
    const hidden = this.#hidden.get(at)
    this.#hidden.delete(at)
    const page = hidden ?? newPage(region.writable, region.shared)
    this.#put(this.#readable, address, page)
    if (region.writable) this.#put(this.#writable, address, page)
    return page
  }

  #readablePage(address: Value): Page {
    if (typeof address === 'number' && address >= 0 && address < addressLimit) {
      const page = this.#readable[address >>> 22]?.[(address >>> 12) & 1023]
      if (page !== undefined) return page
    }
    return this.#touch(address)
  }

  #writablePage(address: Value): Page {
    if (typeof address === 'number' && address >= 0 && address < addressLimit) {
      const page = this.#writable[address >>> 22]?.[(address >>> 12) & 1023]
      if (page !== undefined) return page
    }
    return this.#ownPage(address)
  }

  /** A page about to be written: a copy of one that is shared by fork. */
  #ownPage(address: Value): Page {
    const page = this.#touch(address)
    if (!page.writable) throw new Fault(segmentationFault, notAllowed, address)
    const at = address as number
    if (this.#writable[at >>> 22]?.[(at >>> 12) & 1023] === page) return page
    const own = newPage(true)
    own.bytes.set(page.bytes)
    this.#put(this.#readable, at, own)
    this.#put(this.#writable, at, own)
    return own
  }

  loadu8(address: Value): number {
    return this.#readablePage(address).view.getUint8(Number(address) & 4095)
  }

  load8(address: Value): number {
    return this.#readablePage(address).view.getInt8(Number(address) & 4095)
  }

  load16(address: Value): number {
    const page = this.#readablePage(address)
    const offset = (address as number) & 4095
    return offset <= 4094 ? page.view.getInt16(offset, true) : this.#across(address as number, 2).getInt16(0, true)
  }

  load32(address: Value): number {
    const page = this.#readablePage(address)
    const offset = (address as number) & 4095
    return offset <= 4092 ? page.view.getInt32(offset, true) : this.#across(address as number, 4).getInt32(0, true)
  }

  /** 64 bits without a sign. */
  loadu64(address: Value): Value {
    const low = this.load32(address) >>> 0
    const high = this.load32((address as number) + 4) >>> 0
    return high < 0x20_0000 ? high * 0x1_0000_0000 + low : (BigInt(high) << 32n) | BigInt(low)
  }

  /** 64 bits with a sign. */
  load64(address: Value): Value {
    const low = this.load32(address) >>> 0
    const high = this.load32((address as number) + 4)
    if (high < 0x20_0000 && high >= -0x20_0000 && !(high === -0x20_0000 && low === 0)) {
      return high * 0x1_0000_0000 + low
    }
    return (BigInt(high) << 32n) | BigInt(low)
  }

  loadf32(address: Value): number {
    const page = this.#readablePage(address)
    const offset = (address as number) & 4095
    return offset <= 4092 ? page.view.getFloat32(offset, true) : this.#across(address as number, 4).getFloat32(0, true)
  }

  loadf64(address: Value): number {
    const page = this.#readablePage(address)
    const offset = (address as number) & 4095
    return offset <= 4088 ? page.view.getFloat64(offset, true) : this.#across(address as number, 8).getFloat64(0, true)
  }

  store8(address: Value, value: number): void {
    this.#writablePage(address).view.setInt8((address as number) & 4095, value)
  }

  store16(address: Value, value: number): void {
    const page = this.#writablePage(address)
    const offset = (address as number) & 4095
    if (offset <= 4094) page.view.setInt16(offset, value, true)
    else this.#storeAcross(address as number, 2, (view) => view.setInt16(0, value, true))
  }

  store32(address: Value, value: number): void {
    const page = this.#writablePage(address)
    const offset = (address as number) & 4095
    if (offset <= 4092) page.view.setInt32(offset, value, true)
    else this.#storeAcross(address as number, 4, (view) => view.setInt32(0, value, true))
  }

  store64(address: Value, value: Value): void {
    if (typeof value === 'number') {
      this.store32(address, value | 0)
      this.store32((address as number) + 4, Math.floor(value / 0x1_0000_0000) | 0)
    } else {
      this.store32(address, Number(BigInt.asIntN(32, value)))
      this.store32((address as number) + 4, Number(BigInt.asIntN(32, value >> 32n)))
    }
  }

  storef32(address: Value, value: number): void {
    const page = this.#writablePage(address)
    const offset = (address as number) & 4095
    if (offset <= 4092) page.view.setFloat32(offset, value, true)
    else this.#storeAcross(address as number, 4, (view) => view.setFloat32(0, value, true))
  }

  storef64(address: Value, value: number): void {
    const page = this.#writablePage(address)
    const offset = (address as number) & 4095
    if (offset <= 4088) page.view.setFloat64(offset, value, true)
    else this.#storeAcross(address as number, 8, (view) => view.setFloat64(0, value, true))
  }

  #across(address: number, count: number): DataView {
    return new DataView(this.read(address, count).buffer)
  }

  #storeAcross(address: number, count: number, put: (view: DataView) => void): void {
    const bytes = new Uint8Array(count)
    put(new DataView(bytes.buffer))
    this.write(address, bytes)
  }

  /** A copy of bytes. */
  read(address: Value, count: number): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(count)
    let done = 0
    while (done < count) {
      const at = add(address, done)
      const page = this.#readablePage(at)
      const offset = (at as number) & 4095
      const piece = page.bytes.subarray(offset, Math.min(pageSize, offset + count - done))
      result.set(piece, done)
      done += piece.length
    }
    return result
  }

  write(address: Value, bytes: Uint8Array): void {
    let done = 0
    while (done < bytes.length) {
      const at = add(address, done)
      const page = this.#writablePage(at)
      const offset = (at as number) & 4095
      const piece = bytes.subarray(done, done + pageSize - offset)
      page.bytes.set(piece, offset)
      done += piece.length
    }
  }

  fill(address: Value, value: number, count: number): void {
    let done = 0
    while (done < count) {
      const at = add(address, done)
      const page = this.#writablePage(at)
      const offset = (at as number) & 4095
      const end = Math.min(pageSize, offset + count - done)
      page.bytes.fill(value, offset, end)
      done += end - offset
    }
  }

  /** Length of the string at an address, without its NUL; at most `limit`. */
  stringLength(address: Value, limit = Number.POSITIVE_INFINITY): number {
    let length = 0
    while (length < limit) {
      const at = add(address, length)
      const page = this.#readablePage(at)
      const offset = (at as number) & 4095
      const end = page.bytes.indexOf(0, offset)
      if (end >= 0) return Math.min(limit, length + end - offset)
      length += pageSize - offset
    }
    return limit
  }

  /** The bytes of the string at an address, without its NUL. */
  string(address: Value, limit?: number): Uint8Array<ArrayBuffer> {
    return this.read(address, this.stringLength(address, limit))
  }
}

const emptyTable: (Page | undefined)[] = []

function add(address: Value, offset: number): Value {
  return typeof address === 'number' ? address + offset : address + BigInt(offset)
}
