// Pipes and FIFOs, pipe(7): 64 KiB between those who write and those who read, who wait for each other.
import { internalDevice } from './internal-mounts.ts'
import type { Kernel } from './kernel.ts'
import { immediately, openFile } from './open-file.ts'
import type { Process } from './process.ts'
import type { OpenFlag } from './system.ts'
import { SystemCallError } from './system.ts'
import type { FileOperations, InodeBase, OpenFile, SpecialInode } from './vfs.ts'
import { type KernelCode, WaitQueue } from './wait-queue.ts'

const capacity = 65_536
/** PIPE_BUF: a write of so much or less goes in whole or waits. */
const atomic = 4096

export class Pipe {
  readonly chunks: Uint8Array[] = []
  length = 0
  readers = 0
  writers = 0
  /** How often an end was opened: one that came and went while another waited for it counts. */
  readerOpens = 0
  writerOpens = 0
  /** Woken when bytes or a hangup have come, and when room or a hangup have come. */
  readonly readable = new WaitQueue()
  readonly writable = new WaitQueue()
  /** Woken when an end of a FIFO is opened. */
  readonly opened = new WaitQueue()
}

/** pipe2(2): read end and write end. @param ino the number in `pipe:[N]` */
export function createPipe(
  ino: number,
  owner: Process,
  time: number,
  flags: readonly OpenFlag[],
): [OpenFile, OpenFile] {
  const pipe = new Pipe()
  const base = { ino, device: internalDevice('pipefs'), mode: 0o600, nlink: 1, atime: time, mtime: time, ctime: time }
  const { uid, gid } = owner.credentials
  const name = `pipe:[${ino}]`
  const inode = pipeInode({ ...base, uid: uid.effective, gid: gid.effective }, pipe, name)
  const kept = flags.filter((flag) => flag === 'NONBLOCK')
  return [
    openFile(pipeEnd(pipe, 'reads', name), inode, ['RDONLY', ...kept]),
    openFile(pipeEnd(pipe, 'writes', name), inode, ['WRONLY', ...kept]),
  ]
}

/** A FIFO, fifo(7): a pipe with a name. */
export function fifoInode(base: Omit<InodeBase, 'type'>): SpecialInode {
  return pipeInode(base, new Pipe(), undefined)
}

function pipeInode(base: Omit<InodeBase, 'type'>, pipe: Pipe, name: string | undefined): SpecialInode {
  return {
    ...base,
    type: 'fifo',
    rdev: { major: 0, minor: 0 },
    open: (_kernel: Kernel, _opener, flags) => openFifo(pipe, flags, name),
  }
}

/**
 * Waits until the other end is opened too; O_RDWR never waits, O_NONBLOCK gives ENXIO to a writer without readers. A pipe
 * without a name, opened through /proc/PID/fd, never waits.
 */
function* openFifo(pipe: Pipe, flags: readonly OpenFlag[], name: string | undefined): KernelCode<FileOperations> {
  const mode = flags.includes('RDWR') ? 'both' : flags.includes('WRONLY') ? 'writes' : 'reads'
  const others = () => (mode === 'reads' ? pipe.writers : pipe.readers)
  if (mode === 'writes' && others() === 0 && flags.includes('NONBLOCK')) throw new SystemCallError('ENXIO')
  const end = pipeEnd(pipe, mode, name ?? '')
  pipe.opened.wake()
  if (mode === 'both' || name !== undefined || flags.includes('NONBLOCK')) return end
  const opens = () => (mode === 'reads' ? pipe.writerOpens : pipe.readerOpens)
  const before = opens()
  while (others() === 0 && opens() === before) {
    const reason = yield { queues: [pipe.opened], waitChannel: 'fifo_open' }
    if (reason === 'signal') {
      end.release?.()
      throw new SystemCallError('EINTR')
    }
  }
  return end
}

/** One open end. It counts as reader or writer until it is released. */
function pipeEnd(pipe: Pipe, mode: 'reads' | 'writes' | 'both', name: string): FileOperations {
  const reads = mode !== 'writes'
  const writes = mode !== 'reads'
  if (reads) {
    pipe.readers++
    pipe.readerOpens++
  }
  if (writes) {
    pipe.writers++
    pipe.writerOpens++
  }
  return {
    ...(reads && { read: (_reader: Process, count: number, file: OpenFile) => readPipe(pipe, count, file) }),
    ...(writes && { write: (_writer: Process, data: Uint8Array, file: OpenFile) => writePipe(pipe, data, file) }),
    poll: () => ({
      in: reads && pipe.length > 0,
      out: writes && capacity - pipe.length >= atomic,
      hangup: (reads && pipe.writers === 0) || (writes && pipe.readers === 0),
      queues: [...(reads ? [pipe.readable] : []), ...(writes ? [pipe.writable] : [])],
    }),
    release: () => {
      if (reads) pipe.readers--
      if (writes) pipe.writers--
      pipe.readable.wake()
      pipe.writable.wake()
    },
    description: () => name,
  }
}

function readPipe(pipe: Pipe, count: number, file: OpenFile): KernelCode<Uint8Array> {
  return count === 0 ? immediately(() => new Uint8Array()) : waitAndRead(pipe, count, file)
}

function* waitAndRead(pipe: Pipe, count: number, file: OpenFile): KernelCode<Uint8Array> {
  while (pipe.length === 0) {
    if (pipe.writers === 0) return new Uint8Array()
    if (file.flags.includes('NONBLOCK')) throw new SystemCallError('EAGAIN')
    const reason = yield { queues: [pipe.readable], waitChannel: 'pipe_read' }
    if (reason === 'signal') throw new SystemCallError('EINTR')
  }
  const bytes = take(pipe, count)
  pipe.writable.wake()
  return bytes
}

/** Without readers EPIPE; the system call adds SIGPIPE. What was written before a signal came counts. */
function* writePipe(pipe: Pipe, data: Uint8Array, file: OpenFile): KernelCode<number> {
  let written = 0
  while (written < data.length) {
    if (pipe.readers === 0) {
      if (written > 0) return written
      throw new SystemCallError('EPIPE')
    }
    const room = capacity - pipe.length
    const left = data.length - written
    const needed = data.length <= atomic ? left : 1
    if (room >= needed) {
      const chunk = data.slice(written, written + Math.min(room, left))
      pipe.chunks.push(chunk)
      pipe.length += chunk.length
      written += chunk.length
      pipe.readable.wake()
      continue
    }
    if (file.flags.includes('NONBLOCK')) {
      if (written > 0) return written
      throw new SystemCallError('EAGAIN')
    }
    const reason = yield { queues: [pipe.writable], waitChannel: 'pipe_write' }
    if (reason !== 'signal') continue
    if (written > 0) return written
    throw new SystemCallError('EINTR')
  }
  return written
}

/** Takes at most `count` bytes out. */
function take(pipe: Pipe, count: number): Uint8Array {
  const [first] = pipe.chunks
  if (first && first.length <= count && pipe.chunks.length === 1) {
    pipe.chunks.length = 0
    pipe.length = 0
    return first
  }
  const bytes = new Uint8Array(Math.min(count, pipe.length))
  let filled = 0
  while (filled < bytes.length) {
    const chunk = pipe.chunks[0]
    if (!chunk) break
    const part = chunk.subarray(0, bytes.length - filled)
    bytes.set(part, filled)
    filled += part.length
    if (part.length === chunk.length) pipe.chunks.shift()
    else pipe.chunks[0] = chunk.subarray(part.length)
  }
  pipe.length -= filled
  return bytes
}
