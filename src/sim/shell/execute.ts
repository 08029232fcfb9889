// The walk over the syntax tree: statements, lists, and the compound commands. Each gives the exit status.
import type { AndOr, CommandNode, CompoundList, Function as FunctionNode, PipelineNode, Statement } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { expandArithmetic } from './arithmetic-text.ts'
import { runCase, runArithmeticFor, runFor, runIf, runWhile } from './compound.ts'
import { evaluateTest } from './conditional.ts'
import { CommandError, FatalError, ShellExit } from './control.ts'
import { startCoprocess } from './coprocess.ts'
import { commandText, functionText } from './function-text.ts'
import { expandQuoted } from './expand-word.ts'
import { runSelect } from './select.ts'
import { runPipeline, startBackground } from './pipeline.ts'
import { addJob, forkShell, throwIfCancelled, tidyJobs, waitForeground } from './processes.ts'
import type { Shell } from './shell.ts'
import type { CommandOptions } from './simple-command.ts'
import { runSimpleCommand, withRedirections } from './simple-command.ts'
import type { Source } from './source.ts'
import { runErrTrap, runPendingTraps } from './traps.ts'
import { traceText } from './xtrace.ts'

/** CPU time that the shell itself takes for a command, in microseconds. */
const commandMicroseconds = 50

/** Runs statements one after another; with `inPlace` the last one may replace the process. */
export function* execute(
  shell: Shell,
  statements: readonly Statement[],
  source: Source,
  options: CommandOptions = {},
): Program<number> {
  let status = 0
  const outer = shell.source
  shell.source = source
  for (const [index, statement] of statements.entries()) {
    const inPlace = options.inPlace === true && index === statements.length - 1
    status = yield* executeStatement(shell, statement, { inPlace })
  }
  shell.source = outer
  return status
}

function* executeStatement(shell: Shell, statement: Statement, options: CommandOptions): Program<number> {
  throwIfCancelled(shell)
  if (shell.pendingSignals.length > 0) yield* runPendingTraps(shell)
  yield* tidyJobs(shell)
  yield* shell.system.spend(commandMicroseconds)
  throwIfCancelled(shell)
  shell.line = shell.source.lineAt(statement.pos)
  if (statement.background) {
    shell.state.lastStatus = 0
    const text = commandText(statement.command, shell.source.text)
    return yield* startBackground(shell, statement.command, text, executeNode)
  }
  const status = yield* executeNode(shell, statement.command, options)
  if (shell.pendingSignals.length > 0) yield* runPendingTraps(shell)
  return status
}

function* executeList(shell: Shell, list: CompoundList): Program<number> {
  return yield* execute(shell, list.commands, shell.source)
}

/** Runs one node and sets `$?`. */
export function* executeNode(shell: Shell, node: PipelineNode | AndOr, options: CommandOptions = {}): Program<number> {
  if (node.type === 'AndOr') return yield* runAndOr(shell, node, options)
  if (node.type === 'Pipeline') {
    const status = yield* runPipeline(shell, node, executeNode)
    const negated = node.prefixes.some((prefix) => prefix.type === 'Negation')
    return yield* finish(shell, status, !negated)
  }
  const simple =
    node.type === 'Command' ||
    node.type === 'Subshell' ||
    node.type === 'ArithmeticCommand' ||
    node.type === 'TestCommand'
  let status: number
  try {
    status = yield* runCommand(shell, node, options)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    if (error.message !== '') yield* shell.complain(error.message)
    status = error.status
    if (shell.dialect.kind === 'ash' && !simple) throw new ShellExit(status)
  }
  if (simple) shell.state.pipeStatus = [status]
  return yield* finish(shell, status, simple)
}

/** After a command: `$?`, the ERR trap and `set -e`. */
function* finish(shell: Shell, status: number, counts: boolean): Program<number> {
  shell.state.lastStatus = status
  if (status === 0 || !counts || shell.state.errexitIgnored > 0) return status
  yield* runErrTrap(shell)
  if (shell.options.errexit) throw new ShellExit(status)
  return status
}

function* runCommand(shell: Shell, node: CommandNode, options: CommandOptions): Program<number> {
  shell.line = shell.source.lineAt(node.pos)
  switch (node.type) {
    case 'Command':
      return yield* runSimpleCommand(shell, node, options)
    case 'Subshell':
      return yield* runSubshell(shell, node.body, commandText(node, shell.source.text), options)
    case 'BraceGroup':
      return yield* execute(shell, node.body.commands, shell.source, inside(shell, options))
    case 'If':
      return yield* runIf(shell, node, executeList, (inner, list) =>
        execute(inner, list.commands, inner.source, inside(inner, options)),
      )
    case 'While':
      return yield* runWhile(shell, node, executeList)
    case 'For':
      return yield* runFor(shell, node, executeList)
    case 'ArithmeticFor':
      return yield* runArithmeticFor(shell, node, executeList)
    case 'Case':
      return yield* runCase(shell, node, executeList)
    case 'Function':
      return defineFunction(shell, node)
    case 'ArithmeticCommand': {
      yield* traceText(shell, `(( ${node.body} ))`)
      return yield* runArithmetic(shell, node.body)
    }
    case 'TestCommand':
      return (yield* evaluateTest(shell, node.expression)) ? 0 : 1
    case 'Redirected':
      return yield* withRedirections(shell, node.redirects, '', () => runCommand(shell, node.command, {}))
    case 'Select':
      return yield* runSelect(shell, node, executeList)
    case 'Coproc':
      return yield* startCoprocess(shell, node, executeNode)
  }
}

/** `((…))`: a wrong expression makes the command fail, and no more. */
function* runArithmetic(shell: Shell, text: string): Program<number> {
  try {
    return (yield* expandArithmetic(shell, text, expandQuoted)) === 0n ? 1 : 0
  } catch (error) {
    if (error instanceof FatalError && !error.exits) throw new CommandError(`((: ${error.message}`)
    throw error
  }
}

/** Whether the last command of a compound one may replace the process. */
function inside(shell: Shell, options: CommandOptions): CommandOptions {
  return shell.dialect.replacedBy === 'simple commands' ? {} : options
}

function* runAndOr(shell: Shell, node: AndOr, options: CommandOptions): Program<number> {
  let status = 0
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index - 1]
    if (operator === '&&' && status !== 0) continue
    if (operator === '||' && status === 0) continue
    const isLast = index === node.commands.length - 1
    if (!isLast) shell.state.errexitIgnored += 1
    try {
      status = yield* executeNode(shell, command, isLast ? options : {})
    } finally {
      if (!isLast) shell.state.errexitIgnored -= 1
    }
  }
  return status
}

/** A list in a process of its own. */
function* runSubshell(shell: Shell, body: CompoundList, text: string, options: CommandOptions): Program<number> {
  const source = shell.source
  if (options.inPlace && shell.dialect.replacedBy === 'all') {
    shell.state.subshellDepth += 1
    return yield* execute(shell, body.commands, source, options)
  }
  const group = shell.options.monitor ? 0 : undefined
  const pid = yield* forkShell(shell, (child) => execute(child, body.commands, source, { inPlace: true }), { group })
  return yield* waitForeground(shell, addJob(shell, [pid], [text], group === 0 ? pid : 0, false))
}

function defineFunction(shell: Shell, node: FunctionNode): number {
  const { body } = node
  if (body.type === 'CompoundList') throw new FatalError('syntax error near unexpected token')
  const text = functionText(node.name.value, body, shell.source.text)
  const statement: Statement = { type: 'Statement', pos: body.pos, end: body.end, command: body, background: undefined }
  shell.state.functions.set(node.name.value, { body: statement, source: shell.source, text })
  return 0
}
