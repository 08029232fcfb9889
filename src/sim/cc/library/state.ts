// What the library remembers of one process: its heap, streams, handlers. Data only, so that fork copies it.
import type { Value } from '../bytecode.ts'
import type { Memory } from '../memory.ts'
import type { Heap } from './heap.ts'
import { RandomState } from './random.ts'
import type { Stream } from './stream.ts'

/** What sigaction(2) was told last. */
export interface CAction {
  readonly address: Value
  readonly flags: number
  readonly mask: readonly number[]
}

export interface ExitHandler {
  readonly address: Value
  /** Of on_exit(3). */
  readonly argument?: Value
}

/** An open directory, opendir(3). */
export interface DirectoryStream {
  readonly fd: number
  readonly entries: readonly { name: string; ino: number; type: string }[]
  position: number
}

export class LibraryState {
  memory: Memory
  heap: Heap
  /** Addresses of the library's objects. */
  readonly data: Readonly<Record<string, number>>
  readonly streams: Map<number, Stream>
  exitHandlers: ExitHandler[] = []
  actions = new Map<number, CAction>()
  random = new RandomState()
  /** Of drand48(3). */
  random48 = 0n
  /** strtok(3)'s place. */
  token: Value = 0
  /** getopt(3)'s place within a word of several options. */
  optionAt = 0
  directories = new Map<number, DirectoryStream>()
  /** The address of the last fault, for siginfo. */
  faultAddress: Value = 0
  faultCode = 0
  /** Bytes handed out of the scratch area, where results of functions with static storage lie. */
  readonly scratch = new Map<string, number>()
  scratchUsed = 0
  mapped = 0x2000_0000
  exitStatus = 0
  name = ''

  constructor(memory: Memory, heap: Heap, data: Readonly<Record<string, number>>, streams: Map<number, Stream>) {
    this.memory = memory
    this.heap = heap
    this.data = data
    this.streams = streams
  }

  clone(memory: Memory): LibraryState {
    const streams = new Map<number, Stream>()
    for (const [address, stream] of this.streams) streams.set(address, stream.clone())
    const copy = new LibraryState(memory, this.heap.clone(memory), this.data, streams)
    copy.exitHandlers = [...this.exitHandlers]
    copy.actions = new Map(this.actions)
    copy.random = this.random.clone()
    copy.random48 = this.random48
    copy.token = this.token
    copy.optionAt = this.optionAt
    for (const [address, directory] of this.directories) copy.directories.set(address, { ...directory })
    copy.faultAddress = this.faultAddress
    copy.faultCode = this.faultCode
    for (const [key, address] of this.scratch) copy.scratch.set(key, address)
    copy.scratchUsed = this.scratchUsed
    copy.mapped = this.mapped
    copy.exitStatus = this.exitStatus
    copy.name = this.name
    return copy
  }

  /** The address of one of the library's objects. */
  address(name: string): number {
    return this.data[name] ?? 0
  }

  set errno(number: number) {
    this.memory.store32(this.address(' errno'), number)
  }

  get errno(): number {
    return this.memory.load32(this.address(' errno'))
  }

  /** Static storage for a function's result, the same each time. */
  staticSpace(key: string, size: number): number {
    let address = this.scratch.get(key)
    if (address === undefined) {
      address = this.scratchUsed + size > 4096 ? this.heap.allocate(size) : this.address(' scratch') + this.scratchUsed
      this.scratchUsed += Math.ceil(size / 16) * 16
      this.scratch.set(key, address)
    }
    return address
  }
}
