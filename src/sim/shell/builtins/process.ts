// Builtins on the shell's own process: trap, umask, ulimit, times.
import { highestSignal, signalByName, signalByNumber, signals } from '../../kernel/signal-numbers.ts'
import type { Program, ResourceLimit } from '../../kernel/system.ts'
import { writeOut } from '../../programs/stdio.ts'
import { usageError } from './usages.ts'
import { CommandError } from '../control.ts'
import { quoteForReuse } from '../parameter-transform.ts'
import { installHandlers } from '../processes.ts'
import type { Builtin, Shell } from '../shell.ts'
import { catchSignal } from '../traps.ts'

const trap: Builtin = function* trap(shell, argv) {
  const words = argv[1] === '--' ? argv.slice(2) : argv.slice(1)
  if (words[0] === '-l') return yield* shell.interpreter.runWords(shell, ['kill', '-l'], { functions: false })
  if (words.length === 0 || words[0] === '-p') return yield* printTraps(shell, words.slice(1))
  const [first = '', ...rest] = words
  const resets = first === '-' || (rest.length === 0 && trapName(first) !== undefined) || /^\d+$/.test(first)
  const names = resets && first !== '-' ? words : rest
  if (names.length === 0) {
    throw new CommandError('trap: usage: trap [-lp] [[arg] signal_spec ...]', 2)
  }
  let status = 0
  for (const name of names) {
    const known = trapName(name)
    if (known === undefined) {
      yield* shell.complain(
        `trap: ${shell.dialect.kind === 'ash' ? 'line 0: ' : ''}${name}: invalid signal specification`,
      )
      status = 1
    } else yield* setTrap(shell, known, resets ? undefined : first)
  }
  return status
}

/** `EXIT`, `ERR`, or a signal's name; undefined when there is none such. */
function trapName(text: string): string | undefined {
  if (text === '0' || /^(?:SIG)?EXIT$/i.test(text)) return 'EXIT'
  if (/^(?:ERR|DEBUG|RETURN)$/i.test(text)) return text.toUpperCase()
  if (/^\d+$/.test(text)) return Number(text) <= highestSignal ? signalByNumber(Number(text))?.name : undefined
  return signalByName(text)?.name
}

function* setTrap(shell: Shell, name: string, command: string | undefined): Program<void> {
  shell.state.inheritedTraps = undefined
  const signal = signalByName(name)?.number
  if (command === undefined) shell.state.traps.delete(name)
  else shell.state.traps.set(name, command)
  if (signal === undefined || name === 'KILL' || name === 'STOP') return
  if (name === 'CHLD') return
  if (command === undefined) {
    yield* shell.system.sigaction(signal, { handler: 'SIG_DFL' })
    yield* installHandlers(shell)
  } else if (command === '') yield* shell.system.sigaction(signal, { handler: 'SIG_IGN' })
  else yield* catchSignal(shell, signal)
}

function* printTraps(shell: Shell, names: readonly string[]): Program<number> {
  const order = ['EXIT', ...signals.map((row) => row.name), 'DEBUG', 'ERR', 'RETURN']
  const wanted = names.length > 0 ? names.map((name) => trapName(name)) : order
  for (const name of order) {
    const command = (shell.state.inheritedTraps ?? shell.state.traps).get(name)
    if (command === undefined || !wanted.includes(name)) continue
    const shown = /^(?:EXIT|ERR|DEBUG|RETURN)$/.test(name) || shell.dialect.kind === 'ash' ? name : `SIG${name}`
    yield* writeOut(shell.system, `trap -- ${quoteForReuse(command)} ${shown}\n`)
  }
  return 0
}

const umask: Builtin = function* umask(shell, argv) {
  const given = argv.slice(1).find((word) => word !== '-S' && word !== '-p')
  const current = yield* shell.system.umask(0o22)
  if (given === undefined) {
    yield* shell.system.umask(current)
    const octal = String(current.toString(8)).padStart(4, '0')
    const text = argv.includes('-S') ? symbolic(current) : argv.includes('-p') ? `umask ${octal}` : octal
    yield* writeOut(shell.system, `${text}\n`)
    return 0
  }
  const fromSymbols = symbolicMask(given, current)
  if (fromSymbols !== undefined) {
    yield* shell.system.umask(fromSymbols)
    return 0
  }
  if (!/^[0-7]{1,4}$/.test(given)) {
    yield* shell.system.umask(current)
    throw new CommandError(
      /^\d/.test(given)
        ? `umask: ${given}: octal number out of range`
        : `umask: \`${given[0]}': invalid symbolic mode operator`,
    )
  }
  yield* shell.system.umask(Number.parseInt(given, 8))
  return 0
}

/** The mask for modes as chmod(1) has them, `u=rwx,g-w`; undefined when it is none such. */
function symbolicMask(text: string, current: number): number | undefined {
  let allowed = ~current & 0o777
  for (const clause of text.split(',')) {
    const [, who = '', operator = '', what = ''] = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause) ?? []
    if (operator === '') return undefined
    const bits = [...what].reduce((sum, letter) => sum | (letter === 'r' ? 4 : letter === 'w' ? 2 : 1), 0)
    const shifts = [...(who === '' || who.includes('a') ? 'ugo' : who)].map((each) => ({ u: 6, g: 3, o: 0 })[each] ?? 0)
    for (const shift of shifts) {
      if (operator === '+') allowed |= bits << shift
      else if (operator === '-') allowed &= ~(bits << shift)
      else allowed = (allowed & ~(7 << shift)) | (bits << shift)
    }
  }
  return ~allowed & 0o777
}

function symbolic(mask: number): string {
  const group = (bits: number): string => `${bits & 4 ? '' : 'r'}${bits & 2 ? '' : 'w'}${bits & 1 ? '' : 'x'}`
  return `u=${group(mask >> 6)},g=${group(mask >> 3)},o=${group(mask)}`
}

/** Letter, name as `ulimit -a` shows it, unit, the kernel's resource, and the factor of the unit. */
const limits: readonly (readonly [string, string, string, ResourceLimit, number])[] = [
  ['c', 'core file size', 'blocks, ', 'CORE', 1024],
  ['d', 'data seg size', 'kbytes, ', 'DATA', 1024],
  ['e', 'scheduling priority', '', 'NICE', 1],
  ['f', 'file size', 'blocks, ', 'FSIZE', 1024],
  ['i', 'pending signals', '', 'SIGPENDING', 1],
  ['l', 'max locked memory', 'kbytes, ', 'MEMLOCK', 1024],
  ['m', 'max memory size', 'kbytes, ', 'RSS', 1024],
  ['n', 'open files', '', 'NOFILE', 1],
  ['q', 'POSIX message queues', 'bytes, ', 'MSGQUEUE', 1],
  ['r', 'real-time priority', '', 'RTPRIO', 1],
  ['s', 'stack size', 'kbytes, ', 'STACK', 1024],
  ['t', 'cpu time', 'seconds, ', 'CPU', 1],
  ['u', 'max user processes', '', 'NPROC', 1],
  ['v', 'virtual memory', 'kbytes, ', 'AS', 1024],
  ['x', 'file locks', '', 'LOCKS', 1],
]

const ulimit: Builtin = function* ulimit(shell, argv) {
  const letters = argv
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('')
    .replaceAll('-', '')
  const value = argv.slice(1).find((word) => !word.startsWith('-'))
  const kind = letters.includes('H') && !letters.includes('S') ? 'hard' : 'soft'
  if (letters.includes('a')) {
    for (const [letter, name, unit, resource, factor] of limits) {
      const label = `(${unit}-${letter})`
      const shown = shownLimit((yield* shell.system.getrlimit(resource))[kind], factor)
      yield* writeOut(shell.system, `${name.padEnd(20)}${label.padStart(20)} ${shown}\n`)
    }
    return 0
  }
  const letter = letters.replace(/[HS]/g, '') || 'f'
  const row = limits.find(([each]) => each === letter)
  if (!row) throw usageError('ulimit', `-${letter}: invalid option`)
  const [, name, , resource, factor] = row
  const now = yield* shell.system.getrlimit(resource)
  if (value === undefined) {
    yield* writeOut(shell.system, `${shownLimit(now[kind], factor)}\n`)
    return 0
  }
  const limit = value === 'unlimited' ? Number.POSITIVE_INFINITY : Number(value) * factor
  if (Number.isNaN(limit)) throw new CommandError(`ulimit: ${value}: invalid number`)
  if (limit > now.hard) throw new CommandError(`ulimit: ${name}: cannot modify limit: Operation not permitted`)
  const hard = letters.includes('S') && !letters.includes('H') ? now.hard : limit
  yield* shell.system.setrlimit(resource, { soft: kind === 'hard' ? now.soft : limit, hard })
  return 0
}

function shownLimit(value: number, factor: number): string {
  return Number.isFinite(value) ? String(Math.floor(value / factor)) : 'unlimited'
}

const times: Builtin = function* times(shell) {
  for (const who of ['self', 'children'] as const) {
    const usage = yield* shell.system.getrusage(who)
    const format = (microseconds: number): string =>
      `${Math.floor(microseconds / 60_000_000)}m${((microseconds / 1_000_000) % 60).toFixed(3)}s`
    yield* writeOut(shell.system, `${format(usage.userMicroseconds)} ${format(usage.systemMicroseconds)}\n`)
  }
  return 0
}

export const processBuiltins: readonly (readonly [string, Builtin])[] = [
  ['trap', trap],
  ['umask', umask],
  ['ulimit', ulimit],
  ['times', times],
]
