// How large each kind of file system is, as statfs(2) tells it: nothing here has real blocks.
import type { Kernel } from './kernel.ts'
import type { FileSystem } from './mount.ts'
import type { FileSystemStatistics } from './system.ts'

const blockSize = 4096

/** The machine's disk, in KiB: 32 GiB, of which a fifth is used; a twentieth is kept for root. */
const disk = { size: 32_847_680, used: 6_548_212, reserved: 1_605_632, files: 2_097_152, usedFiles: 148_902 }

const none: FileSystemStatistics = { blockSize, blocks: 0, free: 0, available: 0, files: 0, freeFiles: 0 }

export function statisticsOf(kernel: Kernel, { type, options }: FileSystem): FileSystemStatistics {
  if (type === 'ext4' || type === 'overlay') {
    const free = Math.floor((disk.size - disk.used) / 4)
    return {
      blockSize,
      blocks: Math.floor(disk.size / 4),
      free,
      available: free - Math.floor(disk.reserved / 4),
      files: disk.files,
      freeFiles: disk.files - disk.usedFiles,
    }
  }
  if (type !== 'tmpfs' && type !== 'devtmpfs') return none
  const blocks = Math.floor(sizeOf(kernel, options) / blockSize)
  return { blockSize, blocks, free: blocks, available: blocks, files: blocks, freeFiles: blocks - 1 }
}

const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** The option size=, or half of the memory, in bytes. */
function sizeOf({ parameters: { totalMemory } }: Kernel, options: readonly string[]): number {
  const size = /^size=(\d+)([kmg]?)/.exec(options.find((option) => option.startsWith('size=')) ?? '')
  return size === null ? totalMemory / 2 : Number(size[1]) * (units[size[2] ?? ''] ?? 1)
}
