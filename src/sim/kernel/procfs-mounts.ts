// /proc/PID/mounts and mountinfo, proc_pid_mountinfo(5): the mounts that a process can reach from its root.
import type { Mount } from './mount.ts'
import { pathName } from './path-resolution.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'

/** In the order in which the kernel prints them. */
const flagOrder = ['nosuid', 'nodev', 'noexec', 'noatime', 'relatime'] as const

export function mountsText(process: Process): string {
  return reachableMounts(process)
    .map(({ mount, name }) => {
      const { source, type, options } = mount.fileSystem
      const words = [...flagsOf(mount), ...options].join(',')
      return `${escape(source)} ${escape(name)} ${type} ${words} 0 0\n`
    })
    .join('')
}

export function mountstatsText(process: Process): string {
  return reachableMounts(process)
    .map(({ mount: { fileSystem }, name }) => {
      const { source, type } = fileSystem
      return `device ${escape(source)} mounted on ${escape(name)} with fstype ${type}\n`
    })
    .join('')
}

export function mountinfoText(process: Process): string {
  return reachableMounts(process)
    .map(({ mount, name }) => {
      const { source, type, options } = mount.fileSystem
      const device = `${mount.root.device >> 8}:${mount.root.device & 0xff}`
      // The parent of a namespace's root is the mount that the machine booted from.
      const fields = [
        mount.id,
        mount.parent?.id ?? 1,
        device,
        escape(mount.rootName),
        escape(name),
        flagsOf(mount).join(),
      ]
      const superOptions = ['rw', ...options].join(',')
      return `${fields.join(' ')} - ${type} ${escape(source)} ${superOptions}\n`
    })
    .join('')
}

function reachableMounts(process: Process): { mount: Mount; name: string }[] {
  if (process.state === 'Z') throw new SystemCallError('EINVAL')
  return [...process.namespaces.mnt.mounts].flatMap((mount) => {
    if (mount === process.root.mount) return process.root.inode === mount.root ? [{ mount, name: '/' }] : []
    return isReachable(process, mount) && mount.mountPoint ? [{ mount, name: pathName(process, mount.mountPoint) }] : []
  })
}

function isReachable(process: Process, mount: Mount): boolean {
  for (let each: Mount | undefined = mount; each; each = each.parent) if (each === process.root.mount) return true
  return false
}

function flagsOf(mount: Mount): string[] {
  return [mount.flags.has('ro') ? 'ro' : 'rw', ...flagOrder.filter((flag) => mount.flags.has(flag))]
}

/** Blanks and backslashes in octal, as getmntent(3) reads them. */
function escape(text: string): string {
  return text.replaceAll(/[ \t\n\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)
}
