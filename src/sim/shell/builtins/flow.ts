// Builtins that change what runs next, and where: exit, return, break, continue, eval, source, exec, cd.
import { decodeText } from '../../programs/bytes.ts'
import { errorText, readFile, writeOut } from '../../programs/stdio.ts'
import type { Program } from '../../kernel/system.ts'
import { usageError } from './usages.ts'
import { CommandError, LoopExit, ReturnExit, ShellExit } from '../control.ts'
import { executeProgram, findProgram } from '../external.ts'
import type { Builtin, Shell } from '../shell.ts'
import { Source } from '../source.ts'
import { statOf } from '../test-operators.ts'

function statusArgument(shell: Shell, name: string, word: string | undefined): number {
  if (word === undefined) return shell.state.lastStatus
  if (!/^[-+]?\d+$/.test(word)) throw new CommandError(`${name}: ${word}: numeric argument required`, 2)
  return Number(word) & 255
}

function inBuiltin(shell: Shell): string {
  return shell.dialect.inBuiltin(shell.line, shell.state.scriptFile)
}

const exit: Builtin = function* exit(shell, [, word, more]) {
  if (word !== undefined && !/^[-+]?\d+$/.test(word)) {
    const reason = shell.dialect.kind === 'ash' ? `Illegal number: ${word}` : `${word}: numeric argument required`
    yield* shell.complain(`exit: ${inBuiltin(shell)}${reason}`)
    throw new ShellExit(2)
  }
  if (more !== undefined && shell.dialect.kind === 'bash') throw new CommandError('exit: too many arguments')
  throw new ShellExit(statusArgument(shell, 'exit', word))
}

const returnBuiltin: Builtin = function* returnBuiltin(shell, [, word]) {
  if (shell.state.functionNames.length === 0 && shell.state.sourceDepth === 0) {
    if (shell.dialect.kind === 'ash') throw new ShellExit(statusArgument(shell, 'return', word))
    throw new CommandError("return: can only `return' from a function or sourced script", 2)
  }
  throw new ReturnExit(statusArgument(shell, 'return', word))
}

function loopExit(kind: 'break' | 'continue'): Builtin {
  return function* leave(shell, [, word = '1']) {
    const levels = Number(word)
    if (!/^-?\d+$/.test(word) && shell.dialect.kind === 'bash') {
      yield* shell.complain(`${kind}: ${word}: numeric argument required`)
      throw new ShellExit(128)
    }
    if (!/^\d+$/.test(word) || levels < 1) throw new CommandError(`${kind}: ${word}: loop count out of range`)
    if (shell.state.loopDepth === 0) {
      if (shell.dialect.kind === 'ash') return 0
      yield* shell.complain(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`)
      return 0
    }
    throw new LoopExit(kind, Math.min(levels, shell.state.loopDepth))
  }
}

const breakBuiltin = loopExit('break')
const continueBuiltin = loopExit('continue')

const evalBuiltin: Builtin = function* evalBuiltin(shell, argv) {
  const text = argv.slice(argv[1] === '--' ? 2 : 1).join(' ')
  if (text.trim() === '') return 0
  const { source, line } = shell
  try {
    return yield* shell.interpreter.runText(shell, new Source(text, line, source.file), 'eval')
  } finally {
    shell.source = source
    shell.line = line
  }
}

const sourceBuiltin: Builtin = function* sourceBuiltin(shell, [name = '.', path, ...args]) {
  if (path === undefined) throw usageError(name, 'filename argument required')
  const found = path.includes('/') ? path : ((yield* onPath(shell, path)) ?? path)
  let text: string
  try {
    text = decodeText(yield* readFile(shell.system, found))
  } catch (error) {
    const reason = shell.dialect.cannotSource(path, errorText(error))
    if (shell.dialect.kind === 'bash') throw new CommandError(reason)
    yield* shell.complain(`${name}: ${inBuiltin(shell)}${reason}`)
    throw new ShellExit(2)
  }
  const { source, line } = shell
  const { positional } = shell.state
  if (args.length > 0) shell.state.positional = args
  shell.state.sourceDepth++
  try {
    return yield* shell.interpreter.runText(shell, new Source(text, 1, path), '')
  } catch (error) {
    if (error instanceof ReturnExit) return error.status
    throw error
  } finally {
    shell.state.sourceDepth--
    if (args.length > 0) shell.state.positional = positional
    shell.source = source
    shell.line = line
  }
}

function* onPath(shell: Shell, name: string): Program<string | undefined> {
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const candidate = `${directory || '.'}/${name}`
    if ((yield* statOf(shell, candidate, true))?.type === 'regular') return candidate
  }
  return undefined
}

const exec: Builtin = function* exec(shell, argv) {
  const words = argv.slice(1)
  let zeroth: string | undefined
  while (words[0]?.startsWith('-') && words[0] !== '-') {
    const option = words.shift()
    if (option === '--') break
    if (option === '-a') zeroth = words.shift()
    else if (option !== '-c' && option !== '-l') throw usageError('exec', `${option}: invalid option`)
  }
  const [name] = words
  if (name === undefined) return 0
  const found = yield* findProgram(shell, name)
  if (found === undefined) {
    yield* shell.complain(`exec: ${inBuiltin(shell)}${name}: not found`)
    throw new ShellExit(127)
  }
  throw new ShellExit(yield* executeProgram(shell, found, [zeroth ?? name, ...words.slice(1)]))
}

/** The directory that the shell names `$PWD`: as it was reached, with its links. */
function* logicalDirectory(shell: Shell): Program<string> {
  return shell.variables.get('PWD') ?? (yield* shell.system.getcwd())
}

/** A path without `.` and `..`, taken as text. */
function normalized(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}

const cd: Builtin = function* cd(shell, argv) {
  const words = argv.slice(1)
  let physical = shell.options.physical
  while (/^-[LPe@]+$/.test(words[0] ?? '')) physical = (words.shift() ?? '').includes('P')
  if (words[0] === '--') words.shift()
  if (words.length > 1) throw new CommandError('cd: too many arguments')
  const [word] = words
  const named = word === undefined ? 'HOME' : word === '-' ? 'OLDPWD' : undefined
  let target = named === undefined ? (word ?? '') : shell.variables.get(named)
  // ash stays where it is when it has not been elsewhere.
  if (named === 'OLDPWD' && shell.dialect.kind === 'ash') target ??= yield* logicalDirectory(shell)
  if (target === undefined) throw new CommandError(`cd: ${named} not set`)
  if (target === '') return 0
  const old = yield* logicalDirectory(shell)
  const path = target.startsWith('/') ? target : `${old}/${target}`
  try {
    yield* shell.system.chdir(physical ? target : normalized(path))
  } catch (error) {
    const reason = shell.dialect.cannotChangeDirectory(target, errorText(error))
    throw new CommandError(`cd: ${inBuiltin(shell)}${reason}`, shell.dialect.kind === 'ash' ? 2 : 1)
  }
  shell.variables.set('OLDPWD', old)
  shell.variables.set('PWD', physical ? yield* shell.system.getcwd() : normalized(path))
  if (word === '-') yield* writeOut(shell.system, `${shell.variables.get('PWD') ?? ''}\n`)
  return 0
}

const pwd: Builtin = function* pwd(shell, argv) {
  const path = argv.includes('-P') ? yield* shell.system.getcwd() : yield* logicalDirectory(shell)
  yield* writeOut(shell.system, `${path}\n`)
  return 0
}

function always(status: number): Builtin {
  return function* result() {
    return status
  }
}

export const flowBuiltins: readonly (readonly [string, Builtin])[] = [
  [':', always(0)],
  ['true', always(0)],
  ['false', always(1)],
  ['exit', exit],
  ['return', returnBuiltin],
  ['break', breakBuiltin],
  ['continue', continueBuiltin],
  ['eval', evalBuiltin],
  ['source', sourceBuiltin],
  ['.', sourceBuiltin],
  ['exec', exec],
  ['cd', cd],
  ['pwd', pwd],
]
