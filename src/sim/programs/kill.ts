// kill(1) of procps and of busybox.
import { signalByName, signalByNumber, signals, SIGTERM } from '../kernel/signal-numbers.ts'
import type { Main } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { writeError, writeOut } from './stdio.ts'

type Dialect = 'procps' | 'busybox'

const texts = {
  procps: {
    unknown: (text: string) => `kill: unknown signal name ${text}\n`,
    notPid: (text: string) => `kill: failed to parse argument: '${text}'\n`,
    failed: (pid: string, reason: string) => `kill: (${pid}): ${reason}\n`,
    usage: '\nUsage:\n kill [options] <pid> [...]\n',
  },
  busybox: {
    unknown: (text: string) => `kill: bad signal name '${text}'\n`,
    notPid: (text: string) => `kill: invalid number '${text}'\n`,
    failed: (pid: string, reason: string) => `kill: can't kill pid ${pid}: ${reason}\n`,
    usage: 'kill: you need to specify whom to kill\n',
  },
} as const satisfies Record<Dialect, unknown>

export function killMain(dialect: Dialect): Main {
  const text = texts[dialect]
  return function* kill(system, argv) {
    const words = argv.slice(1)
    if (words[0] === '-l' || words[0] === '-L' || words[0] === '--list') {
      yield* writeOut(system, list(dialect, words[1]))
      return 0
    }
    let signal: number | undefined = SIGTERM
    let given = ''
    if (words[0] === '-s' || words[0] === '--signal' || words[0] === '-n') {
      given = words[1] ?? ''
      words.splice(0, 2)
    } else if (/^-[A-Za-z0-9]/.test(words[0] ?? '')) given = (words.shift() ?? '').slice(1)
    if (given !== '') signal = /^\d+$/.test(given) ? Number(given) : signalByName(given)?.number
    if (signal === undefined) {
      yield* writeError(system, text.unknown(given))
      return 1
    }
    if (words[0] === '--') words.shift()
    if (words.length === 0) {
      yield* writeError(system, text.usage)
      return 1
    }
    let status = 0
    for (const word of words) {
      try {
        if (!/^-?\d+$/.test(word)) {
          yield* writeError(system, text.notPid(word))
          status = 1
          continue
        }
        yield* system.kill(Number(word), signal)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        yield* writeError(system, text.failed(word, error.message))
        status = 1
      }
    }
    return status
  }
}

function list(dialect: Dialect, word: string | undefined): string {
  if (word !== undefined) {
    const number = Number(word)
    const row = /^\d+$/.test(word) ? signalByNumber(number > 128 ? number - 128 : number) : signalByName(word)
    return row === undefined ? '' : `${/^\d+$/.test(word) ? row.name : row.number}\n`
  }
  if (dialect === 'busybox') {
    return signals
      .map(({ number, name }) => `${String(number).padStart(2)}) ${name === 'IO' ? 'POLL' : name}\n`)
      .join('')
  }
  const names = signals.map(({ name }) => (name === 'IO' ? 'POLL' : name))
  return `${names.slice(0, 16).join(' ')}\n${names.slice(16).join(' ')}\n`
}
