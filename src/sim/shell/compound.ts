// The compound commands with a body: if, while, until, for, case.
import type { ArithmeticFor, ArithmeticExpression, Case, CompoundList, For, If, While } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { expandArithmetic } from './arithmetic-text.ts'
import { loopExit } from './control.ts'
import { expandPattern, expandQuoted, expandString, expandWords } from './expand-word.ts'
import { patternToRegExp } from './pattern.ts'
import { throwIfCancelled } from './processes.ts'
import type { Shell } from './shell.ts'
import { runPendingTraps } from './traps.ts'
import { trace, traceText } from './xtrace.ts'

type RunList = (shell: Shell, list: CompoundList) => Program<number>

/** A condition: `set -e` does not act in there. */
function* condition(shell: Shell, list: CompoundList, run: RunList): Program<boolean> {
  shell.state.errexitIgnored += 1
  try {
    return (yield* run(shell, list)) === 0
  } finally {
    shell.state.errexitIgnored -= 1
  }
}

/** `runBody` runs the branch that is taken, `run` the conditions. */
export function* runIf(shell: Shell, node: If, run: RunList, runBody: RunList): Program<number> {
  if (yield* condition(shell, node.clause, run)) return yield* runBody(shell, node.then)
  for (const branch of node.elif) {
    if (yield* condition(shell, branch.clause, run)) return yield* runBody(shell, branch.then)
  }
  return node.else ? yield* runBody(shell, node.else) : 0
}

export function* runWhile(shell: Shell, node: While, run: RunList): Program<number> {
  return yield* loop(shell, function* turn() {
    const holds = yield* condition(shell, node.clause, run)
    return holds === (node.kind === 'while') ? yield* run(shell, node.body) : undefined
  })
}

export function* runFor(shell: Shell, node: For, run: RunList): Program<number> {
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist) : shell.state.positional
  const rest = items.values()
  return yield* loop(shell, function* turn() {
    const next = rest.next()
    if (next.done) return undefined
    shell.variables.set(node.name.value, next.value)
    if (shell.dialect.kind === 'bash') yield* trace(shell, ['for', node.name.value, 'in', ...items])
    return yield* run(shell, node.body)
  })
}

export function* runArithmeticFor(shell: Shell, node: ArithmeticFor, run: RunList): Program<number> {
  const evaluate = function* evaluate(expression: ArithmeticExpression | undefined, empty: bigint): Program<bigint> {
    if (!expression) return empty
    return yield* expandArithmetic(shell, shell.source.text.slice(expression.pos, expression.end), expandQuoted)
  }
  yield* evaluate(node.initialize, 0n)
  let first = true
  return yield* loop(shell, function* turn() {
    if (!first) yield* evaluate(node.update, 0n)
    first = false
    return (yield* evaluate(node.test, 1n)) === 0n ? undefined : yield* run(shell, node.body)
  })
}

/** Runs turns until one gives undefined; `break` and `continue` act on it. */
function* loop(shell: Shell, turn: () => Program<number | undefined>): Program<number> {
  let status = 0
  shell.state.loopDepth += 1
  try {
    for (;;) {
      throwIfCancelled(shell)
      yield* shell.system.spend(2)
      if (shell.pendingSignals.length > 0) yield* runPendingTraps(shell)
      try {
        const result = yield* turn()
        if (result === undefined) return status
        status = result
      } catch (error) {
        status = 0
        if (loopExit(error, shell.state.loopDepth) === 'break') return status
      }
    }
  } finally {
    shell.state.loopDepth -= 1
  }
}

export function* runCase(shell: Shell, node: Case, run: RunList): Program<number> {
  if (shell.dialect.kind === 'bash') yield* traceText(shell, `case ${node.word.text} in`)
  const subject = yield* expandString(shell, node.word)
  const ignoreCase = shell.state.shopt.get('nocasematch') ?? false
  let status = 0
  let falls = false
  for (const item of node.items) {
    let matches = falls
    for (const pattern of item.pattern) {
      if (matches) break
      matches = patternToRegExp(yield* expandPattern(shell, pattern), ignoreCase).test(subject)
    }
    if (!matches) continue
    status = yield* run(shell, item.body)
    falls = item.terminator === ';&'
    if (item.terminator === ';;' || item.terminator === undefined) return status
  }
  return status
}
