// Whether control reaches the end of a function: -Wreturn-type, and the `return 0` that main has by itself.
import type { FunctionSymbol, Statement, Expression } from './tree.ts'

/** What a statement does with control. */
interface Outcome {
  /** Goes on behind it. */
  readonly next: boolean
  /** Leaves the nearest loop or switch by `break`. */
  readonly breaks: boolean
}

const on: Outcome = { next: true, breaks: false }
const off: Outcome = { next: false, breaks: false }

/** Whether control can leave the body by its end. */
export function reachesEnd(body: Statement, isNoreturn: (symbol: FunctionSymbol) => boolean): boolean {
  const targets = new Set<string>()
  collectTargets(body, targets)
  return flow(body, true, targets, isNoreturn).next
}

function collectTargets(statement: Statement, targets: Set<string>): void {
  switch (statement.kind) {
    case 'goto':
      targets.add(statement.label)
      return
    case 'block':
      for (const each of statement.statements) collectTargets(each, targets)
      return
    case 'if':
      collectTargets(statement.then, targets)
      if (statement.otherwise !== undefined) collectTargets(statement.otherwise, targets)
      return
    case 'while':
    case 'do':
    case 'switch':
    case 'for':
      collectTargets(statement.body, targets)
      return
    default:
  }
}

function truthOf(node: Expression | undefined): boolean | undefined {
  if (node === undefined) return true
  return node.kind === 'constant' ? node.value !== 0n && node.value !== 0 : undefined
}

function flow(
  statement: Statement,
  reachable: boolean,
  targets: ReadonlySet<string>,
  isNoreturn: (symbol: FunctionSymbol) => boolean,
): Outcome {
  const inner = (each: Statement, from: boolean) => flow(each, from, targets, isNoreturn)
  switch (statement.kind) {
    case 'expression': {
      const { expression } = statement
      const call = expression.kind === 'convert' ? expression.operand : expression
      const ends = call.kind === 'call' && call.callee.kind === 'function' && isNoreturn(call.callee.symbol)
      return reachable && !ends ? on : off
    }
    case 'block': {
      let next = reachable
      let breaks = false
      for (const each of statement.statements) {
        const outcome = inner(each, next)
        next = outcome.next
        breaks ||= outcome.breaks
      }
      return { next, breaks }
    }
    case 'if': {
      const truth = truthOf(statement.condition)
      const then = inner(statement.then, reachable && truth !== false)
      const otherwise =
        statement.otherwise === undefined
          ? { next: reachable && truth !== true, breaks: false }
          : inner(statement.otherwise, reachable && truth !== true)
      return { next: then.next || otherwise.next, breaks: then.breaks || otherwise.breaks }
    }
    case 'while':
    case 'for': {
      const truth = truthOf(statement.condition)
      const body = inner(statement.body, reachable && truth !== false)
      return { next: (reachable && truth !== true) || body.breaks || (truth !== true && body.next), breaks: false }
    }
    case 'do': {
      const body = inner(statement.body, reachable)
      const truth = truthOf(statement.condition)
      return { next: body.breaks || ((body.next || continues(statement.body)) && truth !== true), breaks: false }
    }
    case 'switch': {
      const hasDefault = cases(statement.body).some((value) => value === undefined)
      const body = inner(statement.body, false)
      return { next: (reachable && !hasDefault) || body.next || body.breaks, breaks: false }
    }
    case 'case':
      return on
    case 'label':
      return { next: reachable || targets.has(statement.name), breaks: false }
    case 'break':
      return { next: false, breaks: reachable }
    case 'goto':
    case 'continue':
    case 'return':
      return off
    default:
      return { next: reachable, breaks: false }
  }
}

/** A `continue` of this very loop: it goes to the condition. */
function continues(statement: Statement): boolean {
  switch (statement.kind) {
    case 'continue':
      return true
    case 'block':
      return statement.statements.some(continues)
    case 'if':
      return continues(statement.then) || (statement.otherwise !== undefined && continues(statement.otherwise))
    case 'switch':
      return continues(statement.body)
    default:
      return false
  }
}

/** The values of a switch's own labels; undefined for `default`. */
function cases(statement: Statement): (bigint | undefined)[] {
  switch (statement.kind) {
    case 'case':
      return [statement.value]
    case 'block':
      return statement.statements.flatMap(cases)
    case 'if':
      return [...cases(statement.then), ...(statement.otherwise === undefined ? [] : cases(statement.otherwise))]
    case 'while':
    case 'do':
    case 'for':
      return cases(statement.body)
    default:
      return []
  }
}

/** A statement that falls through into the case label after it. */
export interface Fallthrough {
  readonly statement: Statement
  readonly label: Statement
}

/** Statements of the function's switches that fall through; a label or `fallthrough` that is `meant` is left out. */
export function fallthroughs(
  body: Statement,
  isNoreturn: (symbol: FunctionSymbol) => boolean,
  meant: WeakSet<Statement>,
): Fallthrough[] {
  const found: Fallthrough[] = []
  const targets = new Set<string>()
  collectTargets(body, targets)
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case 'block':
        for (const each of statement.statements) visit(each)
        return
      case 'if':
        visit(statement.then)
        if (statement.otherwise !== undefined) visit(statement.otherwise)
        return
      case 'while':
      case 'do':
      case 'for':
        visit(statement.body)
        return
      case 'switch': {
        visit(statement.body)
        if (statement.body.kind === 'block') sequence(statement.body.statements)
        return
      }
      default:
    }
  }
  const sequence = (statements: readonly Statement[]): void => {
    let reachable = false
    let last: Statement | undefined
    for (const each of flattened(statements)) {
      if (each.kind === 'case') {
        if (reachable && last !== undefined && !meant.has(each) && !meant.has(last))
          found.push({ statement: last, label: each })
        last = undefined
      } else if (each.kind !== 'label') last = each
      reachable = flow(each, reachable, targets, isNoreturn).next
    }
  }
  visit(body)
  return found
}

/** Labels stand in small blocks with their statement. */
function flattened(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((each) =>
    each.kind === 'block' && each.statements.some(({ kind }) => kind === 'case') ? flattened(each.statements) : [each],
  )
}
