// The names of the file systems that the kernel knows, in the order of /proc/filesystems.

export const fileSystemNames = [
  'sysfs',
  'tmpfs',
  'proc',
  'cgroup',
  'cgroup2',
  'devtmpfs',
  'devpts',
  'mqueue',
  'ramfs',
  'overlay',
  'ext4',
] as const

export type FileSystemName = (typeof fileSystemNames)[number]

export function isFileSystemName(name: string): name is FileSystemName {
  return (fileSystemNames as readonly string[]).includes(name)
}

/** Whether a file system needs a block device below it: those are without `nodev` in /proc/filesystems. */
export function needsDevice(name: FileSystemName): boolean {
  return name === 'ext4'
}
