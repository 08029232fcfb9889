// /proc/PID/cgroup, cgroups(7): in which group the process is, for each hierarchy.
import type { Process } from './process.ts'
import type { Reading } from './procfs-tree.ts'

/** The hierarchies of version 1, as a machine without systemd mounts them; the number is the line's first field. */
const hierarchies = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids', 'name=systemd']

export function cgroupText(process: Process, { kernel, reader }: Reading): string {
  const path = seenFrom(reader.namespaces.cgroup.root, process.cgroup)
  const unified = `0::${path}\n`
  if (kernel.parameters.cgroupVersion === 2) return unified
  const lines = hierarchies.map((name, index) => `${index + 1}:${name}:${path}\n`)
  return `${lines.toReversed().join('')}${unified}`
}

/** A path as it is told in a cgroup namespace, cgroup_namespaces(7): relative to its root, with `/..` out of it. */
function seenFrom(root: string, path: string): string {
  const from = root.split('/').filter((name) => name !== '')
  const to = path.split('/').filter((name) => name !== '')
  let common = 0
  while (common < from.length && from[common] === to[common]) common++
  const up = from.slice(common).map(() => '..')
  return `/${[...up, ...to.slice(common)].join('/')}`
}
