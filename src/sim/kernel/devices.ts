// Character devices, null(4), full(4), random(4), tty(4), console(4): a table by major and minor number.
import type { Kernel } from './kernel.ts'
import { immediately, openFile, refuse } from './open-file.ts'
import type { FileType, OpenFlag } from './system.ts'
import type { FileOperations, InodeBase, OpenFile, SpecialInode } from './vfs.ts'

interface Driver {
  read(count: number): Uint8Array
  write(data: Uint8Array): number
}

interface Device {
  /** Usual path, relative to /dev. */
  readonly name: string
  readonly major: number
  readonly minor: number
  readonly mode: number
  /** What opening it gives; throws what open(2) fails with. */
  readonly open: (kernel: Kernel) => Driver
}

/** The most that one read gives of an endless device. */
const longestRead = 1 << 20

const swallow = (data: Uint8Array) => data.length
const nothing: Driver = { read: () => new Uint8Array(), write: swallow }
const zeros: Driver = { read: (count) => new Uint8Array(count), write: swallow }
const full: Driver = { read: zeros.read, write: () => refuse('ENOSPC') }
const random = (kernel: Kernel): Driver => ({ read: (count) => kernel.random.bytes(count), write: swallow })

const nullRow: Device = { name: 'null', major: 1, minor: 3, mode: 0o666, open: () => nothing }

export const devices: readonly Device[] = [
  nullRow,
  { name: 'zero', major: 1, minor: 5, mode: 0o666, open: () => zeros },
  { name: 'full', major: 1, minor: 7, mode: 0o666, open: () => full },
  { name: 'random', major: 1, minor: 8, mode: 0o666, open: random },
  { name: 'urandom', major: 1, minor: 9, mode: 0o666, open: random },
  // No process has a controlling terminal.
  { name: 'tty', major: 5, minor: 0, mode: 0o666, open: () => refuse('ENXIO') },
  { name: 'console', major: 5, minor: 1, mode: 0o600, open: () => nothing },
]

/** A device file. What opening it gives follows from its numbers; without a driver ENXIO, as Linux has it. */
export function deviceInode(
  base: Omit<InodeBase, 'type'>,
  type: Extract<FileType, 'character' | 'block'>,
  rdev: { major: number; minor: number },
): SpecialInode {
  const device = devices.find(
    ({ major, minor }) => type === 'character' && major === rdev.major && minor === rdev.minor,
  )
  return {
    ...base,
    type,
    rdev,
    open: (kernel) => immediately(() => (device ? operationsOf(device, device.open(kernel)) : refuse('ENXIO'))),
  }
}

/** /dev/null, opened for reading and writing; the standard input of what nobody talks to. */
export function nullDevice(flags: readonly OpenFlag[] = ['RDWR']): OpenFile {
  const base = { ino: 4, device: 5, mode: 0o666, uid: 0, gid: 0, nlink: 1, atime: 0, mtime: 0, ctime: 0 }
  return openFile(operationsOf(nullRow, nothing), deviceInode(base, 'character', nullRow), flags)
}

function operationsOf(device: Device, driver: Driver): FileOperations {
  return {
    read: (_reader, count) => immediately(() => driver.read(Math.min(count, longestRead))),
    write: (_writer, data) => immediately(() => driver.write(data)),
    seekable: true,
    size: () => 0,
    description: () => `/dev/${device.name}`,
  }
}
