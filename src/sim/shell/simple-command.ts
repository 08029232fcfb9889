// A simple command: expansions, redirections, assignments, then a function, a builtin or a program.
import type { Assignment, Command, Redirection } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { readAll, writeError, writeOut } from '../programs/stdio.ts'
import { assign } from './assignment.ts'
import { declarationBuiltins } from './builtins/declare.ts'
import { checkOptions } from './builtins/usages.ts'
import { CommandError, FatalError, ReturnExit, ShellExit } from './control.ts'
import { expandWords } from './expand-word.ts'
import { executeProgram, findProgram } from './external.ts'
import { addJob, forkShell, waitForeground } from './processes.ts'
import type { SavedDescriptor } from './redirect.ts'
import { keep, redirect, restore } from './redirect.ts'
import type { Shell, ShellFunction } from './shell.ts'
import type { Variable } from './variables.ts'
import { trace, traceAssignment } from './xtrace.ts'

export interface CommandOptions {
  /** The process has nothing else to do: a program replaces it instead of running in a child. */
  readonly inPlace?: boolean
}

/** Runs a simple command and gives its status. */
export function* runSimpleCommand(shell: Shell, node: Command, options: CommandOptions = {}): Program<number> {
  shell.substitutionStatus = undefined
  const words = yield* commandWords(shell, node)
  const assignments = node.prefix.filter((item): item is Assignment => item.type === 'Assignment')
  const [name] = words
  if (name === undefined) return yield* runAssignments(shell, node, assignments)
  if (declarationBuiltins.has(name) && !shell.state.functions.has(name)) {
    return yield* withRedirections(shell, node.redirects, name, () => runDeclaration(shell, name, node, words))
  }
  return yield* runWords(
    shell,
    words,
    assignments,
    node.redirects,
    shell.source.text.slice(node.pos, node.end),
    options,
  )
}

/** Words of the command; for declare and its kin the assignments stay out. */
function* commandWords(shell: Shell, node: Command): Program<string[]> {
  if (!node.name) return []
  const declares = declarationBuiltins.has(node.name.text)
  const words = node.args.filter((item) => !declares || item.type !== 'Assignment')
  return yield* expandWords(shell, [node.name, ...words])
}

function* runDeclaration(shell: Shell, name: string, node: Command, words: readonly string[]): Program<number> {
  const builtin = declarationBuiltins.get(name)
  if (!builtin) return 1
  const args: (string | Assignment)[] = []
  for (const item of node.args) {
    if (item.type === 'Assignment') args.push(item)
    else for (const text of yield* expandWords(shell, [item])) args.push(text)
  }
  yield* trace(shell, [name, ...args.map((item) => (typeof item === 'string' ? item : item.text))])
  const status = yield* builtin(shell, name, args)
  shell.state.lastArgument = words.at(-1) ?? ''
  return status
}

/** Only assignments and redirections: both act on the shell itself, the latter for nothing. */
function* runAssignments(shell: Shell, node: Command, assignments: readonly Assignment[]): Program<number> {
  const [only] = node.redirects
  const readsFile =
    shell.inSubstitution && assignments.length === 0 && only?.type === 'Redirect' && only.operator === '<'
  return yield* withRedirections(shell, node.redirects, '', function* body() {
    for (const assignment of assignments) {
      const value = yield* assign(shell, assignment)
      yield* traceAssignment(shell, assignment, value)
    }
    // $(< file) is the file's text.
    if (readsFile) yield* writeOut(shell.system, yield* readAll(shell.system, 0))
    return shell.substitutionStatus ?? 0
  })
}

/** Does redirections, runs the body and takes them back. A failed redirection is the command's failure. */
export function* withRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  name: string,
  body: () => Program<number>,
): Program<number> {
  if (redirections.length === 0) return yield* body()
  const saved: SavedDescriptor[] = []
  let keeps = false
  try {
    yield* redirect(shell, redirections, saved)
    const status = yield* body()
    keeps = name === 'exec' && status === 0
    return status
  } finally {
    if (keeps) yield* keep(shell, saved)
    else yield* restore(shell, saved)
  }
}

/** Runs words that are expanded already. */
export function* runWords(
  shell: Shell,
  words: readonly string[],
  assignments: readonly Assignment[],
  redirections: readonly Redirection[],
  text: string,
  options: CommandOptions & { functions?: boolean } = {},
): Program<number> {
  const [name = ''] = words
  const called = options.functions === false ? undefined : shell.state.functions.get(name)
  const builtin = shell.interpreter.builtins.get(name)
  if (!called && !builtin) return yield* runProgram(shell, words, assignments, redirections, text, options)
  return yield* withRedirections(shell, redirections, name, function* body() {
    const hidden = yield* assignForCommand(shell, assignments)
    yield* trace(shell, words)
    try {
      if (called) return yield* callFunction(shell, called, words)
      return builtin ? yield* runBuiltin(shell, builtin, words) : 127
    } finally {
      if (name !== 'exec') for (const [variable, saved] of hidden) shell.variables.restore(variable, saved)
      shell.state.lastArgument = words.at(-1) ?? ''
    }
  })
}

function* runBuiltin(
  shell: Shell,
  builtin: (shell: Shell, argv: readonly string[]) => Program<number>,
  words: readonly string[],
): Program<number> {
  try {
    if (shell.dialect.kind === 'bash') checkOptions(words)
    return yield* builtin(shell, words)
  } catch (error) {
    if (error instanceof CommandError) {
      yield* tellFailure(shell, error.message)
      return error.status
    }
    if (!(error instanceof SystemCallError)) throw error
    const name = shell.dialect.name === 'ash' ? '' : `${words[0]}: `
    yield* shell.complain(`${name}write error: ${error.message}`)
    return 1
  }
}

/** A usage line has no prefix. */
function* tellFailure(shell: Shell, message: string): Program<void> {
  for (const line of message.split('\n')) {
    if (/^\S+: usage: /.test(line)) yield* writeError(shell.system, `${line}\n`)
    else if (line !== '') yield* shell.complain(line)
  }
}

/** Sets the variables of `x=1 command` and exports them; gives what they were. */
function* assignForCommand(
  shell: Shell,
  assignments: readonly Assignment[],
): Program<[string, Variable | undefined][]> {
  const hidden: [string, Variable | undefined][] = []
  for (const assignment of assignments) {
    hidden.push([assignment.name, shell.variables.save(assignment.name)])
    const value = yield* assign(shell, assignment)
    shell.variables.declare(assignment.name, { exported: true })
    yield* traceAssignment(shell, assignment, value)
  }
  return hidden
}

/** More calls than this would overflow the stack of what runs the simulation. */
const deepestCalls = 150

/** Calls a function with `$1` and on set. */
export function* callFunction(shell: Shell, called: ShellFunction, words: readonly string[]): Program<number> {
  const { state } = shell
  const deepest = Number(shell.variables.get('FUNCNEST') ?? 0) || deepestCalls
  if (state.functionNames.length >= deepest)
    throw new FatalError(`${words[0]}: maximum function nesting level exceeded (${deepest})`)
  const { positional, functionNames, loopDepth } = state
  const { source, line } = shell
  state.positional = words.slice(1)
  state.functionNames = [words[0] ?? '', ...functionNames]
  state.loopDepth = 0
  state.variables.enterFunction()
  try {
    return yield* shell.interpreter.execute(shell, [called.body], called.source)
  } catch (error) {
    if (error instanceof ReturnExit) return error.status
    if (error instanceof FatalError) error.prefix ??= shell.prefix
    throw error
  } finally {
    state.variables.leaveFunction()
    state.positional = positional
    state.functionNames = functionNames
    state.loopDepth = loopDepth
    shell.source = source
    shell.line = line
  }
}

/** A program of the file system: in a child, or in place of this process. */
function* runProgram(
  shell: Shell,
  words: readonly string[],
  assignments: readonly Assignment[],
  redirections: readonly Redirection[],
  text: string,
  options: CommandOptions,
): Program<number> {
  const found = yield* findProgram(shell, words[0] ?? '')
  const work = function* work(child: Shell): Program<number> {
    try {
      yield* redirect(child, redirections)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      yield* child.complain(error.message)
      return error.status
    }
    yield* assignForCommand(child, assignments)
    return yield* executeProgram(child, found, words)
  }
  yield* trace(shell, words)
  shell.state.lastArgument = words.at(-1) ?? ''
  if (options.inPlace && ![...shell.state.traps.values()].some((command) => command !== ''))
    throw new ShellExit(yield* work(shell))
  const group = shell.options.monitor ? 0 : undefined
  const pid = yield* forkShell(shell, work, { group })
  const job = addJob(shell, [pid], [text], group === 0 ? pid : 0, false)
  return yield* waitForeground(shell, job)
}
