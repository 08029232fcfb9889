// System calls on file descriptors: open, read, write, dup, fcntl, pipe, poll.
import type { CallTable } from './call-table.ts'
import type { Kernel } from './kernel.ts'
import { isReadable, isWritable } from './open-file.ts'
import { openPath } from './open.ts'
import { createPipe } from './pipe.ts'
import type { Process } from './process.ts'
import { SIGPIPE } from './signal-numbers.ts'
import { statOf } from './stat.ts'
import { type FileCalls, type OpenFlag, type PollRequest, SystemCallError } from './system.ts'
import type { OpenFile } from './vfs.ts'
import type { KernelCode, WaitQueue } from './wait-queue.ts'

type DescriptorCall =
  | 'open'
  | 'close'
  | 'read'
  | 'write'
  | 'lseek'
  | 'ftruncate'
  | 'dup'
  | 'dup2'
  | 'fcntl_dupfd'
  | 'fcntl_setfd'
  | 'fcntl_getfl'
  | 'fcntl_setfl'
  | 'pipe'
  | 'poll'
  | 'select'
  | 'epoll_wait'
  | 'fstat'
  | 'getdents'
  | 'isatty'

const accessModes = new Set<OpenFlag>(['RDONLY', 'WRONLY', 'RDWR'])
/** What F_SETFL can change, and F_GETFL tells besides the access mode. */
const statusFlags = new Set<OpenFlag>(['APPEND', 'NONBLOCK'])

export const descriptorCalls: CallTable<Pick<FileCalls, DescriptorCall>> = {
  open: {
    number: 257,
    page: 'open(2)',
    note: 'Access times are not kept; a program that runs can be written to (no ETXTBSY).',
    run: (kernel, process, path, flags, mode) => open(kernel, process, path, flags ?? ['RDONLY'], mode ?? 0o666),
  },
  close: { number: 3, page: 'close(2)', run: (_kernel, process, fd) => process.files.close(fd) },
  read: {
    number: 0,
    page: 'read(2)',
    run: (_kernel, process, fd, count) => {
      const file = process.files.get(fd)
      if (!isReadable(file)) throw new SystemCallError('EBADF')
      if (!file.operations.read) throw new SystemCallError('EINVAL')
      return file.operations.read(process, count, file)
    },
  },
  write: {
    number: 1,
    page: 'write(2)',
    run: (kernel, process, fd, data) => {
      const file = process.files.get(fd)
      if (!isWritable(file)) throw new SystemCallError('EBADF')
      return write(kernel, process, file, typeof data === 'string' ? new TextEncoder().encode(data) : data)
    },
  },
  lseek: {
    number: 8,
    page: 'lseek(2)',
    run: (_kernel, process, fd, offset, whence) => {
      const file = process.files.get(fd)
      const { operations } = file
      if (!operations.seekable) throw new SystemCallError('ESPIPE')
      const start = { SEEK_SET: 0, SEEK_CUR: file.position, SEEK_END: operations.size?.() ?? 0 }[whence]
      if (start + offset < 0) throw new SystemCallError('EINVAL')
      file.position = start + offset
      return file.position
    },
  },
  ftruncate: {
    number: 77,
    page: 'ftruncate(2)',
    run: (_kernel, process, fd, length) => {
      const file = process.files.get(fd)
      if (!isWritable(file) || !file.operations.truncate || length < 0) throw new SystemCallError('EINVAL')
      file.operations.truncate(length)
    },
  },
  dup: {
    number: 32,
    page: 'dup(2)',
    run: (_kernel, process, fd) => process.files.install(process.files.get(fd), { limit: limitOf(process) }),
  },
  dup2: {
    number: 33,
    page: 'dup2(2)',
    run: (_kernel, process, fd, to) => {
      const file = process.files.get(fd)
      if (to < 0 || to >= limitOf(process)) throw new SystemCallError('EBADF')
      if (fd !== to) process.files.set(to, file)
      return to
    },
  },
  fcntl_dupfd: {
    number: 72,
    page: 'fcntl(2)',
    run: (_kernel, process, fd, lowest, closeOnExec) => {
      const limit = limitOf(process)
      if (lowest < 0 || lowest >= limit) throw new SystemCallError('EINVAL')
      return process.files.install(process.files.get(fd), { lowest, closeOnExec: closeOnExec ?? false, limit })
    },
  },
  fcntl_setfd: {
    number: 72,
    page: 'fcntl(2)',
    run: (_kernel, process, fd, closeOnExec) => process.files.setCloseOnExec(fd, closeOnExec),
  },
  fcntl_getfl: {
    number: 72,
    page: 'fcntl(2)',
    run: (_kernel, process, fd) =>
      process.files.get(fd).flags.filter((flag) => accessModes.has(flag) || statusFlags.has(flag)),
  },
  fcntl_setfl: {
    number: 72,
    page: 'fcntl(2)',
    run: (_kernel, process, fd, flags) => {
      const file = process.files.get(fd)
      const kept = file.flags.filter((flag) => !statusFlags.has(flag))
      file.flags = [...kept, ...flags.filter((flag) => statusFlags.has(flag))]
    },
  },
  pipe: {
    number: 293,
    page: 'pipe(2)',
    run: (kernel, process, flags = []) => {
      const ends = createPipe(kernel.nextInode(), process, kernel.clock.now(), flags)
      const options = { closeOnExec: flags.includes('CLOEXEC'), limit: limitOf(process) }
      const [read, write] = ends
      return [process.files.install(read, options), process.files.install(write, options)]
    },
  },
  poll: { number: 7, page: 'poll(2)', run: (...call) => poll('poll', ...call) },
  select: {
    number: 23,
    page: 'select(2)',
    note: 'Takes descriptors and gives events as poll does; no exceptional conditions.',
    run: (...call) => poll('select', ...call),
  },
  epoll_wait: {
    number: 232,
    page: 'epoll_wait(2)',
    note: 'Each call names the descriptors: there is no epoll instance that keeps them.',
    run: (...call) => poll('epoll', ...call),
  },
  fstat: { number: 5, page: 'fstat(2)', run: (_kernel, process, fd) => statOf(process.files.get(fd).inode, process) },
  getdents: {
    number: 217,
    page: 'getdents(2)',
    note: 'Gives the whole directory at once.',
    run: (_kernel, process, fd) => {
      const { list } = process.files.get(fd).operations
      if (!list) throw new SystemCallError('ENOTDIR')
      return list(process)
    },
  },
  isatty: {
    number: 16,
    page: 'isatty(3)',
    run: (_kernel, process, fd) => process.files.get(fd).operations.isTerminal ?? false,
  },
}

function* open(
  kernel: Kernel,
  process: Process,
  path: string,
  flags: readonly OpenFlag[],
  mode: number,
): KernelCode<number> {
  const file = yield* openPath(kernel, process, path, flags, mode)
  try {
    return process.files.install(file, { closeOnExec: flags.includes('CLOEXEC'), limit: limitOf(process) })
  } catch (error) {
    file.operations.release?.()
    throw error
  }
}

/** A pipe or socket that nobody reads: the writer gets SIGPIPE besides the error, signal(7). */
function* write(kernel: Kernel, process: Process, file: OpenFile, data: Uint8Array): KernelCode<number> {
  if (!file.operations.write) throw new SystemCallError('EINVAL')
  try {
    return yield* file.operations.write(process, data, file)
  } catch (error) {
    if (error instanceof SystemCallError && error.errno === 'EPIPE') kernel.sendSignal(process, SIGPIPE)
    throw error
  }
}

type Ready = { fd: number; events: readonly string[] }

function* poll(
  waitChannel: 'poll' | 'select' | 'epoll',
  kernel: Kernel,
  process: Process,
  requests: readonly PollRequest[],
  timeout: number,
): KernelCode<readonly Ready[]> {
  const startedAt = process.frames.at(-1)?.call?.startedAt ?? kernel.clock.now()
  const until = timeout < 0 ? undefined : startedAt + timeout
  for (;;) {
    const queues: WaitQueue[] = []
    const ready = requests.flatMap((request) => readyOf(process, request, queues))
    if (ready.length > 0 || (until !== undefined && kernel.clock.now() >= until)) return ready
    const reason = yield { queues, waitChannel, until }
    if (reason === 'signal') throw new SystemCallError('EINTR')
  }
}

/** What is ready on one descriptor; else its queues are added to those to sleep on. */
function readyOf(process: Process, { fd, events }: PollRequest, queues: WaitQueue[]): Ready[] {
  if (fd < 0) return []
  let file: OpenFile
  try {
    file = process.files.get(fd)
  } catch {
    return [{ fd, events: ['POLLNVAL'] }]
  }
  const state = file.operations.poll?.(file) ?? { in: true, out: true, hangup: false, queues: [] }
  const found = [
    ...(state.in && events.includes('POLLIN') ? ['POLLIN'] : []),
    ...(state.out && events.includes('POLLOUT') ? ['POLLOUT'] : []),
    ...(state.hangup ? ['POLLHUP'] : []),
  ]
  if (found.length > 0) return [{ fd, events: found }]
  queues.push(...state.queues)
  return []
}

function limitOf(process: Process): number {
  return process.limits.get('NOFILE')?.soft ?? 1024
}
