// A process's table of file descriptors, open(2), and the counting of who refers to an open file.
import { SystemCallError } from './system.ts'
import type { OpenFile } from './vfs.ts'

/** Never changed in place: copies of a table share it. */
interface Descriptor {
  readonly file: OpenFile
  readonly closeOnExec: boolean
}

/** RLIMIT_NOFILE as the kernel gives it at boot: the highest number of a descriptor, plus one. */
const defaultLimit = 1024

export class FileTable {
  readonly #descriptors: Map<number, Descriptor>

  constructor(descriptors: Iterable<readonly [number, Descriptor]> = []) {
    this.#descriptors = new Map(descriptors)
  }

  /** The open file of a descriptor. @throws EBADF */
  get(fd: number): OpenFile {
    return this.#descriptor(fd).file
  }

  /**
   * Puts a file at the lowest free descriptor from `lowest` on and gives its number.
   * @throws EMFILE when that is not below `limit`
   */
  install(file: OpenFile, options: { lowest?: number; closeOnExec?: boolean; limit?: number } = {}): number {
    let fd = options.lowest ?? 0
    while (this.#descriptors.has(fd)) fd++
    if (fd >= (options.limit ?? defaultLimit)) throw new SystemCallError('EMFILE')
    this.set(fd, file, options.closeOnExec ?? false)
    return fd
  }

  /** Puts a file at a descriptor; what was open there is closed. */
  set(fd: number, file: OpenFile, closeOnExec = false): void {
    // The new reference comes first: the file at `fd` may be this very one.
    file.references++
    if (this.#descriptors.has(fd)) this.close(fd)
    this.#descriptors.set(fd, { file, closeOnExec })
  }

  /** @throws EBADF */
  close(fd: number): void {
    const { file } = this.#descriptor(fd)
    this.#descriptors.delete(fd)
    releaseFile(file)
  }

  /** FD_CLOEXEC of fcntl(2). @throws EBADF */
  setCloseOnExec(fd: number, closeOnExec: boolean): void {
    this.#descriptors.set(fd, { ...this.#descriptor(fd), closeOnExec })
  }

  /** @throws EBADF */
  isCloseOnExec(fd: number): boolean {
    return this.#descriptor(fd).closeOnExec
  }

  /** What a child gets by fork(2): the same open files under the same numbers. */
  copy(): FileTable {
    for (const { file } of this.#descriptors.values()) file.references++
    return new FileTable(this.#descriptors)
  }

  /** What execve(2) does: closes the descriptors that are marked so. */
  closeOnExec(): void {
    for (const [fd, { closeOnExec }] of this.#descriptors) if (closeOnExec) this.close(fd)
  }

  closeAll(): void {
    for (const fd of this.#descriptors.keys()) this.close(fd)
  }

  /** Descriptors and their files, by number. */
  entries(): readonly (readonly [number, OpenFile])[] {
    return [...this.#descriptors].map(([fd, { file }]) => [fd, file] as const).toSorted(([a], [b]) => a - b)
  }

  /** FDSize of /proc/PID/status: slots allotted, a power of two and at least 64. */
  get slots(): number {
    let slots = 64
    while (slots <= Math.max(0, ...this.#descriptors.keys())) slots *= 2
    return slots
  }

  #descriptor(fd: number): Descriptor {
    const descriptor = this.#descriptors.get(fd)
    if (!descriptor) throw new SystemCallError('EBADF')
    return descriptor
  }
}

/** One reference to an open file less; the last one releases it. */
export function releaseFile(file: OpenFile): void {
  file.references--
  if (file.references === 0) file.operations.release?.()
}
