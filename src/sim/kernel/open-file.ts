// Open file descriptions, open(2): what one is made of before a descriptor refers to it.
import type { OpenFlag } from './system.ts'
import { SystemCallError } from './system.ts'
import type { FileOperations, Inode, OpenFile, Path } from './vfs.ts'
import type { KernelCode } from './wait-queue.ts'

/** An open file that no descriptor refers to yet; `FileTable.install` makes the first reference. */
export function openFile(
  operations: FileOperations,
  inode: Inode,
  flags: readonly OpenFlag[],
  path: Path | undefined = undefined,
): OpenFile {
  return { operations, inode, path, flags, position: 0, references: 0 }
}

export function isReadable(file: OpenFile): boolean {
  return !file.flags.includes('WRONLY') && !file.flags.includes('PATH')
}

export function isWritable(file: OpenFile): boolean {
  return file.flags.includes('WRONLY') || file.flags.includes('RDWR')
}

/** Code of the kernel that does not sleep. */
export function immediately<T>(value: () => T): KernelCode<T> {
  return new Immediate(value)
}

/** A generator that ends at once. Calls that do not sleep are by far the most, and this is lighter than a real one. */
class Immediate<T> implements KernelCode<T> {
  readonly #value: () => T

  constructor(value: () => T) {
    this.#value = value
  }

  next(): IteratorResult<never, T> {
    return { done: true, value: this.#value() }
  }

  return(value: T): IteratorResult<never, T> {
    return { done: true, value }
  }

  throw(error: unknown): never {
    throw error
  }

  [Symbol.iterator](): this {
    return this
  }

  [Symbol.dispose](): void {}

  readonly [Symbol.toStringTag] = 'Generator'
}

/** For calls that a kind of file does not know. */
export function refuse(errno: SystemCallError['errno']): never {
  throw new SystemCallError(errno)
}
