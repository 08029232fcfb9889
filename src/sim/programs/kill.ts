// kill(1) of procps and of busybox, and busybox's killall.
import { signalByName, signalByNumber, signals } from '../kernel/signal-numbers.ts'
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { writeError, writeOut } from './stdio.ts'
import { attempt, type Family } from './utility.ts'

const usage = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -q, --queue <value>    integer value to be sent with the signal
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see kill(1).
`

/** Both programs call signal 29 by its older name. */
const shownName = (name: string) => (name === 'IO' ? 'POLL' : name)

/** A number or a name with or without SIG; 0 only asks whether the process is there. */
export function signalOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= 64 ? Number(text) : undefined
  return text.toUpperCase() === 'EXIT' ? 0 : signalByName(text)?.number
}

interface Request {
  signal: number
  readonly targets: string[]
  list: 'none' | 'names' | 'table'
}

/** Thrown with what is wrong with the words. */
class KillError extends Error {}

/**
 * Options of kill are no getopt ones: `-9` and `-TERM` are signals, and after a signal `-5` is a group.
 * @throws KillError with the message of the family
 */
function parse(argv: readonly string[], family: Family): Request {
  const request: Request = { signal: 15, targets: [], list: 'none' }
  const words = argv.slice(1)
  let chosen = false
  const choose = (text: string) => {
    const signal = signalOf(text)
    if (signal === undefined) {
      throw new KillError(
        family === 'busybox' ? `bad signal name '${text}'` : `invalid argument ${text[0] ?? ''}\n${usage.trimEnd()}`,
      )
    }
    request.signal = signal
    chosen = true
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      request.targets.push(...words)
      break
    }
    if (!word.startsWith('-') || word === '-' || request.targets.length > 0 || (chosen && /^-\d+$/.test(word))) {
      request.targets.push(word)
    } else if (/^(-l|--list)$/.test(word)) request.list = 'names'
    else if (/^(-l|--list=)./.test(word)) {
      request.list = 'names'
      request.targets.push(word.replace(/^(-l|--list=)/, ''))
    } else if (/^(-L|--table)$/.test(word)) request.list = 'table'
    else if (/^(-s|--signal)$/.test(word)) {
      const text = words.shift()
      if (text === undefined && family === 'gnu') throw new KillError(`invalid argument s\n${usage.trimEnd()}`)
      // The program finds out by the call itself.
      if (family === 'gnu' && signalOf(text ?? '') === undefined) request.signal = -1
      else choose(text ?? '')
    } else choose(word.replace(/^(--signal=|-s?)/, ''))
  }
  return request
}

export function* listSignals(system: System, { list, targets }: Request, family: Family, own = 'kill'): Program {
  if (targets.length > 0) {
    for (const target of family === 'gnu' ? targets.slice(0, 1) : targets) {
      const byNumber = /^\d+$/.test(target) ? signalByNumber(Number(target)) : undefined
      const name = byNumber === undefined ? signalByName(target)?.number : shownName(byNumber.name)
      if (name === undefined) {
        yield* writeError(system, `${own}: unknown signal name ${target}\n`)
        return family === 'gnu' ? 0 : 1
      }
      yield* writeOut(system, `${name}\n`)
    }
    return 0
  }
  const names = signals.map(({ number, name }) => ({ number, name: shownName(name) }))
  if (family === 'busybox') {
    yield* writeOut(system, names.map(({ number, name }) => `${String(number).padStart(2)}) ${name}\n`).join(''))
    return 0
  }
  if (list === 'table') {
    const cells = names.map(({ number, name }) => `${String(number).padStart(2)} ${name.padEnd(8)}`)
    const rows: string[] = []
    for (let at = 0; at < cells.length; at += 7) {
      rows.push(
        `${cells
          .slice(at, at + 7)
          .join('')
          .slice(0, at + 7 < cells.length ? -1 : undefined)}\n`.replace(/ +\n/, at + 7 < cells.length ? '\n' : '$&'),
      )
    }
    yield* writeOut(system, rows.join(''))
    return 0
  }
  const words = names.map(({ name }) => name)
  yield* writeOut(system, `${words.slice(0, 16).join(' ')}\n${words.slice(16).join(' ')}\n`)
  return 0
}

export const killMain = (family: Family): Main =>
  function* kill(system, argv) {
    const name = family === 'busybox' ? 'kill' : (argv[0] ?? 'kill')
    let request: Request
    try {
      request = parse(argv, family)
    } catch (error) {
      if (!(error instanceof KillError)) throw error
      yield* writeError(system, `${name}: ${error.message}\n`)
      return 1
    }
    if (request.list !== 'none') return yield* listSignals(system, request, family, name)
    if (request.targets.length === 0) {
      yield* writeError(system, family === 'busybox' ? 'kill: you need to specify whom to kill\n' : usage)
      return 1
    }
    let status = 0
    for (const target of request.targets) {
      const complaint = yield* killOne(system, target, request.signal, family)
      if (complaint === undefined) continue
      status = 1
      yield* writeError(system, `${name}: ${complaint}\n`)
    }
    return status
  }

function* killOne(system: System, target: string, signal: number, family: Family): Program<string | undefined> {
  if (!/^-?\d+$/.test(target)) {
    return family === 'busybox' ? `invalid number '${target}'` : `failed to parse argument: '${target}'`
  }
  const failed = yield* attempt(system.kill(Number(target), signal))
  if (!(failed instanceof SystemCallError)) return undefined
  return family === 'busybox' ? `can't kill pid ${target}: ${failed.message}` : `(${target}): ${failed.message}`
}
