// nsenter(1) and unshare(1) of util-linux: programs in other namespaces, or in new ones.
import type { CloneFlag, Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { execvp, startFailure, waitForChild } from './run-command.ts'
import { writeError } from './stdio.ts'
import { type Call, Failure, type Family, utility } from './utility.ts'

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
  { names: ['S', 'setuid'], value: 'required' },
  { names: ['G', 'setgid'], value: 'required' },
  { names: ['preserve-credentials'] },
]

export const nsenterMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'nsenter',
      options: nsenterOptions,
      stopAtOperand: true,
      shortName: true,
      synopsis: '[options] [<program> [<argument>...]]',
    },
    function* run(invocation) {
      const { system, has, value } = invocation
      const target = value('t')
      if (target !== undefined && !/^\d+$/.test(target)) throw new Failure(`failed to parse pid: '${target}'`)
      const open: { fd: number; flag: CloneFlag; file: string }[] = []
      for (const [letter, , file, flag] of kinds) {
        if (!has(letter) && !has('a')) continue
        const path =
          value(letter)?.replace(/^=/, '') || (target === undefined ? undefined : `/proc/${target}/ns/${file}`)
        if (path === undefined)
          throw new Failure(`no target PID specified for ${file}`.replace(/ for .*/, ' for --' + kindName(letter)))
        if (has('a') && (yield* isOwn(system, path, file))) continue
        open.push({ fd: yield* openOr(invocation, path), flag, file })
      }
      const entersMounts = open.some(({ flag }) => flag === 'NEWNS')
      for (const { fd, flag, file } of open) {
        try {
          yield* system.setns(fd, flag)
          yield* system.close(fd)
        } catch (error) {
          if (!(error instanceof SystemCallError)) throw error
          throw new Failure(`reassociate to namespace '${`ns/${file}`}' failed: ${error.message}`)
        }
      }
      if (has('r')) yield* system.chroot(value('r') || `/proc/${target}/root`)
      if (entersMounts || has('r') || has('w')) yield* system.chdir(value('w') || '/')
      if (has('G')) yield* setGroup(system, Number(value('G')))
      if (has('S')) yield* system.setresuid(Number(value('S')), Number(value('S')), Number(value('S')))
      const forks = open.some(({ flag }) => flag === 'NEWPID') && !has('F')
      return yield* runIn(invocation, forks)
    },
  )

function* setGroup(system: System, gid: number): Program<void> {
  yield* system.setgroups([])
  yield* system.setresgid(gid, gid, gid)
}

function kindName(letter: string): string {
  return kinds.find(([each]) => each === letter)?.[1] ?? letter
}

function* isOwn(system: System, path: string, file: string): Program<boolean> {
  try {
    return (yield* system.readlink(path)) === (yield* system.readlink(`/proc/self/ns/${file}`))
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}

function* openOr({ system, family }: Call, path: string): Program<number> {
  try {
    return yield* system.open(path)
  } catch (error) {
    if (error instanceof SystemCallError) {
      throw new Failure(`${family === 'gnu' ? `cannot open ${path}` : `can't open '${path}'`}: ${error.message}`)
    }
    throw error
  }
}

/** Runs the operands, or a shell, in place or in a child whose status becomes this program's. */
function* runIn(invocation: Call, forks: boolean, before?: (child: System) => Program<void>): Program<number> {
  const { system, operands, environment, name, family } = invocation
  const words = operands.length > 0 ? operands : [environment.get('SHELL') ?? '/bin/sh']
  const execute = function* execute(child: System): Program<number> {
    if (before) yield* before(child)
    try {
      return yield* execvp(child, words, environment)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      const [program = ''] = words
      const what = family === 'gnu' ? `failed to execute ${program}` : `can't execute '${program}'`
      yield* writeError(child, `${name}: ${what}: ${error.message}\n`)
      return startFailure(error)
    }
  }
  if (!forks) return yield* execute(system)
  const pid = yield* system.fork(execute)
  const status = yield* waitForChild(system, pid)
  if (status <= 128) return status
  // Ends by the same signal as its child did.
  yield* system.sigaction(status - 128 === 9 ? 15 : status - 128, { handler: 'SIG_DFL' })
  yield* system.kill(yield* system.getpid(), status - 128)
  return status
}

const unshareOptions: readonly OptionRow[] = [
  ...kindRows,
  { names: ['f', 'fork'] },
  { names: ['mount-proc'], value: 'optional' },
  { names: ['r', 'map-root-user'] },
  { names: ['kill-child'], value: 'optional' },
  { names: ['propagation'], value: 'required' },
  { names: ['R', 'root'], value: 'required' },
  { names: ['w', 'wd'], value: 'required' },
]

export const unshareMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'unshare',
      options: unshareOptions,
      stopAtOperand: true,
      shortName: true,
      synopsis: '[options] [<program> [<argument>...]]',
    },
    function* run(invocation) {
      const { system, has, value } = invocation
      const flags: CloneFlag[] = kinds.filter(([letter]) => has(letter)).map(([, , , flag]) => flag)
      if (has('mount-proc') && !flags.includes('NEWNS')) flags.push('NEWNS')
      if (has('r') && !flags.includes('NEWUSER')) flags.push('NEWUSER')
      try {
        yield* system.unshare(flags)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        throw new Failure(`unshare failed: ${error.message}`)
      }
      const root = value('R')
      return yield* runIn(invocation, has('f') || has('kill-child'), function* before(child) {
        if (has('kill-child')) yield* child.prctl('PR_SET_PDEATHSIG', 9)
        if (root !== undefined) yield* child.chroot(root)
        if (value('w') !== undefined) yield* child.chdir(value('w') ?? '/')
        if (!has('mount-proc')) return
        const target = value('mount-proc') || '/proc'
        try {
          yield* child.mount('proc', target, 'proc', ['nosuid', 'nodev', 'noexec'])
        } catch (error) {
          if (!(error instanceof SystemCallError)) throw error
          throw new Failure(`mount ${target} failed: ${error.message}`)
        }
      })
    },
  )
