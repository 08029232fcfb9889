// proc(5): the root of /proc. Each instance shows the processes of one PID namespace, pid_namespaces(7).
import type { Kernel } from './kernel.ts'
import type { PidNamespace } from './namespaces.ts'
import type { Process } from './process.ts'
import { inOrder } from './pid-namespace.ts'
import { pidDirectory } from './procfs-pid.ts'
import { systemDirectories, systemFiles, systemLinks } from './procfs-system.ts'
import { type ProcInstance, procDirectory, procFile, procLink, tableDirectory } from './procfs-tree.ts'
import { type DirectoryEntry, SystemCallError } from './system.ts'
import type { DirectoryInode, Inode } from './vfs.ts'

export { namespaceOfFile } from './nsfs.ts'

const instances = new WeakMap<PidNamespace, DirectoryInode>()
const nobodysOwner = () => ({ uid: 0, gid: 0 })

/** The root directory of the proc that shows a PID namespace: one and the same for all its mounts. */
export function procFileSystem(kernel: Kernel, namespace: PidNamespace): DirectoryInode {
  const known = instances.get(namespace)
  if (known) return known
  const made = procRoot({ kernel, namespace, nextIno: 1 })
  instances.set(namespace, made)
  return made
}

type Row = { readonly name: string; readonly type: DirectoryEntry['type']; readonly make: () => Inode }

function procRoot(instance: ProcInstance): DirectoryInode {
  const { kernel, namespace } = instance
  const rows: readonly Row[] = [
    ...systemRows(instance, '').filter(({ name }) => !kernel.parameters.absentProcFiles?.includes(name)),
    ...systemLinks.map(([name, target]) => symlink(instance, name, () => target)),
    symlink(instance, 'self', (reader) => ownNumber(reader, namespace)),
    symlink(instance, 'thread-self', (reader) => {
      const number = ownNumber(reader, namespace)
      return `${number}/task/${number}`
    }),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const shown = new WeakMap<Inode, Process>()
  const processOf = (name: string): Process | undefined =>
    name >= '1' && name < ':' && /^[1-9]\d*$/.test(name) ? kernel.findProcess(namespace, Number(name)) : undefined
  const root = procDirectory(instance, {
    list: () => {
      const entries: { name: string; type: DirectoryEntry['type'] }[] = [...rows]
      for (const { number } of inOrder(namespace)) entries.push({ name: String(number), type: 'directory' })
      return entries
    },
    make: (name) => {
      const process = processOf(name)
      if (!process) return rows.find((row) => row.name === name)?.make()
      const directory = pidDirectory(instance, process)
      shown.set(directory, process)
      return directory
    },
    isCurrent: (name, inode) => shown.get(inode) === processOf(name),
  })
  return Object.assign(root, { fileSystem: { type: 'proc', source: 'proc', options: [], root } })
}

/** What lies directly below a path of the table that ends in a slash: a file, or a directory. Worked out once. */
const systemTree = new Map<string, ReadonlyMap<string, (typeof systemFiles)[number] | undefined>>()

function systemNames(prefix: string): ReadonlyMap<string, (typeof systemFiles)[number] | undefined> {
  const known = systemTree.get(prefix)
  if (known) return known
  const names = new Map<string, (typeof systemFiles)[number] | undefined>()
  for (const file of systemFiles) {
    if (!file.name.startsWith(prefix)) continue
    const [name = '', ...deeper] = file.name.slice(prefix.length).split('/')
    names.set(name, deeper.length === 0 ? file : undefined)
  }
  systemTree.set(prefix, names)
  return names
}

/** Files and directories of the table below a path that ends in a slash, or of its top. */
function systemRows(instance: ProcInstance, prefix: string): Row[] {
  const rows = [...systemNames(prefix)].map(([name, file]): Row => {
    if (file) return { name, type: 'regular', make: () => procFile(instance, instance.kernel, file, nobodysOwner) }
    const make = () => tableDirectory(instance, systemRows(instance, `${prefix}${name}/`))
    return { name, type: 'directory', make }
  })
  if (prefix !== '') return rows
  const empty = systemDirectories.map(
    (name): Row => ({ name, type: 'directory', make: () => tableDirectory(instance, []) }),
  )
  return [...rows, ...empty]
}

function symlink(instance: ProcInstance, name: string, target: (reader: Process) => string): Row {
  const row = { name, mode: 0o777, target: (_: Kernel, { reader }: { reader: Process }) => target(reader) }
  return { name, type: 'symlink', make: () => procLink(instance, instance.kernel, row, nobodysOwner) }
}

/** @throws ENOENT for a reader that this instance does not show */
function ownNumber(reader: Process, namespace: PidNamespace): string {
  const number = reader.pid.numberIn(namespace)
  if (number === 0) throw new SystemCallError('ENOENT')
  return String(number)
}
