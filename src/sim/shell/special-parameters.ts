// Parameters that the shell itself sets: `$?`, `$$`, `$1`, and variables with a new value each time, as RANDOM.
import type { Program } from '../kernel/system.ts'
import { optionLetters } from './shell.ts'
import type { Shell } from './shell.ts'

/** The value of a parameter that is no variable; undefined when it is not set or no such parameter. */
export function specialParameter(shell: Shell, name: string): string | undefined {
  const { state } = shell
  if (/^\d+$/.test(name)) return name === '0' ? state.name : state.positional[Number(name) - 1]
  switch (name) {
    case '?':
      return String(state.lastStatus)
    case '$':
      return String(state.mainPid)
    case '!':
      return state.lastBackground === undefined ? undefined : String(state.lastBackground)
    case '#':
      return String(state.positional.length)
    case '-':
      return dashFlags(shell)
    case '_':
      return state.lastArgument
    case 'LINENO':
      return String(shell.line)
    case 'BASH_SUBSHELL':
      return String(state.subshellDepth)
    default:
      return undefined
  }
}

/** `$-`: the letters of the options that are on. */
function dashFlags(shell: Shell): string {
  const letters = optionLetters.flatMap(([name, letter]) => (letter && shell.options[name] ? [letter] : []))
  const order = 'abefhikmnptuvxBCEHPT'
  const sorted = letters.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).join('')
  if (shell.dialect.kind === 'ash') return sorted.replace(/[hB]/g, '') + (shell.letterC ? 'c' : '')
  return sorted + (shell.letterC ? 'c' : '')
}

/** Sets a variable whose value changes by itself to what it is now; does nothing for others. */
export function* refreshDynamic(shell: Shell, name: string): Program<void> {
  if (name === 'BASHPID') {
    shell.variables.set(name, String(yield* shell.system.getpid()))
    return
  }
  if (name === 'RANDOM' || name === 'SRANDOM') {
    shell.variables.set(name, String(nextRandom(shell)))
    return
  }
  if (!/^(?:SECONDS|EPOCHSECONDS|EPOCHREALTIME)$/.test(name)) return
  const now = yield* shell.system.clock_gettime('CLOCK_REALTIME')
  const seconds = Math.floor((now - shell.state.startedAt) / 1_000_000)
  const values: Readonly<Record<string, string>> = {
    SECONDS: String(seconds),
    EPOCHSECONDS: String(Math.floor(now / 1_000_000)),
    EPOCHREALTIME: `${Math.floor(now / 1_000_000)}.${String(Math.floor(now % 1_000_000)).padStart(6, '0')}`,
  }
  shell.variables.set(name, values[name] ?? '')
}

/** The minimal standard generator, as bash uses it; 0 to 32767. */
function nextRandom(shell: Shell): number {
  const { state } = shell
  state.randomSeed = (state.randomSeed * 16_807) % 2_147_483_647 || 123_459_876
  return (state.randomSeed >>> 8) & 0x7fff
}
