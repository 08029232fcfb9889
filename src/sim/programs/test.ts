// test(1) and [ as programs of their own: the shell's builtin, run for one command.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { writeError } from './stdio.ts'
import { attempt } from './utility.ts'

class TestError extends Error {}

const integer = (word: string) => {
  if (!/^\s*[-+]?\d+\s*$/.test(word)) throw new TestError(`invalid integer '${word}'`)
  return BigInt(word.trim().replace(/^\+/, ''))
}

const binaries: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  '=': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '-eq': (left, right) => integer(left) === integer(right),
  '-ne': (left, right) => integer(left) !== integer(right),
  '-lt': (left, right) => integer(left) < integer(right),
  '-le': (left, right) => integer(left) <= integer(right),
  '-gt': (left, right) => integer(left) > integer(right),
  '-ge': (left, right) => integer(left) >= integer(right),
}
const fileTypes: Readonly<Record<string, string>> = {
  '-b': 'block',
  '-c': 'character',
  '-d': 'directory',
  '-f': 'regular',
  '-p': 'fifo',
  '-S': 'socket',
}
const unaries = /^-[bcdefghknoprstuwxzLNOGS]$/

function* unary(system: System, operator: string, operand: string): Program<boolean> {
  if (operator === '-n') return operand !== ''
  if (operator === '-z') return operand === ''
  const modes: Readonly<Record<string, 'R' | 'W' | 'X'>> = { '-r': 'R', '-w': 'W', '-x': 'X' }
  const mode = modes[operator]
  if (mode !== undefined) return !((yield* attempt(system.access(operand, [mode]))) instanceof SystemCallError)
  if (operator === '-t') return (yield* attempt(system.isatty(Number(operand)))) === true
  const link = operator === '-h' || operator === '-L'
  const stat = yield* attempt(link ? system.lstat(operand) : system.stat(operand))
  if (stat instanceof SystemCallError) return false
  if (link) return stat.type === 'symlink'
  const type = fileTypes[operator]
  if (type !== undefined) return stat.type === type
  if (operator === '-s') return stat.size > 0
  const bits: Readonly<Record<string, number>> = { '-u': 0o4000, '-g': 0o2000, '-k': 0o1000 }
  const bit = bits[operator]
  return bit === undefined || (stat.mode & bit) !== 0
}

function* files(system: System, left: string, operator: string, right: string): Program<boolean> {
  const [one, other] = [yield* attempt(system.stat(left)), yield* attempt(system.stat(right))]
  const found = !(one instanceof SystemCallError)
  const otherFound = !(other instanceof SystemCallError)
  if (operator === '-ef') return found && otherFound && one.ino === other.ino && one.dev === other.dev
  const [newer, older] = operator === '-nt' ? [one, other] : [other, one]
  return !(newer instanceof SystemCallError) && (older instanceof SystemCallError || newer.mtime > older.mtime)
}

/** `a -o b`, `a -a b`, `! a`, `( a )`, over the words that are left. */
function* expression(system: System, words: string[]): Program<boolean> {
  let value = yield* conjunction(system, words)
  while (words[0] === '-o') {
    words.shift()
    const right = yield* conjunction(system, words)
    value ||= right
  }
  return value
}

function* conjunction(system: System, words: string[]): Program<boolean> {
  let value = yield* primary(system, words)
  while (words[0] === '-a') {
    words.shift()
    const right = yield* primary(system, words)
    value &&= right
  }
  return value
}

function* primary(system: System, words: string[]): Program<boolean> {
  const [first, operator, third] = words
  if (first === undefined) throw new TestError('argument expected')
  const isFiles = operator !== undefined && /^-(nt|ot|ef)$/.test(operator)
  if (operator !== undefined && third !== undefined && (isFiles || operator in binaries)) {
    words.splice(0, 3)
    return isFiles ? yield* files(system, first, operator, third) : (binaries[operator]?.(first, third) ?? false)
  }
  words.shift()
  if (first === '!' && words.length > 0) return !(yield* primary(system, words))
  if (first === '(' && words.length > 0) {
    const value = yield* expression(system, words)
    if (words.shift() !== ')') throw new TestError("')' expected")
    return value
  }
  if (unaries.test(first) && words.length > 0) return yield* unary(system, first, words.shift() ?? '')
  return first !== ''
}

export const testProgram: Main = function* test(system, argv) {
  const name = (argv[0] ?? 'test').replace(/^.*\//, '')
  const words = argv.slice(1)
  try {
    if (name === '[' && words.pop() !== ']') throw new TestError('missing ]')
    if (words.length === 0) return 1
    const value = yield* expression(system, words)
    if (words[0] !== undefined) throw new TestError(`extra argument '${words[0]}'`)
    return value ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    yield* writeError(system, `${name}: ${error.message}\n`)
    return 2
  }
}
