// The kinds of file system that mount(2) knows: what /proc/filesystems lists, and how an instance is made.
import { devices } from './devices.ts'
import type { FileSystemName } from './file-system-names.ts'
import type { Kernel } from './kernel.ts'
import { type MemoryDirectory, memoryFileSystem } from './memory-file-system.ts'
import { allocateDevice, type FileSystem, fileSystemOf } from './mount.ts'
import { overlayFileSystem } from './overlay-file-system.ts'
import { asDirectory, resolvePath } from './path-resolution.ts'
import type { Process } from './process.ts'
import { procFileSystem } from './procfs.ts'
import { SystemCallError } from './system.ts'

/** Makes an instance to be mounted. */
type Make = (kernel: Kernel, mounter: Process, source: string, options: readonly string[]) => FileSystem

/** How each is made; undefined: known to the kernel, but nothing here can be mounted with it (ENODEV). */
export const fileSystemTypes: Readonly<Record<FileSystemName, Make | undefined>> = {
  sysfs: inMemory('sysfs', sysDirectories),
  tmpfs: inMemory('tmpfs'),
  proc: (kernel, mounter, source) => ({
    ...fileSystemOf(procFileSystem(kernel, mounter.namespaces.pid)),
    source: source || 'proc',
  }),
  cgroup: undefined,
  cgroup2: inMemory('cgroup2'),
  devtmpfs: inMemory('devtmpfs', fillDevices),
  devpts: inMemory('devpts'),
  mqueue: inMemory('mqueue'),
  ramfs: inMemory('ramfs'),
  overlay: makeOverlay,
  ext4: undefined,
}

/** Fills a directory with the device files that every machine and container has, and the links beside them. */
export function fillDevices(directory: MemoryDirectory): void {
  for (const { name, major, minor, mode } of devices) directory.addDevice(name, major, minor, { mode })
  directory.addSymlink('fd', '/proc/self/fd')
  directory.addSymlink('stdin', '/proc/self/fd/0')
  directory.addSymlink('stdout', '/proc/self/fd/1')
  directory.addSymlink('stderr', '/proc/self/fd/2')
  directory.addDirectory('shm', { mode: 0o1777 })
  directory.addDirectory('pts')
  directory.addDirectory('mqueue', { mode: 0o1777 })
}

/** /sys has only the directories that others mount on. */
function sysDirectories(directory: MemoryDirectory): void {
  for (const path of ['block', 'bus', 'class/net', 'devices', 'firmware', 'fs/cgroup', 'kernel', 'module', 'power']) {
    directory.addDirectory(path)
  }
}

function inMemory(type: string, fill: (directory: MemoryDirectory) => void = () => {}): Make {
  return (kernel, mounter, source, options) => {
    const mode = /^mode=([0-7]+)$/.exec(options.find((option) => option.startsWith('mode=')) ?? '')?.[1]
    const root = memoryFileSystem({
      type,
      source: source || type,
      options,
      device: allocateDevice(mounter.namespaces.mnt),
      time: kernel.clock.now(),
      mode: mode === undefined ? defaultMode(type) : Number.parseInt(mode, 8),
    })
    fill(root)
    return fileSystemOf(root)
  }
}

function defaultMode(type: string): number {
  return type === 'tmpfs' || type === 'mqueue' ? 0o1777 : 0o755
}

/** One lower directory; several layers, and upper directories that can be looked at elsewhere, are not here. */
function makeOverlay(_kernel: Kernel, mounter: Process, _source: string, options: readonly string[]): FileSystem {
  const lower = options.find((option) => option.startsWith('lowerdir='))?.slice('lowerdir='.length)
  if (lower === undefined || lower.includes(':')) throw new SystemCallError('EINVAL')
  const { inode } = asDirectory(resolvePath(mounter, lower))
  return fileSystemOf(overlayFileSystem(inode, { device: allocateDevice(mounter.namespaces.mnt), options }))
}
