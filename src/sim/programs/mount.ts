// mount(8) and umount(8): the mounts of /proc/self/mounts, and changing them.
import { type Main, SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readMounts } from './mount-table.ts'
import { writeOut } from './stdio.ts'
import { attempt, type Call, Failure, type Family, misuse, utility, warn } from './utility.ts'

const mountOptions: readonly OptionRow[] = [
  { names: ['t', 'types'], value: 'required' },
  { names: ['o', 'options'], value: 'required' },
  { names: ['a', 'all'] },
  { names: ['r', 'read-only'] },
  { names: ['w', 'rw', 'read-write'] },
  { names: ['B', 'bind'] },
  { names: ['R', 'rbind'] },
  { names: ['M', 'move'] },
  { names: ['make-private'] },
  { names: ['make-rprivate'] },
  { names: ['make-rslave'] },
  { names: ['l', 'show-labels'] },
  { names: ['n', 'no-mtab'] },
  { names: ['v', 'verbose'] },
]

/** Long options that stand for words of -o. */
const optionWords: readonly (readonly [string, string])[] = [
  ['r', 'ro'],
  ['B', 'bind'],
  ['R', 'rbind'],
  ['M', 'move'],
  ['make-private', 'private'],
  ['make-rprivate', 'private'],
  ['make-rslave', 'slave'],
]

export const mountMain = (family: Family): Main =>
  utility(
    family,
    { name: 'mount', options: mountOptions, shortName: true, synopsis: '[-lhV] [-t TYPE] [-o OPTS] SOURCE DIRECTORY' },
    function* mount(call) {
      const { system, has, value, operands, parsed } = call
      const [source, target] = operands
      if (has('a')) return 0
      if (operands.length > 2) throw misuse('bad usage')
      if (source === undefined) {
        const types = value('t')?.split(',')
        const shown = (yield* readMounts(system)).filter(({ type }) => types?.includes(type) ?? true)
        const text = shown.map((each) => `${each.source} on ${each.target} type ${each.type} (${each.options})\n`)
        yield* writeOut(system, text.join(''))
        return 0
      }
      const words = [
        ...(parsed.given.get('o') ?? []).flatMap((list) => list.split(',')),
        ...optionWords.filter(([option]) => has(option)).map(([, word]) => word),
      ]
      const place = target ?? source
      const changesOnly = words.includes('remount') || words.includes('private') || words.includes('slave')
      if (target === undefined && !changesOnly && !words.includes('bind') && !words.includes('rbind')) {
        throw notInTable(call, source)
      }
      const failed =
        target === undefined && !changesOnly
          ? new SystemCallError('ENOENT')
          : yield* attempt(system.mount(source, place, value('t') ?? '', words))
      if (failed instanceof SystemCallError) {
        const there = yield* attempt(system.stat(place))
        const from = yield* attempt(system.stat(source))
        const asked = failed.errno === 'ENOENT' || failed.errno === 'ENODEV'
        const missing =
          target !== undefined && asked && !(there instanceof SystemCallError) && from instanceof SystemCallError
        const isDirectory = !(there instanceof SystemCallError) && there.type === 'directory'
        if (target === undefined || (failed.errno === 'ENOTDIR' && isDirectory)) {
          throw new Failure(
            `${place}: mount(2) system call failed: ${target === undefined ? 'No such file or directory' : failed.message}.\n${more}`,
            { status: 32 },
          )
        }
        throw refusal(call, source, place, failed, missing)
      }
      return 0
    },
  )

const more = '       dmesg(1) may have more information after failed mount system call.'

function notInTable({ family }: Call, source: string): Failure {
  return family === 'gnu'
    ? new Failure(`${source}: can't find in /etc/fstab.`)
    : new Failure(`can't find ${source} in /etc/fstab`)
}

function refusal(
  { family, value }: Call,
  source: string,
  target: string,
  error: SystemCallError,
  sourceIsMissing: boolean,
): Failure {
  if (family === 'busybox' && error.errno === 'EPERM') return new Failure('permission denied (are you root?)')
  if (family === 'busybox')
    return new Failure(`mounting ${source} on ${target} failed: ${error.message}`, { status: 255 })
  const words: Partial<Record<SystemCallError['errno'], string>> = {
    EPERM: 'permission denied.',
    EACCES: 'permission denied.',
    ENOENT: 'mount point does not exist.',
    ENOTDIR: 'mount point is not a directory.',
    ENODEV: `unknown filesystem type '${value('t') ?? ''}'.`,
    EBUSY: `${source} already mounted or mount point busy.`,
  }
  const what = sourceIsMissing ? `special device ${source} does not exist.` : words[error.errno]
  return new Failure(`${target}: ${what ?? `mount failed: ${error.message}.`}\n${more}`, { status: 32 })
}

const umountOptions: readonly OptionRow[] = [
  { names: ['l', 'lazy'] },
  { names: ['f', 'force'] },
  { names: ['r', 'read-only'] },
  { names: ['R', 'recursive'] },
  { names: ['n', 'no-mtab'] },
  { names: ['v', 'verbose'] },
]

export const umountMain = (family: Family): Main =>
  utility(
    family,
    { name: 'umount', options: umountOptions, shortName: true, synopsis: '[-lfrRnv] DIRECTORY...' },
    function* umount(call) {
      const { system, has, operands } = call
      if (operands.length === 0) throw misuse('bad usage')
      const mounts = yield* readMounts(system)
      let status = 0
      for (const operand of operands) {
        const path = operand.startsWith('/') ? operand : `${yield* system.getcwd()}/${operand}`
        const bare = path.replace(/(?!^)\/+$/, '')
        const below = has('R') ? mounts.filter(({ target }) => target.startsWith(`${bare}/`)).toReversed() : []
        for (const target of [...below.map((each) => each.target), operand]) {
          const failed = yield* attempt(system.umount2(target, has('l') ? ['MNT_DETACH'] : []))
          if (!(failed instanceof SystemCallError)) continue
          status = family === 'gnu' ? 32 : 1
          yield* warn(call, unmountRefusal(family, target, failed))
        }
      }
      return status
    },
  )

function unmountRefusal(family: Family, target: string, error: SystemCallError): string {
  if (family === 'busybox') return `can't unmount ${target}: ${error.message}`
  const words: Partial<Record<SystemCallError['errno'], string>> = {
    ENOENT: 'no mount point specified.',
    EINVAL: 'not mounted.',
    EBUSY: 'target is busy.',
    EPERM: 'must be superuser to unmount.',
  }
  return `${target}: ${words[error.errno] ?? `umount failed: ${error.message}.`}`
}

const mountpointOptions: readonly OptionRow[] = [
  { names: ['q', 'quiet'] },
  { names: ['d', 'fs-devno'] },
  { names: ['x', 'devno'] },
  { names: ['n'] },
]

export const mountpointMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'mountpoint',
      options: mountpointOptions,
      shortName: true,
      busyboxUsage:
        '[-q] { [-dn] DIR | -x DEVICE }\n\nCheck if DIR is a mountpoint\n\n\t-q\tQuiet\n\t-d\tPrint major:minor of the filesystem\n\t-n\tPrint device name of the filesystem\n\t-x\tPrint major:minor of DEVICE',
    },
    function* mountpoint(call) {
      const { system, has, operands } = call
      const [path] = operands
      if (path === undefined || operands.length > 1) throw misuse('bad usage')
      const there = yield* attempt(system.stat(path))
      if (there instanceof SystemCallError) {
        if (!has('q')) yield* warn(call, `${path}: ${there.message}`)
        return 1
      }
      const above = yield* system.stat(`${path}/..`)
      const isRoot = above.dev === there.dev && above.ino === there.ino
      const mounted = isRoot || above.dev !== there.dev
      if (has('d')) yield* writeOut(system, `${there.dev >> 8}:${there.dev & 0xff}\n`)
      else if (!has('q')) yield* writeOut(system, `${path} is ${mounted ? 'a' : 'not a'} mountpoint\n`)
      return mounted ? 0 : family === 'gnu' ? 32 : 1
    },
  )
