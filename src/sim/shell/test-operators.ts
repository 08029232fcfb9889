// The operators that `test`, `[` and `[[` share: on files, texts and numbers.
import type { Program, Stat } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { evaluateText } from './arithmetic-text.ts'
import type { Shell } from './shell.ts'
import { specialParameter } from './special-parameters.ts'
import { elements } from './variables.ts'

/** Operators with one operand, without those on variables. */
export const unaryOperators = new Set('abcdefghknoprstuvwxzGLNORS'.split('').map((letter) => `-${letter}`))

export const numberOperators: Readonly<Record<string, (left: bigint, right: bigint) => boolean>> = {
  '-eq': (left, right) => left === right,
  '-ne': (left, right) => left !== right,
  '-lt': (left, right) => left < right,
  '-le': (left, right) => left <= right,
  '-gt': (left, right) => left > right,
  '-ge': (left, right) => left >= right,
}

/** `-f path`, `-n text`, `-v name` and the like. */
export function* testUnary(shell: Shell, operator: string, operand: string): Program<boolean> {
  switch (operator) {
    case '-n':
      return operand !== ''
    case '-z':
      return operand === ''
    case '-v':
      return yield* isSet(shell, operand)
    case '-o':
      return (shell.options as unknown as Readonly<Record<string, boolean>>)[operand] ?? false
    case '-R':
      return shell.variables.save(operand)?.reference ?? false
    case '-t':
      return yield* isTerminal(shell, Number(operand))
    case '-r':
    case '-w':
    case '-x':
      return yield* mayAccess(shell, operand, operator === '-r' ? 'R' : operator === '-w' ? 'W' : 'X')
    default:
      return yield* testFile(shell, operator, operand)
  }
}

/** `-v name`, `-v name[subscript]`. */
function* isSet(shell: Shell, operand: string): Program<boolean> {
  const [, name = '', subscript] = /^(\w+)\[(.*)\]$/.exec(operand) ?? []
  if (subscript === undefined) return shell.variables.isSet(operand) || specialParameter(shell, operand) !== undefined
  const variable = shell.variables.find(name)
  const known = elements(variable).map(([key]) => key)
  if (subscript === '@' || subscript === '*') return known.length > 0
  const wanted = variable?.associative ? subscript : String(yield* evaluateText(shell, subscript))
  return known.includes(wanted)
}

function* testFile(shell: Shell, operator: string, path: string): Program<boolean> {
  const link = operator === '-h' || operator === '-L'
  const stat = yield* statOf(shell, path, !link)
  if (!stat) return false
  if (link) return stat.type === 'symlink'
  const types: Readonly<Record<string, string>> = {
    '-b': 'block',
    '-c': 'character',
    '-d': 'directory',
    '-f': 'regular',
    '-p': 'fifo',
    '-S': 'socket',
  }
  const type = types[operator]
  if (type) return stat.type === type
  const bits: Readonly<Record<string, number>> = { '-u': 0o4000, '-g': 0o2000, '-k': 0o1000 }
  const bit = bits[operator]
  if (bit) return (stat.mode & bit) !== 0
  if (operator === '-s') return stat.size > 0
  if (operator === '-O') return stat.uid === (yield* shell.system.getresuid()).effective
  if (operator === '-G') return stat.gid === (yield* shell.system.getresgid()).effective
  if (operator === '-N') return stat.mtime > stat.atime
  return true
}

/** `a -nt b`, `a -ot b`, `a -ef b`. */
export function* testFiles(shell: Shell, left: string, operator: string, right: string): Program<boolean> {
  const one = yield* statOf(shell, left, true)
  const other = yield* statOf(shell, right, true)
  if (operator === '-ef')
    return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino
  const [newer, older] = operator === '-nt' ? [one, other] : [other, one]
  return newer !== undefined && (older === undefined || newer.mtime > older.mtime)
}

export function* statOf(shell: Shell, path: string, follow: boolean): Program<Stat | undefined> {
  try {
    return yield* follow ? shell.system.stat(path) : shell.system.lstat(path)
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}

function* mayAccess(shell: Shell, path: string, mode: 'R' | 'W' | 'X'): Program<boolean> {
  try {
    yield* shell.system.access(path, [mode])
    return true
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}

function* isTerminal(shell: Shell, fd: number): Program<boolean> {
  try {
    return yield* shell.system.isatty(fd)
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}
