// The mounts of a container, as runc makes them: its root, /proc, /dev, /sys, the three files in /etc, and volumes.
import type { HostConfig, MountPoint } from './api-types.ts'
import { entriesOf, unpack } from './archive.ts'
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { emptyFile, makeDirectories } from './host-tree.ts'
import { devices } from '../kernel/devices.ts'
import { type MemoryDirectory, memoryFileSystem } from '../kernel/memory-file-system.ts'
import {
  allocateDevice,
  bindMount,
  detachMount,
  type FileSystem,
  fileSystemOf,
  type MountFlag,
  type MountNamespace,
  mountFileSystem,
  mountRoot,
  moveMount,
} from '../kernel/mount.ts'
import type { Process } from '../kernel/process.ts'
import { procFileSystem } from '../kernel/procfs.ts'
import { SystemCallError } from '../kernel/system.ts'
import { type DirectoryInode, type Path, resolvePath } from '../kernel/vfs.ts'

/** Where the files are, on the host, that a container has as /etc/hosts and its like; a joiner has its donor's. */
export interface EtcFiles {
  readonly hosts: string
  readonly hostname: string
  readonly resolvConf: string
}

/**
 * Fills the mount namespace of a process that is to be a container's init, and makes the container's root its own.
 * @throws EngineError when a source of a bind mount is missing
 */
export function mountContainer(
  daemon: Daemon,
  container: Container,
  process: Process,
  options: { etc: EtcFiles; shm: FileSystem; initProgram: string | undefined },
): void {
  const namespace = process.namespaces.mnt
  const builder = new Builder(daemon, namespace, process)
  builder.becomeRoot(container.files.fileSystem(namespace), container.hostConfig.ReadonlyRootfs)
  builder.mount('/proc', fileSystemOf(procFileSystem(daemon.kernel, process.namespaces.pid)), [
    'nosuid',
    'nodev',
    'noexec',
  ])
  builder.mountDevices(container.config.Tty, container.hostConfig.Devices)
  builder.mountSystem(daemon.kernel.parameters.cgroupVersion)
  builder.mount('/dev/mqueue', builder.memory('mqueue'), ['nosuid', 'nodev', 'noexec'])
  builder.mount('/dev/shm', options.shm, ['nosuid', 'nodev', 'noexec'])
  const mounted = (container.hostConfig.Mounts ?? []).flatMap(({ Type, Target, TmpfsOptions }) => {
    const size = TmpfsOptions?.['SizeBytes']
    return Type === 'tmpfs' ? [[Target, typeof size === 'number' ? `size=${size / 1024}k` : ''] as const] : []
  })
  for (const [target, size] of [...Object.entries(container.hostConfig.Tmpfs ?? {}), ...mounted]) {
    builder.mount(target, builder.tmpfs(size), ['nosuid', 'nodev', 'noexec'])
  }
  for (const point of container.mounts) {
    if (point.Type === 'tmpfs') continue
    if (point.Type === 'volume') builder.fillVolume(container, point)
    builder.bindHost(point.Source, point.Destination, point.RW ? [] : ['ro'], point.Type)
  }
  const own: readonly [source: string, target: string][] = [
    [options.etc.resolvConf, '/etc/resolv.conf'],
    [options.etc.hostname, '/etc/hostname'],
    [options.etc.hosts, '/etc/hosts'],
  ]
  for (const [source, target] of own) {
    // A mount that was asked for at one of these places stays.
    if (container.mounts.every(({ Destination }) => Destination !== target))
      builder.bindHost(source, target, [], 'file')
  }
  if (options.initProgram !== undefined) builder.bindHost(options.initProgram, '/sbin/docker-init', ['ro'], 'file')
  if (!container.hostConfig.Privileged) builder.maskAndProtect()
  builder.makeDirectory(container.config.WorkingDir === '' ? '/' : container.config.WorkingDir)
}

/** The /dev/shm of an IPC namespace: who joins it gets the same. */
export function createShm(namespace: MountNamespace, size: number): FileSystem {
  const root = memoryFileSystem({
    type: 'tmpfs',
    source: 'shm',
    options: [`size=${size / 1024}k`],
    mode: 0o1777,
    device: allocateDevice(namespace),
  })
  return fileSystemOf(root)
}

interface SystemFiles {
  readonly sys: FileSystem
  readonly cgroup: FileSystem
  /** By name of the controller; `unified` is version 2. */
  readonly controllers: ReadonlyMap<string, FileSystem>
}

const systemFiles = new WeakMap<Daemon, SystemFiles>()

class Builder {
  readonly #daemon: Daemon
  readonly #namespace: MountNamespace
  readonly #process: Process
  readonly #proc: DirectoryInode

  constructor(daemon: Daemon, namespace: MountNamespace, process: Process) {
    this.#daemon = daemon
    this.#namespace = namespace
    this.#process = process
    this.#proc = procFileSystem(daemon.kernel, process.namespaces.pid)
  }

  /** pivot_root(2), and what was there before is let go. */
  becomeRoot(fileSystem: FileSystem, readOnly: boolean): void {
    const old = this.#namespace.root
    const flags: MountFlag[] = readOnly ? ['ro', 'relatime'] : ['relatime']
    const mount = mountFileSystem(this.#namespace, fileSystem, this.#namespace.rootPath(), { flags })
    moveMount(mount, undefined)
    this.#namespace.root = mount
    detachMount(this.#namespace, old)
    // Nothing of the host is left in here to which a path of the host could lead.
    this.#namespace.copies.clear()
    this.#process.root = mountRoot(mount)
    this.#process.workingDirectory = this.#process.root
  }

  memory(type: string, options: readonly string[] = [], mode = 0o755): FileSystem {
    const device = allocateDevice(this.#namespace)
    return fileSystemOf(memoryFileSystem({ type, options, mode, device, time: this.#daemon.now() }))
  }

  /** By the options of --tmpfs: sizes are shown in kibibytes, a mode is the root directory's. */
  tmpfs(text: string): FileSystem {
    const options = text.split(',').filter((option) => option !== '' && !mountFlags.has(option))
    const shown = options.map((option) => {
      const [, digits, unit] = /^size=(\d+)([kmg]?)$/i.exec(option) ?? []
      if (digits === undefined || unit === undefined) return option
      return `size=${(Number(digits) * 1024 ** 'bkmg'.indexOf(unit.toLowerCase() || 'b')) / 1024}k`
    })
    const mode = /^mode=([0-7]+)$/m.exec(options.join('\n'))?.[1]
    return this.memory('tmpfs', shown, mode === undefined ? 0o1777 : Number.parseInt(mode, 8))
  }

  mount(target: string, fileSystem: FileSystem | undefined, flags: readonly MountFlag[]): void {
    if (fileSystem === undefined) return
    mountFileSystem(this.#namespace, fileSystem, this.makeDirectory(target), { flags: [...flags, 'relatime'] })
  }

  mountDevices(tty: boolean, added: HostConfig['Devices']): void {
    const root = memoryFileSystem({
      type: 'tmpfs',
      options: ['size=65536k', 'mode=755'],
      device: allocateDevice(this.#namespace),
      time: this.#daemon.now(),
    })
    for (const { name, major, minor, mode } of devices) {
      if (name !== 'console' || tty) root.addDevice(name, major, minor, { mode })
    }
    for (const device of added) this.#addDevice(root, device)
    const hasCore = this.#find('/proc/kcore') !== undefined
    for (const [name, target] of deviceLinks) if (name !== 'core' || hasCore) root.addSymlink(name, target)
    for (const name of ['pts', 'shm', 'mqueue']) root.addDirectory(name)
    mountFileSystem(this.#namespace, fileSystemOf(root), this.makeDirectory('/dev'), { flags: ['nosuid'] })
    this.mount('/dev/pts', this.memory('devpts', ['gid=5', 'mode=620', 'ptmxmode=666']), ['nosuid', 'noexec'])
  }

  /** One --device: a node like the host's. Only below /dev, as nearly all are. */
  #addDevice(root: MemoryDirectory, { PathOnHost, PathInContainer }: HostConfig['Devices'][number]): void {
    const host = this.#daemon.kernel.initialPidNamespace.init
    const fail = (why: string) =>
      new EngineError(500, `error gathering device information while adding custom device "${PathOnHost}": ${why}`)
    try {
      const inode = host === undefined ? undefined : resolvePath(host, PathOnHost).inode
      if (inode?.type !== 'character' && inode?.type !== 'block') throw fail('not a device node')
      if (!PathInContainer.startsWith('/dev/') || inode.rdev === undefined) return
      const { major, minor } = inode.rdev
      root.addDevice(PathInContainer.slice('/dev/'.length), major, minor, { mode: inode.mode })
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      throw fail(`${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`)
    }
  }

  mountSystem(cgroupVersion: 1 | 2): void {
    const flags: MountFlag[] = ['ro', 'nosuid', 'nodev', 'noexec']
    const { sys, cgroup, controllers } = this.#systemFiles()
    this.mount('/sys', sys, flags)
    if (cgroupVersion === 2) {
      this.mount('/sys/fs/cgroup', controllers.get('unified'), flags)
      return
    }
    this.mount('/sys/fs/cgroup', cgroup, ['nosuid', 'nodev', 'noexec'])
    for (const name of controllerNames) this.mount(`/sys/fs/cgroup/${name}`, controllers.get(name), flags)
  }

  /** Instances that all containers have in common; nobody can write to them. */
  #systemFiles(): SystemFiles {
    const known = systemFiles.get(this.#daemon)
    if (known !== undefined) return known
    const sys = memoryFileSystem({ type: 'sysfs', source: 'sysfs', device: allocateDevice(this.#namespace) })
    for (const name of ['fs/cgroup', 'firmware', 'class/net', 'devices/virtual']) sys.addDirectory(name)
    const cgroup = memoryFileSystem({ type: 'tmpfs', options: ['mode=755'], device: allocateDevice(this.#namespace) })
    for (const name of controllerNames) cgroup.addDirectory(name)
    const controllers = new Map<string, FileSystem>(
      controllerNames.map((name) => [
        name,
        { ...this.memory('cgroup', [name === 'systemd' ? 'name=systemd' : name]), source: 'cgroup' },
      ]),
    )
    controllers.set('unified', { ...this.memory('cgroup2'), source: 'cgroup' })
    const made = { sys: fileSystemOf(sys), cgroup: fileSystemOf(cgroup), controllers }
    systemFiles.set(this.#daemon, made)
    return made
  }

  /** A new volume gets what the image has at its place. */
  fillVolume(container: Container, point: MountPoint): void {
    const volume = point.Name === undefined ? undefined : this.#daemon.volumes.find(point.Name)
    const host = this.#daemon.kernel.initialPidNamespace.init
    if (volume === undefined || !volume.fresh || host === undefined) return
    volume.fresh = false
    const directory = makeDirectories(host.root.inode, point.Source, this.#daemon.now())
    const image = container.files.find(point.Destination)
    if (image?.type !== 'directory') return
    const entries = entriesOf(image, '', this.#daemon.process).filter((entry) => entry.name !== '')
    unpack(directory, entries, this.#daemon.process, this.#daemon.now())
    Object.assign(directory, { mode: image.mode, uid: image.uid, gid: image.gid })
  }

  /**
   * A file or directory of the host at a place in the container. Of `bind` mounts by -v, and of volumes, a missing
   * source is made, as the daemon does.
   */
  bindHost(source: string, target: string, flags: readonly MountFlag[], type: string): void {
    const { kernel } = this.#daemon
    const host = kernel.initialPidNamespace.init
    if (host === undefined) return
    let place: Path
    try {
      place = resolvePath(host, source)
    } catch (error) {
      if (!(error instanceof SystemCallError && error.errno === 'ENOENT') || type === 'file') {
        throw new EngineError(400, `invalid mount config for type "bind": bind source path does not exist: ${source}`)
      }
      makeDirectories(host.root.inode, source, this.#daemon.now())
      place = resolvePath(host, source)
    }
    const point = place.inode.type === 'directory' ? this.makeDirectory(target) : this.#makeFile(target)
    bindMount(this.#namespace, place, point, { flags: [...flags, 'relatime'] })
  }

  /** Paths that runc hides or makes read-only, those that are there. */
  maskAndProtect(): void {
    for (const path of ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']) {
      const place = this.#find(path)
      if (place !== undefined)
        bindMount(this.#namespace, place, place, { flags: ['ro', 'nosuid', 'nodev', 'noexec', 'relatime'] })
    }
    const null_ = this.#find('/dev/null')
    const smallest = this.#daemon.words === '28.5' ? ['size=4k', 'nr_inodes=1'] : []
    for (const path of masked) {
      if (path === '/proc/interrupts' && this.#daemon.words !== '28.5') continue
      const place = this.#find(path)
      if (place === undefined || null_ === undefined) continue
      if (place.inode.type === 'directory')
        mountFileSystem(this.#namespace, this.memory('tmpfs', smallest), place, { flags: ['ro', 'relatime'] })
      else bindMount(this.#namespace, null_, place, { flags: ['nosuid'] })
    }
  }

  /** A directory of the container by its path; what is missing of it is made. */
  makeDirectory(path: string): Path {
    const found = this.#find(path)
    if (found !== undefined) return found
    makeDirectories(this.#process.root.inode, path, this.#daemon.now())
    return resolvePath(this.#process, path)
  }

  #makeFile(path: string): Path {
    const found = this.#find(path)
    if (found !== undefined) return found
    const slash = path.lastIndexOf('/')
    const directory = this.makeDirectory(path.slice(0, slash) || '/').inode
    if (directory.type !== 'directory' || directory.changes === undefined)
      throw new EngineError(500, `not a directory: ${path}`)
    directory.changes.insert(
      path.slice(slash + 1),
      emptyFile(directory, directory.changes.nextIno(), this.#daemon.now()),
    )
    return resolvePath(this.#process, path)
  }

  #find(path: string): Path | undefined {
    // Most of what is looked for in /proc is not there, and an exception for each would be dear.
    const inProc = /^\/proc\/([^/]+)$/.exec(path)?.[1]
    if (inProc !== undefined && this.#proc.lookup(this.#process, inProc) === undefined) return undefined
    try {
      return resolvePath(this.#process, path)
    } catch (error) {
      if (error instanceof SystemCallError && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR')) return undefined
      throw error
    }
  }
}

const mountFlags = new Set(['ro', 'rw', 'nosuid', 'suid', 'nodev', 'dev', 'noexec', 'exec'])

const deviceLinks = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  ['core', '/proc/kcore'],
  ['ptmx', 'pts/ptmx'],
] as const

const controllerNames = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids', 'systemd']

const masked = [
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
]
