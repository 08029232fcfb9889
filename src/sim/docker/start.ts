// Starting a container, in moby's order: may it, its network, its namespaces and mounts, its program, the state, the event.
import { type Container, donorOf, statusOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { containerRemove } from './delete.ts'
import { delays } from './delays.ts'
import { EngineError } from './errors.ts'
import { writeEtcFiles, etcFilesOf } from './etc-files.ts'
import { linksOf, linkVariables } from './links.ts'
import { needsResolver } from './resolver.ts'
import { watchHealth } from './health.ts'
import { watchExit } from './monitor.ts'
import { connectAll, findNetworks, ownsNetworkNamespace, releaseNetwork } from './container-network.ts'
import { pin } from './pinned.ts'
import { createShm, mountContainer } from './root-file-system.ts'
import { createTask, type NamespaceSpec, type ProcessSpec, watchTask } from './runtime.ts'
import { limitGroup } from '../kernel/process-limit.ts'
import { SIGKILL } from '../kernel/signal-numbers.ts'
import {
  cannotJoin,
  joinsMissingNetwork,
  joinsStoppedNetwork,
  networkingFailed,
  notRunning,
  runtimeCreateFailed,
} from './texts.ts'
import { delay, sleepOn, type Work } from './threads.ts'
import { credentialsFor, environmentFor, lookUpUser } from './users.ts'
import { validateIpcMode } from './validate.ts'
import { allCapabilities } from '../kernel/credentials.ts'
import { type CloneFlag, SystemCallError } from '../kernel/system.ts'

/** POST /containers/ID/start. @throws EngineError; the container then stays as it was, with the error in its state */
export function* containerStart(daemon: Daemon, name: string): Work<'started' | 'not modified'> {
  const container = daemon.get(name)
  if (container.state.paused) throw new EngineError(409, 'cannot start a paused container, try unpause instead')
  if (container.state.running) return 'not modified'
  if (container.state.removing || container.state.dead) {
    throw new EngineError(409, 'container is marked for removal and cannot be started')
  }
  yield* startContainer(daemon, container, { byHand: true })
  return 'started'
}

/** @param options.byHand a client asks for it: the restart policy begins anew */
export function* startContainer(daemon: Daemon, container: Container, options: { byHand: boolean }): Work<void> {
  while (container.locked) yield* sleepOn([container.changed])
  if (container.removed) throw new EngineError(404, `No such container: ${container.id}`)
  if (container.state.running && !container.state.restarting) return
  container.locked = true
  try {
    yield* startLocked(daemon, container, options.byHand)
  } catch (thrown) {
    container.locked = false
    const error = thrown instanceof SystemCallError ? noRoomForShim(daemon, thrown) : thrown
    if (!(error instanceof EngineError)) throw error
    container.state.error = error.message
    container.state.exitCode = exitCodeOfFailure(error.message) ?? (container.state.exitCode || 128)
    releaseNetwork(daemon, container)
    container.streams.close()
    if (container.hostConfig.AutoRemove && !container.state.restarting) {
      yield* containerRemove(daemon, container.id, { force: true, volumes: true })
    }
    container.changed.wake()
    throw error
  }
  container.locked = false
  container.changed.wake()
}

/** The machine holds too many processes for one more container. */
function noRoomForShim({ words }: Daemon, { errno }: SystemCallError): EngineError {
  const why = errno === 'EAGAIN' ? 'resource temporarily unavailable' : errno
  return new EngineError(
    500,
    `failed to create ${words === '20.10' ? 'shim' : 'task for container'}: fork/exec: ${why}: unknown`,
  )
}

function* startLocked(daemon: Daemon, container: Container, byHand: boolean): Work<void> {
  const { kernel, words } = daemon
  if (words === '20.10') validateIpcMode(container.hostConfig.IpcMode, words)
  const donors = findDonors(daemon, container)
  const networks = inWords(words, () => findNetworks(daemon, container))
  checkStart(daemon, container)
  const user = lookUpUser(container.config.User, {
    passwd: container.files.readText('/etc/passwd'),
    group: container.files.readText('/etc/group'),
    extraGroups: container.hostConfig.GroupAdd ?? [],
    words,
  })
  yield* delay(kernel.clock, delays.createTask)
  const prepared = yield* createTask(daemon, container, namespacesOf(daemon, container, donors))
  const { process, shim } = prepared
  try {
    if (ownsNetworkNamespace(container)) {
      yield* delay(kernel.clock, delays.network)
      inWords(words, () => connectAll(daemon, container, networks, process.namespaces.net))
    }
    writeEtcFiles(daemon, container)
    const shm = donors.ipc?.files.shm ?? createShm(process.namespaces.mnt, container.hostConfig.ShmSize)
    container.files.shm = shm
    if (daemon.profile.dropsProcess(container)) {
      pin(container, process.namespaces)
      kernel.sendSignal(process, SIGKILL)
      shim.shutDown()
      setRunning(daemon, container, byHand, 0)
      return
    }
    const initProgram = container.hostConfig.Init === true ? '/usr/bin/docker-init' : undefined
    mountContainer(daemon, container, process, { etc: etcFilesOf(daemon, container), shm, initProgram })
    const spec: ProcessSpec = {
      argv: [...(initProgram === undefined ? [] : ['/sbin/docker-init', '--']), container.path, ...container.args],
      environment: environmentFor([...(container.config.Env ?? []), ...linkedVariables(daemon, container)], {
        hostname: daemon.profile.hasHostnameVariable(container) ? container.config.Hostname : undefined,
        tty: container.config.Tty,
        home: user.home,
      }),
      workingDirectory: container.config.WorkingDir === '' ? '/' : container.config.WorkingDir,
      credentials: credentialsFor(user, {
        privileged: container.hostConfig.Privileged,
        capAdd: container.hostConfig.CapAdd ?? [],
        capDrop: container.hostConfig.CapDrop ?? [],
        bounding: kernel.parameters.bounding,
        security: container.hostConfig.SecurityOpt ?? [],
      }),
      files: container.streams.createFiles(),
      oomScoreAdjustment: container.hostConfig.OomScoreAdj,
      limits: container.hostConfig.Ulimits ?? [],
    }
    container.startedBefore = true
    const task = watchTask(shim, process)
    const ownUts = container.hostConfig.UTSMode === '' ? container.config.Hostname : undefined
    applyLimits(daemon, container)
    const reason = yield* prepared.release(spec, ownUts)
    if (reason !== undefined) throw new EngineError(400, runtimeCreateFailed(words, reason))
    yield* delay(kernel.clock, delays.startTask)
    setRunning(daemon, container, byHand, process.pid.global)
    container.task = task
    daemon.logEvent(container, 'start')
    daemon.background(watchExit(daemon, container, task, startContainer))
    daemon.background(watchHealth(daemon, container))
  } catch (error) {
    if (process.state !== 'Z' && process.state !== 'X') kernel.sendSignal(process, SIGKILL)
    shim.shutDown()
    throw error
  }
}

/** Legacy links of the default bridge: the others must run, and be there. @throws EngineError */
function linkedVariables(daemon: Daemon, container: Container): string[] {
  if (needsResolver(container)) return []
  const links = linksOf(daemon, container.hostConfig.Links)
  for (const { target } of links) {
    if (!target.state.running)
      throw new EngineError(
        409,
        `Cannot link to a non running container: /${target.name} AS /${container.name}/${target.name}`,
      )
    if (target.endpoints.has('bridge')) continue
    const old = `Cannot link to /${target.name}, as it does not belong to the default network`
    throw new EngineError(
      400,
      daemon.words === '28.5' ? `container ${target.id} not attached to default bridge network` : old,
    )
  }
  return linkVariables(links, container.name)
}

/** Limits that the kernel holds a running container to. */
export function applyLimits(daemon: Daemon, container: Container): void {
  const most = container.hostConfig.PidsLimit ?? 0
  limitGroup(daemon.kernel, daemon.profile.cgroupOf(daemon.kernel, container), most > 0 ? most : undefined)
}

function setRunning(daemon: Daemon, container: Container, byHand: boolean, pid: number): void {
  const { state } = container
  if (byHand) container.restart.reset()
  container.manuallyStopped = false
  Object.assign(state, {
    running: true,
    restarting: false,
    paused: false,
    oomKilled: false,
    pid,
    exitCode: 0,
    error: '',
    startedAt: daemon.now(),
  })
}

/** The exit code of a container whose program could not be started; undefined when something else was wrong. */
function exitCodeOfFailure(message: string): number | undefined {
  if (!message.includes('OCI runtime')) return undefined
  if (/executable file not found|no such file or directory/.test(message)) return 127
  if (/permission denied|is a directory|exec format error/.test(message)) return 126
  return undefined
}

function inWords<T>(words: Daemon['words'], work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new EngineError(error.status, networkingFailed(words, error.message))
  }
}

const tmpfsOptions = new Set(
  'async,atime,bind,dev,diratime,dirsync,exec,iversion,lazytime,loud,mand,noatime,nodev,nodiratime,noexec,noiversion,nolazytime,nomand,norelatime,nostrictatime,nosuid,private,rbind,relatime,remount,ro,rprivate,rshared,rslave,runbindable,rw,shared,silent,slave,strictatime,suid,sync,unbindable'.split(
    ',',
  ),
)

/** What is only found out at the start. @throws EngineError */
function checkStart(daemon: Daemon, container: Container): void {
  const { Tmpfs = {}, DeviceRequests, Privileged, CapAdd } = container.hostConfig
  // An old runc asks for every capability, whether it has them itself or not.
  const wantsAll = Privileged || (CapAdd ?? []).includes('ALL')
  if (daemon.words === '20.10' && wantsAll && daemon.kernel.parameters.bounding !== allCapabilities) {
    throw new EngineError(400, runtimeCreateFailed(daemon.words, 'unable to apply caps: operation not permitted'))
  }
  if (DeviceRequests !== null && DeviceRequests.length > 0) {
    throw new EngineError(500, 'could not select device driver "" with capabilities: [[gpu]]')
  }
  for (const options of Object.values(Tmpfs)) {
    const wrong = options
      .split(',')
      .find(
        (each) =>
          each !== '' && !tmpfsOptions.has(each) && !/^(size|mode|uid|gid|nr_inodes|nr_blocks|mpol)=./.test(each),
      )
    if (wrong === undefined) continue
    const shown = daemon.words === '20.10' ? `[${JSON.stringify(wrong)}]` : JSON.stringify(wrong)
    throw new EngineError(500, `invalid tmpfs option ${shown}`)
  }
}

interface Donors {
  net?: Container
  pid?: Container
  ipc?: Container
  /** Not docker's: the containers of a pod share it where the kubelet speaks CRI. */
  uts?: Container
}

/** The containers whose namespaces it joins: looked up by id at each start. @throws EngineError when one is not there */
function findDonors(daemon: Daemon, container: Container): Donors {
  const { words } = daemon
  const donors: Donors = {}
  const net = donorOf(container.hostConfig.NetworkMode)
  if (net !== undefined) {
    const donor = daemon.find(net)
    if (donor === container) {
      throw new EngineError(400, `cannot join own network${words === '28.5' ? ' namespace' : ''}`)
    }
    if (donor === undefined) throw new EngineError(404, joinsMissingNetwork(words, net))
    if (!donor.state.running) {
      throw new EngineError(409, joinsStoppedNetwork(words, { ...donor, status: statusOf(donor) }))
    }
    if (donor.state.restarting) {
      throw new EngineError(409, `Container ${donor.id} is restarting, wait until the container is running`)
    }
    container.config.Hostname = donor.config.Hostname
    container.config.Domainname = donor.config.Domainname
    donors.net = donor
  }
  const pid = donorOf(container.hostConfig.PidMode)
  if (pid !== undefined) donors.pid = runningDonor(daemon, 'PID', pid)
  const ipc = donorOf(container.hostConfig.IpcMode)
  if (ipc !== undefined) {
    const donor = runningDonor(daemon, 'IPC', ipc)
    if (donor.hostConfig.IpcMode !== 'shareable') {
      const text = words === '20.10' ? '' : `container ${donor.id}: `
      const reason = `${text}non-shareable IPC (hint: use IpcMode:shareable for the donor container)`
      throw new EngineError(400, cannotJoin(words, 'IPC', donor.id, reason))
    }
    donors.ipc = donor
  }
  const uts = donorOf(container.hostConfig.UTSMode)
  if (uts !== undefined) donors.uts = runningDonor(daemon, 'UTS', uts)
  return donors
}

function runningDonor(daemon: Daemon, kind: 'PID' | 'IPC' | 'UTS', id: string): Container {
  const { words } = daemon
  const donor = daemon.find(id)
  const fail = (reason: string, status: number) => new EngineError(status, cannotJoin(words, kind, id, reason))
  if (donor === undefined) throw fail(`No such container: ${id}`, 404)
  // These say `container`, in small letters, in every version.
  if (!donor.state.running) throw fail(notRunning('28.5', donor.id), 409)
  if (donor.state.restarting) {
    throw fail(`Container ${donor.id} is restarting, wait until the container is running`, 409)
  }
  return donor
}

/** Which namespaces are made for it, and whose it joins. */
function namespacesOf(daemon: Daemon, container: Container, donors: Donors): NamespaceSpec {
  const { hostConfig } = container
  const make: CloneFlag[] = ['NEWNS']
  const join: NamespaceSpec['join'][number][] = []
  const decide = (kind: 'ipc' | 'net' | 'pid' | 'uts', mode: string, donor: Container | undefined, flag: CloneFlag) => {
    if (donor !== undefined) {
      const pinned = kind === 'pid' ? undefined : donor.pinned?.[kind]
      join.push({ kind, pid: donor.state.pid, pinned })
    } else if (mode !== 'host') make.push(flag)
  }
  decide('uts', hostConfig.UTSMode, donors.uts, 'NEWUTS')
  decide('ipc', hostConfig.IpcMode, donors.ipc, 'NEWIPC')
  decide('pid', hostConfig.PidMode, donors.pid, 'NEWPID')
  decide('net', hostConfig.NetworkMode, donors.net, 'NEWNET')
  if (hostConfig.CgroupnsMode === 'private' && daemon.kernel.parameters.cgroupVersion === 2) make.push('NEWCGROUP')
  return { make, join }
}
