// Keeps what a cell prints, up to a limit, on its way to the reader, who gets all of it.

/** Where a cell's output goes, chunk by chunk, in order. */
export interface CellIo {
  stdout(chunk: Uint8Array): void
  stderr(chunk: Uint8Array): void
}

/** For who does not want to see it. */
export const silentIo: CellIo = { stdout: () => undefined, stderr: () => undefined }

export interface Captured {
  stdout: string
  stderr: string
  /** Both as they arrived. */
  output: string
  truncated: boolean
}

/** Passes chunks on and keeps their first `limit` bytes. */
export class Capture implements CellIo {
  private readonly io: CellIo
  private readonly chunks: { error: boolean; bytes: Uint8Array }[] = []
  private room: number
  private truncated = false
  private isOver = false

  constructor(io: CellIo, limit: number) {
    this.io = io
    this.room = limit
  }

  stdout(chunk: Uint8Array): void {
    this.keep(chunk, false)
    this.io.stdout(chunk)
  }

  stderr(chunk: Uint8Array): void {
    this.keep(chunk, true)
    this.io.stderr(chunk)
  }

  /** What was kept. What comes later, from a job in the background, is passed on and no longer kept. */
  end(): Captured {
    this.isOver = true
    return {
      stdout: textOf(this.chunks.filter((chunk) => !chunk.error)),
      stderr: textOf(this.chunks.filter((chunk) => chunk.error)),
      output: textOf(this.chunks),
      truncated: this.truncated,
    }
  }

  private keep(chunk: Uint8Array, error: boolean): void {
    if (this.isOver) return
    if (chunk.length > this.room) this.truncated = true
    // A copy: the backend may use the chunk's memory again.
    if (this.room > 0) this.chunks.push({ error, bytes: chunk.slice(0, this.room) })
    this.room = Math.max(0, this.room - chunk.length)
  }
}

function textOf(chunks: readonly { bytes: Uint8Array }[]): string {
  const decoder = new TextDecoder()
  return chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode()
}
