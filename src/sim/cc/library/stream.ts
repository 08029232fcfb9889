// A FILE of stdio(3) and its buffers. They are part of the process: fork copies what was not written yet.

/** BUFSIZ of glibc for files and pipes; terminals have 1024. */
export const bufferSize = 4096

export type Buffering = 'full' | 'line' | 'none'

export class Stream {
  readonly address: number
  fd: number
  readable: boolean
  writable: boolean
  /** Undefined until the first use, when a terminal makes it `line`. */
  buffering: Buffering | undefined
  size = bufferSize
  /** Written, and not yet in the file. */
  output: number[] = []
  /** Read from the file, and not yet by the program. */
  input: Uint8Array = new Uint8Array()
  position = 0
  pushedBack: number[] = []
  atEnd = false
  failed = false
  /** Used for bytes before, which perror(3) asks. */
  oriented = false
  closed = false
  /** Of popen(3). */
  child = 0

  constructor(address: number, fd: number, mode: { readable: boolean; writable: boolean }, buffering?: Buffering) {
    this.address = address
    this.fd = fd
    this.readable = mode.readable
    this.writable = mode.writable
    this.buffering = buffering
  }

  clone(): Stream {
    const copy = new Stream(this.address, this.fd, this, this.buffering)
    copy.size = this.size
    copy.output = [...this.output]
    copy.input = this.input
    copy.position = this.position
    copy.pushedBack = [...this.pushedBack]
    copy.atEnd = this.atEnd
    copy.failed = this.failed
    copy.oriented = this.oriented
    copy.closed = this.closed
    copy.child = this.child
    return copy
  }
}
