// The standard streams of a container's or an exec's process: pipes, or a terminal, whose other ends the daemon holds.
import type { AttachedStream, AttachOptions, StreamFrame } from './api.ts'
import { openConnection } from './connect.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { nullDevice } from '../kernel/devices.ts'
import { immediately } from '../kernel/open-file.ts'
import { type OpenFlag, type Program, type System, SystemCallError } from '../kernel/system.ts'
import type { FileOperations, OpenFile, SpecialInode } from '../kernel/vfs.ts'
import { type KernelCode, WaitQueue } from '../kernel/wait-queue.ts'

/** Bytes that a client may be behind before the process that writes has to wait. */
const capacity = 1_048_576

export interface StreamOptions {
  readonly tty: boolean
  readonly stdin: boolean
  /** The first client's end of input is the process's. */
  readonly stdinOnce: boolean
  /** Path of the daemon's socket: a client's connection is opened there. */
  readonly socketPath: string
  /** Takes all output, for the log. */
  readonly output?: (stream: 'stdout' | 'stderr', data: Uint8Array) => void
  /** A stream's last writer has closed it. */
  readonly ended?: (stream: 'stdout' | 'stderr') => void
}

/** The daemon's side. Clients come and go; the streams are made anew at each start. */
export class ContainerStreams {
  readonly #kernel: Kernel
  readonly #options: StreamOptions
  readonly #clients = new Set<Client>()
  readonly #drained = new WaitQueue()
  /** Woken when a stream has ended. */
  readonly changed = new WaitQueue()
  #input: Input | undefined
  #open = new Set<'stdout' | 'stderr'>()
  #generation = 0
  #listener: ((data: Uint8Array) => void) | undefined

  constructor(kernel: Kernel, options: StreamOptions) {
    this.#kernel = kernel
    this.#options = options
  }

  /** Whether no process has the output open any more. */
  get ended(): boolean {
    return this.#open.size === 0
  }

  /** New descriptors 0, 1 and 2 for a process that starts. */
  createFiles(): Map<number, OpenFile> {
    const generation = ++this.#generation
    if (this.#input === undefined || this.#input.closed) this.#input = new Input()
    const input = this.#input
    if (this.#options.tty) {
      this.#open = new Set(['stdout'])
      const terminal = this.#file(this.#terminal(input, generation), ['RDWR'], 'character')
      return new Map([0, 1, 2].map((fd) => [fd, terminal]))
    }
    this.#open = new Set(['stdout', 'stderr'])
    return new Map([
      [
        0,
        this.#options.stdin
          ? this.#file(pipeEnd(input, this.#kernel.allocateInode()), ['RDONLY'], 'fifo')
          : nullDevice(),
      ],
      [1, this.#file(this.#writer('stdout', generation), ['WRONLY'], 'fifo')],
      [2, this.#file(this.#writer('stderr', generation), ['WRONLY'], 'fifo')],
    ])
  }

  /** The process has ended: whatever else holds the output, nobody listens to it any more. */
  close(): void {
    this.#generation++
    this.#open.clear()
    this.#input?.close()
    this.#input = undefined
    for (const client of this.#clients) client.end()
    this.#clients.clear()
    this.#drained.wake()
    this.changed.wake()
  }

  /** Somebody else who gets all output, from now on. */
  onOutput(listener: (data: Uint8Array) => void): void {
    this.#listener = listener
  }

  /** Connects a client. `past` is what it gets first. */
  attach(options: AttachOptions, past: readonly StreamFrame[] = []): AttachedStream {
    // Input that comes before the process starts waits in the pipe.
    if (options.stdin && this.#input === undefined) this.#input = new Input()
    const client = new Client({
      wants: (frame) => options[frame.stream] === true,
      input: options.stdin && this.#options.stdin ? this.#input : undefined,
      closeInput: this.#options.stdinOnce || this.#options.tty,
      socketPath: this.#options.socketPath,
      leave: () => {
        this.#clients.delete(client)
        this.#drained.wake()
      },
      drained: this.#drained,
    })
    for (const frame of past) client.push(frame)
    this.#clients.add(client)
    return client
  }

  /** Words of the daemon's own, which no process wrote. */
  announce(stream: 'stdout' | 'stderr', data: Uint8Array): void {
    for (const client of this.#clients) client.push({ stream, data })
  }

  #emit(stream: 'stdout' | 'stderr', data: Uint8Array): void {
    if (data.length === 0) return
    this.#options.output?.(stream, data)
    this.#listener?.(data)
    for (const client of this.#clients) client.push({ stream, data })
  }

  #writer(stream: 'stdout' | 'stderr', generation: number): FileOperations {
    const { tty } = this.#options
    const isStale = () => generation !== this.#generation
    const isFull = () => this.#isFull()
    const drained = this.#drained
    const emit = (data: Uint8Array) => this.#emit(stream, tty ? withCarriageReturns(data) : data)
    const name = `pipe:[${this.#kernel.allocateInode()}]`
    return {
      *write(_writer, data): KernelCode<number> {
        while (!isStale() && isFull()) {
          const reason = yield { queues: [drained], waitChannel: 'pipe_write' }
          if (reason === 'signal') throw new SystemCallError('EINTR')
        }
        if (!isStale()) emit(data.slice())
        return data.length
      },
      poll: () => ({ in: false, out: !this.#isFull(), hangup: false, queues: [this.#drained] }),
      release: () => {
        if (isStale()) return
        this.#open.delete(stream)
        this.#options.ended?.(stream)
        if (this.ended) for (const client of this.#clients) client.end()
        this.changed.wake()
      },
      description: () => name,
    }
  }

  #terminal(input: Input, generation: number): FileOperations {
    const out = this.#writer('stdout', generation)
    const incoming = pipeEnd(input, 0)
    return {
      ...out,
      ...(incoming.read && { read: incoming.read }),
      poll: () => ({
        in: input.ready,
        out: !this.#isFull(),
        hangup: input.closed,
        queues: [input.arrived, this.#drained],
      }),
      isTerminal: true,
      description: () => '/dev/pts/0',
    }
  }

  #isFull(): boolean {
    for (const client of this.#clients) if (client.behind > capacity) return true
    return false
  }

  #file(operations: FileOperations, flags: readonly OpenFlag[], type: SpecialInode['type']): OpenFile {
    const time = this.#kernel.clock.now()
    const inode: SpecialInode = {
      type,
      ino: this.#kernel.allocateInode(),
      device: 14,
      mode: type === 'fifo' ? 0o600 : 0o620,
      uid: 0,
      gid: 0,
      nlink: 1,
      atime: time,
      mtime: time,
      ctime: time,
      rdev: type === 'character' ? { major: 136, minor: 0 } : { major: 0, minor: 0 },
      open: () => immediately(() => operations),
    }
    return { operations, inode, path: undefined, flags, position: 0, references: 0 }
  }
}

/** A process's stdin: bytes that clients have sent. */
class Input {
  readonly arrived = new WaitQueue()
  readonly chunks: Uint8Array[] = []
  closed = false

  get ready(): boolean {
    return this.closed || this.chunks.length > 0
  }

  push(data: Uint8Array): void {
    this.chunks.push(data.slice())
    this.arrived.wake()
  }

  close(): void {
    this.closed = true
    this.arrived.wake()
  }
}

function pipeEnd(input: Input, inode: number): FileOperations {
  return {
    *read(_reader, count): KernelCode<Uint8Array> {
      while (!input.ready) {
        const reason = yield { queues: [input.arrived], waitChannel: 'pipe_read' }
        if (reason === 'signal') throw new SystemCallError('EINTR')
      }
      const [first] = input.chunks
      if (first === undefined) return new Uint8Array(0)
      if (first.length <= count) input.chunks.shift()
      else input.chunks[0] = first.subarray(count)
      return first.subarray(0, count)
    },
    poll: () => ({ in: input.ready, out: false, hangup: input.closed, queues: [input.arrived] }),
    description: () => `pipe:[${inode}]`,
  }
}

interface ClientOptions {
  readonly wants: (frame: StreamFrame) => boolean
  readonly input: Input | undefined
  readonly closeInput: boolean
  readonly socketPath: string
  readonly leave: () => void
  readonly drained: WaitQueue
}

class Client implements AttachedStream {
  /** Bytes that it has not taken yet. */
  behind = 0
  readonly #options: ClientOptions
  readonly #pending: StreamFrame[] = []
  readonly #arrived = new WaitQueue()
  #ended = false
  #connection: number | undefined

  constructor(options: ClientOptions) {
    this.#options = options
  }

  push(frame: StreamFrame): void {
    if (!this.#options.wants(frame)) return
    this.#pending.push(frame)
    this.behind += frame.data.length
    this.#arrived.wake()
  }

  end(): void {
    this.#ended = true
    this.#arrived.wake()
  }

  *next(system: System): Program<StreamFrame | undefined> {
    for (;;) {
      const frame = this.#take()
      if (frame !== undefined || this.#ended) return frame
      yield* system.sleep_on(this.#arrived, 'futex')
    }
  }

  #take(): StreamFrame | undefined {
    const frame = this.#pending.shift()
    if (frame === undefined) return undefined
    this.behind -= frame.data.length
    this.#options.drained.wake()
    return frame
  }

  close(): void {
    this.#options.leave()
    this.end()
  }

  // oxlint-disable-next-line require-yield -- the process's pipe has no end of capacity here
  *write(_system: System, data: Uint8Array): Program<void> {
    if (this.#ended) throw new SystemCallError('EPIPE')
    this.#options.input?.push(data)
  }

  closeWrite(): void {
    if (this.#options.closeInput) this.#options.input?.close()
  }

  *copy(
    system: System,
    descriptors: { stdin?: number; stdout?: number; stderr?: number },
  ): Program<'ended' | 'interrupted'> {
    let { stdin } = descriptors
    const out = { stdout: descriptors.stdout ?? 1, stderr: descriptors.stderr ?? 2 }
    try {
      const connection = yield* this.#connect(system)
      for (;;) {
        for (let frame = this.#take(); frame !== undefined; frame = this.#take()) {
          yield* writeAll(system, out[frame.stream], frame.data)
        }
        if (this.#ended) break
        const requests = [connection, ...(stdin === undefined ? [] : [stdin])]
        const ready = yield* system.poll(
          requests.map((fd) => ({ fd, events: ['POLLIN'] as const })),
          -1,
        )
        if (stdin === undefined || !ready.some(({ fd }) => fd === stdin)) continue
        const data = yield* system.read(stdin, 32_768)
        if (data.length > 0) yield* this.write(system, data)
        else {
          this.closeWrite()
          stdin = undefined
        }
      }
      yield* system.close(connection)
      this.#connection = undefined
      return 'ended'
    } catch (error) {
      if (error instanceof SystemCallError && error.errno === 'EINTR') return 'interrupted'
      throw error
    }
  }

  /** The connection is a descriptor of the client's process: it is let go when that dies. */
  *#connect(system: System): Program<number> {
    this.#connection ??= yield* openConnection(system, this.#options.socketPath, {
      poll: () => ({
        in: this.#pending.length > 0 || this.#ended,
        out: true,
        hangup: this.#ended,
        queues: [this.#arrived],
      }),
      release: () => this.close(),
      description: () => 'socket:[0]',
    })
    return this.#connection
  }
}

function* writeAll(system: System, fd: number, data: Uint8Array): Program<void> {
  let rest = data
  while (rest.length > 0) rest = rest.subarray(yield* system.write(fd, rest))
}

/** What a terminal makes of a line feed, ONLCR of termios(3). */
function withCarriageReturns(data: Uint8Array): Uint8Array {
  const feeds = data.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0)
  if (feeds === 0) return data
  const out = new Uint8Array(data.length + feeds)
  let at = 0
  for (const byte of data) {
    if (byte === 10) out[at++] = 13
    out[at++] = byte
  }
  return out
}
