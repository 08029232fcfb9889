// pushd, popd and dirs: the directory stack, whose top is where the shell is.
import type { Program } from '../../kernel/system.ts'
import { writeOut } from '../../programs/stdio.ts'
import { CommandError } from '../control.ts'
import type { Builtin, Shell } from '../shell.ts'
import { bashOnly } from './bash-only.ts'
import { checkOptions } from './usages.ts'

function* stackOf(shell: Shell): Program<string[]> {
  return [shell.variables.get('PWD') ?? (yield* shell.system.getcwd()), ...shell.state.directories]
}

/** The place that `+N` (from the top) or `-N` (from the bottom) means; undefined for any other word. */
function indexIn(name: string, word: string | undefined, length: number): number | undefined {
  const match = /^([+-])(\d+)$/.exec(word ?? '')
  if (match === null) return undefined
  const index = match[1] === '+' ? Number(match[2]) : length - 1 - Number(match[2])
  if (index >= 0 && index < length) return index
  throw new CommandError(
    `${name}: ${length === 1 ? 'directory stack empty' : `${word}: directory stack index out of range`}`,
  )
}

/** Goes where the stack's top says, and keeps the rest. */
function* goTo(shell: Shell, name: string, stack: readonly string[]): Program<number> {
  const [top = '', ...rest] = stack
  try {
    yield* shell.interpreter.runWords(shell, ['cd', '--', top], { functions: false })
  } catch (error) {
    if (error instanceof CommandError) throw new CommandError(error.message.replace(/^cd: /, `${name}: `))
    throw error
  }
  shell.state.directories = rest
  return yield* print(shell)
}

function* print(shell: Shell): Program<number> {
  const home = shell.variables.get('HOME')
  yield* writeOut(shell.system, `${(yield* stackOf(shell)).map((path) => shortened(path, home)).join(' ')}\n`)
  return 0
}

function shortened(path: string, home: string | undefined): string {
  if (home === undefined || home === '/' || home === '') return path
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

/** A directory that is there and may be entered; else the words of cd under the own name. */
function* requireDirectory(shell: Shell, name: string, path: string): Program<void> {
  const stat = yield* shell.system.stat(path)
  if (stat.type !== 'directory') throw new CommandError(`${name}: ${path}: Not a directory`)
}

function operandOf(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((word) => word !== '-n' && word !== '--')
}

const pushd: Builtin = function* pushd(shell, argv) {
  const stack = yield* stackOf(shell)
  const word = operandOf(argv)
  if (word === undefined) {
    const [top, second, ...rest] = stack
    if (top === undefined || second === undefined) throw new CommandError('pushd: no other directory')
    return yield* goTo(shell, 'pushd', [second, top, ...rest])
  }
  const index = indexIn('pushd', word, stack.length)
  if (index !== undefined) return yield* goTo(shell, 'pushd', [...stack.slice(index), ...stack.slice(0, index)])
  try {
    yield* requireDirectory(shell, 'pushd', word)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(`pushd: ${word}: ${error instanceof Error ? error.message : ''}`)
  }
  return yield* goTo(shell, 'pushd', [word, ...stack])
}

const popd: Builtin = function* popd(shell, argv) {
  const stack = yield* stackOf(shell)
  const word = operandOf(argv)
  if (stack.length === 1) throw new CommandError('popd: directory stack empty')
  const index = indexIn('popd', word, stack.length) ?? 0
  if (index === 0) return yield* goTo(shell, 'popd', stack.slice(1))
  shell.state.directories = stack.filter((_path, at) => at !== index).slice(1)
  return yield* print(shell)
}

const dirs: Builtin = function* dirs(shell, argv) {
  checkOptions(argv)
  const options = argv.slice(1).join('')
  if (options.includes('c')) {
    shell.state.directories = []
    return 0
  }
  const stack = yield* stackOf(shell)
  const home = options.includes('l') ? undefined : shell.variables.get('HOME')
  const shown = stack.map((path) => shortened(path, home))
  const index = indexIn(
    'dirs',
    argv.slice(1).find((word) => /^[+-]\d+$/.test(word)),
    stack.length,
  )
  if (index !== undefined) yield* writeOut(shell.system, `${shown[index]}\n`)
  else if (options.includes('v')) {
    yield* writeOut(shell.system, shown.map((path, at) => `${String(at).padStart(2)}  ${path}\n`).join(''))
  } else yield* writeOut(shell.system, `${shown.join(options.includes('p') ? '\n' : ' ')}\n`)
  return 0
}

export const directoryBuiltins: readonly (readonly [string, Builtin])[] = [
  ['pushd', bashOnly('pushd', pushd)],
  ['popd', bashOnly('popd', popd)],
  ['dirs', bashOnly('dirs', dirs)],
]
