// read and mapfile: lines of a descriptor into variables. They read byte by byte, so that the rest stays for others.
import type { Program } from '../../kernel/system.ts'
import { SystemCallError } from '../../kernel/system.ts'
import { decodeText } from '../../programs/bytes.ts'
import { CommandError, FatalError } from '../control.ts'
import { quoteWhenNeeded } from '../parameter-transform.ts'
import { Source } from '../source.ts'
import { usageError } from './usages.ts'
import { throwIfCancelled } from '../processes.ts'
import type { Builtin, Shell } from '../shell.ts'
import { pendingTrap } from '../traps.ts'

interface ReadOptions {
  raw: boolean
  array: string | undefined
  delimiter: number
  /** Characters at most; undefined for a whole line. */
  count: number | undefined
  exact: boolean
  fd: number
  /** Microseconds, undefined to wait for ever. */
  timeout: number | undefined
  names: string[]
}

const read: Builtin = function* read(shell, argv) {
  const options = readOptions(argv)
  for (const name of options.names) {
    if (!/^[A-Za-z_]\w*(?:\[.*\])?$/.test(name)) throw new CommandError(`read: \`${name}': not a valid identifier`)
  }
  if (options.fd !== 0 && !(yield* isOpen(shell, options.fd)))
    throw new CommandError(`read: ${options.fd}: invalid file descriptor: Bad file descriptor`)
  if (options.timeout === 0) return (yield* ready(shell, options.fd, 0)) ? 0 : 1
  const line = yield* readLine(shell, options)
  if (line === 'timeout') return 142
  try {
    store(shell, options, line.text)
  } catch (error) {
    if (!(error instanceof FatalError) || shell.dialect.kind === 'ash') throw error
    throw new CommandError(error.message)
  }
  return line.complete ? 0 : 1
}

function* isOpen(shell: Shell, fd: number): Program<boolean> {
  try {
    yield* shell.system.fcntl_getfl(fd)
    return true
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}

function readOptions(argv: readonly string[]): ReadOptions {
  const words = argv.slice(1)
  const options: ReadOptions = {
    raw: false,
    array: undefined,
    delimiter: 10,
    count: undefined,
    exact: false,
    fd: 0,
    timeout: undefined,
    names: [],
  }
  while (words[0]?.startsWith('-') && words[0] !== '-') {
    const word = words.shift() ?? ''
    if (word === '--') break
    for (let at = 1; at < word.length; at += 1) {
      const letter = word[at] ?? ''
      if (letter === 'r') options.raw = true
      else if ('se'.includes(letter)) continue
      else if ('apdnNtui'.includes(letter)) {
        const value = word.slice(at + 1) || words.shift()
        if (value === undefined && letter !== 'd')
          throw new CommandError(`read: -${letter}: option requires an argument`, 2)
        if (letter === 't' && !/^\d*\.?\d*$/.test(value ?? ''))
          throw new CommandError(`read: ${value}: invalid timeout specification`)
        if ('nN'.includes(letter) && !/^\d+$/.test(value ?? ''))
          throw new CommandError(`read: ${value}: invalid number`)
        setValue(options, letter, value ?? '')
        break
      } else throw usageError('read', `-${letter}: invalid option`)
    }
  }
  options.names = words
  return options
}

function setValue(options: ReadOptions, letter: string, value: string): void {
  if (letter === 'a') options.array = value
  if (letter === 'd') options.delimiter = value === '' ? 0 : value.charCodeAt(0)
  if (letter === 'n' || letter === 'N') options.count = Number(value)
  if (letter === 'N') options.exact = true
  if (letter === 'u') options.fd = Number(value)
  if (letter === 't') options.timeout = Number(value) * 1_000_000
}

function* ready(shell: Shell, fd: number, timeout: number): Program<boolean> {
  return (yield* shell.system.poll([{ fd, events: ['POLLIN'] }], timeout)).length > 0
}

/** A line without its delimiter; a backslash joins lines and quotes characters, which are marked by a NUL before them. */
function* readLine(shell: Shell, options: ReadOptions): Program<{ text: string; complete: boolean } | 'timeout'> {
  const bytes: number[] = []
  let escaped = false
  let characters = 0
  for (;;) {
    if (options.count !== undefined && characters >= options.count) return { text: textOf(bytes), complete: true }
    const byte = yield* readByte(shell, options)
    if (byte === 'timeout') return 'timeout'
    if (byte === undefined) return { text: textOf(bytes), complete: false }
    if (escaped) {
      escaped = false
      if (byte !== 10) bytes.push(0, byte)
      continue
    }
    if (byte === 92 && !options.raw) {
      escaped = true
      continue
    }
    if (byte === options.delimiter && !options.exact) return { text: textOf(bytes), complete: true }
    if (byte === 0) continue
    bytes.push(byte)
    if ((byte & 0xc0) !== 0x80) characters += 1
  }
}

function textOf(bytes: readonly number[]): string {
  return decodeText(Uint8Array.from(bytes))
}

function* readByte(shell: Shell, options: ReadOptions): Program<number | undefined | 'timeout'> {
  for (;;) {
    try {
      if (options.timeout !== undefined && !(yield* ready(shell, options.fd, options.timeout))) return 'timeout'
      return (yield* shell.system.read(options.fd, 1))[0]
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      throwIfCancelled(shell)
      if (error.errno === 'EINTR' && pendingTrap(shell) === undefined) continue
      if (error.errno === 'EINTR') return undefined
      throw new CommandError(`read: read error: ${options.fd}: ${error.message}`)
    }
  }
}

function store(shell: Shell, options: ReadOptions, text: string): void {
  if (options.names.length === 0 && options.array === undefined) {
    shell.variables.set('REPLY', unmark(text))
    return
  }
  const separators = shell.variables.get('IFS') ?? ' \t\n'
  if (options.array !== undefined) {
    shell.variables.clearArray(options.array, 'indexed')
    for (const [index, field] of splitFields(text, separators, Number.POSITIVE_INFINITY).entries()) {
      shell.variables.setElement(options.array, index, field)
    }
    return
  }
  const fields = options.exact ? [unmark(text)] : splitFields(text, separators, options.names.length)
  for (const [index, name] of options.names.entries()) shell.variables.set(name, fields[index] ?? '')
}

function unmark(text: string): string {
  return text.replaceAll('\0', '')
}

/** Splits as `read` does: the last field takes all that is left. */
function splitFields(text: string, separators: string, limit: number): string[] {
  const blanks = new Set([...' \t\n'].filter((char) => separators.includes(char)))
  const isBlank = (char: string | undefined): boolean => char !== undefined && blanks.has(char)
  const isSeparator = (char: string | undefined): boolean => char !== undefined && separators.includes(char)
  const fields: string[] = []
  let at = 0
  while (isBlank(text[at])) at += 1
  while (at < text.length) {
    if (fields.length === limit - 1) {
      fields.push(unmark(lastField(text.slice(at), isBlank, isSeparator)))
      return fields
    }
    let field = ''
    for (; at < text.length && !isSeparator(text[at]); at += 1) {
      if (text[at] === '\0') at += 1
      field += text[at] ?? ''
    }
    fields.push(field)
    while (isBlank(text[at])) at += 1
    if (isSeparator(text[at]) && !isBlank(text[at])) at += 1
    while (isBlank(text[at])) at += 1
  }
  return fields
}

function lastField(text: string, isBlank: (char?: string) => boolean, isSeparator: (char?: string) => boolean): string {
  let end = text.length
  while (end > 0 && isBlank(text[end - 1]) && text[end - 2] !== '\0') end -= 1
  const kept = text.slice(0, end)
  const separatorsInside = kept
    .slice(0, -1)
    .split('')
    .some((char) => isSeparator(char) && !isBlank(char))
  const last = kept.at(-1)
  return isSeparator(last) && !isBlank(last) && !separatorsInside ? kept.slice(0, -1) : kept
}

const mapfile: Builtin = function* mapfile(shell, argv) {
  const words = argv.slice(1)
  let trims = false
  let fd = 0
  let count = Number.POSITIVE_INFINITY
  let skip = 0
  let delimiter = 10
  let origin: number | undefined
  let callback: string | undefined
  let quantum = 5000
  while (words[0]?.startsWith('-')) {
    const word = words.shift() ?? ''
    if (word === '-t') trims = true
    else if (word === '-u') fd = Number(words.shift())
    else if (word === '-n') count = Number(words.shift()) || Number.POSITIVE_INFINITY
    else if (word === '-s') skip = Number(words.shift())
    else if (word === '-O') origin = Number(words.shift())
    else if (word === '-C') callback = words.shift()
    else if (word === '-c') quantum = Number(words.shift())
    else if (word === '-d') delimiter = (words.shift() ?? '').charCodeAt(0) || 0
    else throw new CommandError(`${argv[0]}: ${word}: invalid option`, 2)
  }
  const name = words[0] ?? 'MAPFILE'
  if (origin === undefined) shell.variables.clearArray(name, 'indexed')
  const options: ReadOptions = {
    raw: true,
    array: undefined,
    delimiter,
    count: undefined,
    exact: false,
    fd,
    timeout: undefined,
    names: [],
  }
  for (let index = 0; index < count + skip; index += 1) {
    const line = yield* readLine(shell, options)
    if (line === 'timeout' || (!line.complete && line.text === '')) return 0
    if (index >= skip) {
      const text = line.text + (trims || !line.complete ? '' : String.fromCharCode(delimiter))
      const at = index - skip + (origin ?? 0)
      if (callback !== undefined && (index - skip + 1) % quantum === 0) {
        const command = `${callback} ${at} ${quoteWhenNeeded(text)}`
        yield* shell.interpreter.runText(shell, new Source(command, shell.line), '')
      }
      shell.variables.setElement(name, at, text)
    }
    if (!line.complete) return 0
  }
  return 0
}

export const readBuiltins: readonly (readonly [string, Builtin])[] = [
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
]
