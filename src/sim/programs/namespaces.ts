// nsenter(1) and unshare(1) of util-linux and of busybox: programs in other namespaces, or in new ones.
import type { CloneFlag, Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { signalOf } from './kill.ts'
import { execvp, startFailure, waitForChild } from './run-command.ts'
import { writeAll, writeError } from './stdio.ts'
import { attempt, type Call, Failure, type Family, utility } from './utility.ts'

/** Option letter, long name, file in /proc/PID/ns, flag; in the order in which nsenter enters them. */
const kinds = [
  ['U', 'user', 'user', 'NEWUSER'],
  ['C', 'cgroup', 'cgroup', 'NEWCGROUP'],
  ['i', 'ipc', 'ipc', 'NEWIPC'],
  ['u', 'uts', 'uts', 'NEWUTS'],
  ['n', 'net', 'net', 'NEWNET'],
  ['p', 'pid', 'pid', 'NEWPID'],
  ['m', 'mount', 'mnt', 'NEWNS'],
  ['T', 'time', 'time', 'NEWTIME'],
] as const satisfies readonly (readonly [string, string, string, CloneFlag])[]

const kindRows = kinds.map(([letter, name]) => ({ names: [letter, name], value: 'optional' as const }))

const nsenterOptions: readonly OptionRow[] = [
  ...kindRows,
  { names: ['t', 'target'], value: 'required' },
  { names: ['a', 'all'] },
  { names: ['F', 'no-fork'] },
  { names: ['r', 'root'], value: 'optional' },
  { names: ['w', 'wd'], value: 'optional' },
  { names: ['W', 'wdns'], value: 'required' },
  { names: ['S', 'setuid'], value: 'required' },
  { names: ['G', 'setgid'], value: 'required' },
  { names: ['preserve-credentials'] },
  { names: ['e', 'env'] },
  { names: ['Z', 'follow-context'] },
]

const busyboxNsenterUsage =
  "[OPTIONS] [PROG ARGS]\n\n\t-t PID\t\tTarget process to get namespaces from\n\t-m[FILE]\tEnter mount namespace\n\t-u[FILE]\tEnter UTS namespace (hostname etc)\n\t-i[FILE]\tEnter System V IPC namespace\n\t-n[FILE]\tEnter network namespace\n\t-p[FILE]\tEnter pid namespace\n\t-U[FILE]\tEnter user namespace\n\t-S UID\t\tSet uid in entered namespace\n\t-G GID\t\tSet gid in entered namespace\n\t--preserve-credentials\tDon't touch uids or gids\n\t-r[DIR]\t\tSet root directory\n\t-w[DIR]\t\tSet working directory\n\t-F\t\tDon't fork before exec'ing PROG"

export const nsenterMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'nsenter',
      options: nsenterOptions,
      stopAtOperand: true,
      shortName: true,
      synopsis: '[options] [<program> [<argument>...]]',
      busyboxUsage: busyboxNsenterUsage,
    },
    function* run(call) {
      const { system, has, value, family: kind } = call
      const target = value('t')
      if (target !== undefined && !/^\d+$/.test(target)) throw new Failure(`failed to parse pid: '${target}'`)
      const uid = idOf(call, 'S', 'uid')
      const gid = idOf(call, 'G', 'gid')
      const open: { fd: number; flag: CloneFlag; file: string }[] = []
      for (const [letter, , file, flag] of kinds) {
        const given = value(letter)?.replace(/^=/, '')
        if (!has(letter) && !has('a')) continue
        if (!given && target === undefined) {
          throw new Failure(
            has('a') ? 'no target PID specified for --all' : `neither filename nor target pid supplied for ns/${file}`,
          )
        }
        const path = given || `/proc/${target}/ns/${file}`
        if (has('a') && !has(letter) && (yield* isOwn(call, path, file))) continue
        open.push({ fd: yield* openOr(call, path), flag, file })
      }
      const root = has('r') ? value('r')?.replace(/^=/, '') || targetPath(target, 'root') : undefined
      const directory = has('w') ? value('w')?.replace(/^=/, '') || targetPath(target, 'cwd') : undefined
      const rootFd = root === undefined ? undefined : yield* openOr(call, root)
      const directoryFd = directory === undefined ? undefined : yield* openOr(call, directory)
      for (const { fd, flag, file } of open) {
        const failed = yield* attempt(system.setns(fd, flag))
        if (failed instanceof SystemCallError) {
          throw new Failure(
            kind === 'gnu'
              ? `reassociate to namespace 'ns/${file}' failed: ${failed.message}`
              : `setns(): can't reassociate to namespace 'ns/${file}': ${failed.message}`,
          )
        }
        yield* system.close(fd)
      }
      if (rootFd !== undefined) {
        yield* system.fchdir(rootFd)
        yield* system.chroot('.')
      }
      if (directoryFd !== undefined) yield* system.fchdir(directoryFd)
      else if (rootFd !== undefined || open.some(({ flag }) => flag === 'NEWNS')) yield* system.chdir('/')
      if (value('W') !== undefined) yield* changeDirectory(call, system, value('W') ?? '/')
      if (!has('preserve-credentials')) {
        const enters = open.some(({ flag }) => flag === 'NEWUSER')
        yield* setIds(system, uid ?? (enters ? 0 : undefined), gid ?? (enters ? 0 : undefined))
      }
      const forks = open.some(({ flag }) => flag === 'NEWPID') && !has('F')
      return yield* runIn(call, forks)
    },
  )

function targetPath(target: string | undefined, name: string): string {
  if (target === undefined) throw new Failure(`no target PID specified for --${name === 'root' ? 'root' : 'wd'}`)
  return `/proc/${target}/${name}`
}

function idOf({ value }: Call, option: 'S' | 'G', what: 'uid' | 'gid'): number | undefined {
  const text = value(option)
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new Failure(`failed to parse ${what}: '${text}'`)
  return Number(text)
}

function* setIds(system: System, uid: number | undefined, gid: number | undefined): Program<void> {
  if (gid !== undefined) {
    const failed = yield* attempt(system.setgroups([]))
    if (failed instanceof SystemCallError && failed.errno !== 'EPERM')
      throw new Failure(`setgroups failed: ${failed.message}`)
    const refused = yield* attempt(system.setresgid(gid, gid, gid))
    if (refused instanceof SystemCallError) throw new Failure(`setgid failed: ${refused.message}`)
  }
  if (uid === undefined) return
  const refused = yield* attempt(system.setresuid(uid, uid, uid))
  if (refused instanceof SystemCallError) throw new Failure(`setuid failed: ${refused.message}`)
}

/** Whether one is in that namespace already: `--all` leaves it out. */
function* isOwn({ system, family }: Call, path: string, file: string): Program<boolean> {
  const other = yield* attempt(system.stat(path))
  if (other instanceof SystemCallError) {
    throw new Failure(
      family === 'gnu' ? `stat of ${path} failed: ${other.message}` : `can't open '${path}': ${other.message}`,
    )
  }
  return other.ino === (yield* system.stat(`/proc/self/ns/${file}`)).ino
}

function* openOr({ system, family }: Call, path: string): Program<number> {
  const fd = yield* attempt(system.open(path, ['RDONLY', 'CLOEXEC']))
  if (!(fd instanceof SystemCallError)) return fd
  throw new Failure(`${family === 'gnu' ? `cannot open ${path}` : `can't open '${path}'`}: ${fd.message}`)
}

function* changeDirectory({ family }: Call, system: System, path: string): Program<void> {
  const failed = yield* attempt(system.chdir(path))
  if (!(failed instanceof SystemCallError)) return
  const what = family === 'gnu' ? `cannot chdir to '${path}'` : `can't change directory to '${path}'`
  throw new Failure(`${what}: ${failed.message}`)
}

/** Runs the operands, or a shell, in place or in a child whose status becomes this program's. */
function* runIn(call: Call, forks: boolean, before?: (child: System) => Program<void>): Program<number> {
  const { system, operands, environment, name, family } = call
  const words = operands.length > 0 ? operands : [environment.get('SHELL') ?? '/bin/sh']
  const execute = function* execute(child: System): Program<number> {
    try {
      if (before) yield* before(child)
      return yield* execvp(child, words, environment)
    } catch (error) {
      if (error instanceof Failure) {
        yield* writeError(child, `${name}: ${error.message}\n`)
        return error.status
      }
      if (!(error instanceof SystemCallError)) throw error
      const [program = ''] = words
      const what = family === 'gnu' ? `failed to execute ${program}` : `can't execute '${program}'`
      yield* writeError(child, `${name}: ${what}: ${error.message}\n`)
      return startFailure(error)
    }
  }
  if (!forks) return yield* execute(system)
  const pid = yield* attempt(system.fork(execute))
  if (pid instanceof SystemCallError) throw new Failure(`fork failed: ${pid.message}`)
  const status = yield* waitForChild(system, pid)
  if (status <= 128) return status
  // Ends by the same signal as its child did.
  if (status !== 128 + 9) yield* system.sigaction(status - 128, { handler: 'SIG_DFL' })
  yield* system.kill(yield* system.getpid(), status - 128)
  return status
}

const unshareOptions: readonly OptionRow[] = [
  // Only the long names take a file, so that letters can be joined: `unshare -pf`.
  ...kinds.flatMap(([letter, name]) => [{ names: [letter] }, { names: [name], value: 'optional' as const }]),
  { names: ['f', 'fork'] },
  { names: ['mount-proc'], value: 'optional' },
  { names: ['r', 'map-root-user'] },
  { names: ['c', 'map-current-user'] },
  { names: ['map-user'], value: 'required' },
  { names: ['map-group'], value: 'required' },
  { names: ['map-users'], value: 'required' },
  { names: ['map-groups'], value: 'required' },
  { names: ['map-auto'] },
  { names: ['kill-child'], value: 'optional' },
  { names: ['propagation'], value: 'required' },
  { names: ['setgroups'], value: 'required' },
  { names: ['keep-caps'] },
  { names: ['R', 'root'], value: 'required' },
  { names: ['w', 'wd'], value: 'required' },
  { names: ['S', 'setuid'], value: 'required' },
  { names: ['G', 'setgid'], value: 'required' },
  { names: ['monotonic'], value: 'required' },
  { names: ['boottime'], value: 'required' },
]

const busyboxUnshareUsage =
  '[OPTIONS] [PROG ARGS]\n\n\t-m,--mount[=FILE]\tUnshare mount namespace\n\t-u,--uts[=FILE]\t\tUnshare UTS namespace (hostname etc.)\n\t-i,--ipc[=FILE]\t\tUnshare System V IPC namespace\n\t-n,--net[=FILE]\t\tUnshare network namespace\n\t-p,--pid[=FILE]\t\tUnshare PID namespace\n\t-U,--user[=FILE]\tUnshare user namespace\n\t-f\t\t\tFork before execing PROG\n\t-r\t\t\tMap current user to root (implies -U)\n\t--mount-proc[=DIR]\tMount /proc filesystem first (implies -m)\n\t--propagation slave|shared|private|unchanged\n\t\t\t\tModify mount propagation in mount namespace\n\t--setgroups allow|deny\tControl the setgroups syscall in user namespaces'

/** Checked before anything is done, as the option is read. @throws Failure */
function checkValues({ value }: Call): void {
  const propagation = value('propagation')
  if (propagation !== undefined && !['slave', 'shared', 'private', 'unchanged'].includes(propagation)) {
    throw new Failure(`unsupported propagation mode: ${propagation}`)
  }
  const setgroups = value('setgroups')
  if (setgroups !== undefined && setgroups !== 'allow' && setgroups !== 'deny') {
    throw new Failure(`unsupported --setgroups argument '${setgroups}'`)
  }
  const signal = value('kill-child')?.replace(/^=/, '')
  if (signal && signalOf(signal) === undefined) throw new Failure(`unknown signal: ${signal}`)
}

export const unshareMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'unshare',
      options: unshareOptions,
      stopAtOperand: true,
      shortName: true,
      synopsis: '[options] [<program> [<argument>...]]',
      busyboxUsage: busyboxUnshareUsage,
    },
    function* run(call) {
      const { system, has, value } = call
      checkValues(call)
      const uid = idOf(call, 'S', 'uid')
      const gid = idOf(call, 'G', 'gid')
      const maps = ['r', 'c', 'map-user', 'map-group', 'map-users', 'map-groups', 'map-auto'].some(has)
      const flags: CloneFlag[] = kinds.filter(([letter, name]) => has(letter) || has(name)).map(([, , , flag]) => flag)
      if (has('mount-proc') && !flags.includes('NEWNS')) flags.push('NEWNS')
      if (maps && !flags.includes('NEWUSER')) flags.push('NEWUSER')
      const outside = yield* identity(system)
      const failed = yield* attempt(system.unshare(flags))
      if (failed instanceof SystemCallError) {
        throw new Failure(`unshare failed: ${failed.message}`)
      }
      yield* keepNamespaces(call)
      const forks = has('f') || has('kill-child')
      if (maps) yield* mapIds(call, outside)
      return yield* runIn(call, forks, function* before(child) {
        if (has('kill-child')) {
          yield* child.prctl('PR_SET_PDEATHSIG', signalOf(value('kill-child')?.replace(/^=/, '') || 'KILL') ?? 9)
        }
        const root = value('R')
        if (root !== undefined) {
          const refused = yield* attempt(child.chroot(root))
          if (refused instanceof SystemCallError) {
            throw new Failure(`cannot change root directory to '${root}': ${refused.message}`)
          }
          yield* child.chdir('/')
        }
        if (value('w') !== undefined) yield* changeDirectory(call, child, value('w') ?? '/')
        if (has('mount-proc')) yield* mountProc(child, value('mount-proc')?.replace(/^=/, '') || '/proc')
        yield* setIds(child, uid, gid)
      })
    },
  )

function* identity(system: System): Program<{ uid: number; gid: number }> {
  const { effective: uid } = yield* system.getresuid()
  const { effective: gid } = yield* system.getresgid()
  return { uid, gid }
}

/** `--net=FILE`: the file keeps the new namespace. */
function* keepNamespaces({ system, value }: Call): Program<void> {
  for (const [, name, file] of kinds) {
    const path = value(name)?.replace(/^=/, '')
    if (!path) continue
    const own = `/proc/${yield* system.getpid()}/ns/${file === 'pid' ? 'pid_for_children' : file}`
    const failed = yield* attempt(system.mount(own, path, '', ['bind']))
    if (failed instanceof SystemCallError) throw new Failure(`mount ${own} on ${path} failed: ${failed.message}`)
  }
}

/** Writes setgroups, uid_map and gid_map of the new user namespace. */
function* mapIds(call: Call, outside: { uid: number; gid: number }): Program<void> {
  const { has, value } = call
  const inside = (option: string, own: number) => {
    const text = value(option)
    if (text !== undefined) {
      if (!/^\d+$/.test(text)) throw new Failure(`failed to parse ${option === 'map-user' ? 'uid' : 'gid'}: '${text}'`)
      return Number(text)
    }
    return has('c') ? own : has('r') ? 0 : undefined
  }
  const range = (option: string) => {
    const [outer, inner, count] = (value(option) ?? '').split(',')
    return value(option) === undefined ? undefined : `${inner} ${outer} ${count}\n`
  }
  const [uid, gid] = [inside('map-user', outside.uid), inside('map-group', outside.gid)]
  const uids = (uid === undefined ? '' : `${uid} ${outside.uid} 1\n`) + (range('map-users') ?? '')
  const gids = (gid === undefined ? '' : `${gid} ${outside.gid} 1\n`) + (range('map-groups') ?? '')
  if (gid !== undefined) yield* writeProc(call, 'setgroups', value('setgroups') ?? 'deny')
  if (uids !== '') yield* writeProc(call, 'uid_map', uids)
  if (gids !== '') yield* writeProc(call, 'gid_map', gids)
}

function* writeProc({ system }: Call, name: string, text: string): Program<void> {
  const path = `/proc/self/${name}`
  const fd = yield* attempt(system.open(path, ['WRONLY']))
  if (fd instanceof SystemCallError) throw new Failure(`cannot open ${path}: ${fd.message}`)
  const failed = yield* attempt(writeAll(system, fd, text))
  yield* system.close(fd)
  if (failed instanceof SystemCallError) throw new Failure(`write failed ${path}: ${failed.message}`)
}

function* mountProc(system: System, target: string): Program<void> {
  const failed = yield* attempt(system.mount('proc', target, 'proc', ['nosuid', 'nodev', 'noexec']))
  if (failed instanceof SystemCallError) throw new Failure(`mount ${target} failed: ${failed.message}`)
}
