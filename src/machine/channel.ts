// Output channels: FIFOs between what a cell starts and us. Each run has a pair of its own, so that a job's late output
// is known by where it arrives. A FIFO, unlike the socket that Node makes for `stdio`, can be opened again by its name,
// which is what `tee /dev/stderr` does, and its contents never pass through the buffers of the process library.
import { closeSync, constants, openSync, readSync } from 'node:fs'
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net'
import { join } from 'node:path'
import { $ } from 'zx'

const blockSize = 65_536

/** One FIFO while a run uses it. */
export class Channel {
  readonly path: string
  readonly #reader: Socket
  readonly #readerFd: number
  readonly #onData: (chunk: Uint8Array) => void
  readonly #onClosed: () => void
  // Keeps the FIFO from reporting its end before the shell has opened it.
  #keeperFd: number | undefined
  #open = true

  /**
   * @param onData gets every chunk, in order
   * @param onClosed is called once, when no process can write to it any more
   */
  constructor(path: string, onData: (chunk: Uint8Array) => void, onClosed: () => void) {
    this.path = path
    this.#onData = onData
    this.#onClosed = onClosed
    this.#readerFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    this.#keeperFd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
    this.#reader = new Socket(this.#socketOptions())
    this.#reader.on('error', () => this.close())
    this.#reader.on('end', () => this.close())
  }

  // Read into one buffer and handed over as copies: a hundred megabytes leave little to collect.
  #socketOptions(): SocketConstructorOpts & { onread: OnReadOpts } {
    const callback = (length: number, block: Uint8Array) => {
      if (this.#open) this.#onData(new Uint8Array(block.subarray(0, length)))
      return true
    }
    const onread = { buffer: new Uint8Array(blockSize), callback }
    return { fd: this.#readerFd, readable: true, writable: false, onread }
  }

  /** The shell is done with it: from now on it ends when no background job holds it any more. */
  release(): void {
    if (this.#keeperFd !== undefined) closeSync(this.#keeperFd)
    this.#keeperFd = undefined
  }

  /**
   * Hands over all that was written until now, before it returns: what is written into a FIFO is in the kernel's buffer
   * when write(2) returns.
   */
  drain(): void {
    while (this.#open) {
      const block = Buffer.allocUnsafe(blockSize)
      const length = readNow(this.#readerFd, block)
      if (length === 'nothing yet') return
      if (length === 0) return this.close()
      this.#onData(block.subarray(0, length))
    }
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.release()
    this.#reader.once('close', this.#onClosed)
    this.#reader.destroy()
  }
}

function readNow(fd: number, block: Buffer): number | 'nothing yet' {
  try {
    return readSync(fd, block)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 'nothing yet'
    throw error
  }
}

/** A directory's FIFOs: a channel's FIFO is used again once nothing can write to it any more. */
export class ChannelPool {
  readonly #directory: string
  readonly #free: string[] = []
  readonly #channels = new Set<Channel>()
  #made = 0

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Makes sure that `count` channels can be opened at once. mkfifo(1) makes them, as Node has no call for it. */
  async reserve(count: number): Promise<void> {
    if (this.#free.length >= count) return
    const paths = Array.from({ length: 16 }, () => join(this.#directory, `${++this.#made}`))
    await $({ quiet: true })`mkfifo -m 600 ${paths}`
    this.#free.push(...paths)
  }

  /** Precondition: reserved. */
  open(onData: (chunk: Uint8Array) => void): Channel {
    const path = this.#free.shift()
    if (path === undefined) throw new Error('no channel was reserved')
    const channel = new Channel(path, onData, () => {
      this.#channels.delete(channel)
      this.#free.push(path)
    })
    this.#channels.add(channel)
    return channel
  }

  /** Hands over what was written to any channel until now. */
  drain(): void {
    for (const channel of this.#channels) channel.drain()
  }

  get paths(): string[] {
    return [...this.#channels].map((channel) => channel.path)
  }

  close(): void {
    for (const channel of this.#channels) channel.close()
  }
}
