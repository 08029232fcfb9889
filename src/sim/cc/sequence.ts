// -Wsequence-point: a variable that is changed twice, or changed and read, with nothing that orders the two (C17 6.5).
import { rangeOfNode } from './ranges.ts'
import type { Reporter } from './reporter.ts'
import type { Location } from './tokenize.ts'
import type { Expression, Variable } from './tree.ts'

/** What an expression does to variables without an order among its parts. */
interface Uses {
  readonly reads: ReadonlySet<Variable>
  /** The expression that changes it. */
  readonly writes: ReadonlyMap<Variable, Expression>
}

const nothing: Uses = { reads: new Set(), writes: new Map() }

/** Warns of a full expression. */
export function warnSequence(reporter: Reporter, node: Expression): void {
  if (!reporter.isEnabled('sequence-point')) return
  const told = new Set<Variable>()
  const tell = (variable: Variable, at: Expression) => {
    if (told.has(variable)) return
    told.add(variable)
    const range = rangeOfNode(at)
    reporter.warning(
      (range?.caret ?? at.place) as Location,
      'sequence-point',
      `operation on ‘${variable.name}’ may be undefined`,
      { ranges: range === undefined ? [] : [range] },
    )
  }
  usesOf(node, tell)
}

type Tell = (variable: Variable, at: Expression) => void

function usesOf(node: Expression, tell: Tell): Uses {
  const uses = (each: Expression) => usesOf(each, tell)
  switch (node.kind) {
    case 'variable':
      return { reads: new Set([node.variable]), writes: new Map() }
    case 'load':
    case 'convert':
    case 'unary':
      return uses(node.operand)
    case 'decay':
    case 'address':
      return node.operand.kind === 'variable' ? nothing : uses(node.operand)
    case 'member':
      return uses(node.object)
    case 'dereference':
      return uses(node.pointer)
    case 'binary':
    case 'pointer-difference':
      return unordered(uses(node.left), uses(node.right), tell)
    case 'pointer-add':
      return unordered(uses(node.pointer), uses(node.index), tell)
    case 'logical':
    case 'comma':
      return ordered(uses(node.left), uses(node.right))
    case 'conditional':
      return ordered(uses(node.condition), ordered(uses(node.then), uses(node.otherwise)))
    case 'assign':
      return written(node, node.target, uses(node.value), tell)
    case 'compound-assign':
      return written(node, node.target, uses(node.value), tell)
    case 'pointer-assign':
      return written(node, node.target, uses(node.index), tell)
    case 'increment':
      return written(node, node.target, nothing, tell)
    case 'call': {
      let all = node.callee.kind === 'function' ? nothing : uses(node.callee)
      for (const argument of node.arguments) all = unordered(all, uses(argument), tell)
      // All of it is done before the function begins.
      return nothing
    }
    default:
      return nothing
  }
}

/** A change of the target, after the value is known. */
function written(node: Expression, target: Expression, value: Uses, tell: Tell): Uses {
  if (target.kind !== 'variable') return unordered(usesOf(target, tell), value, tell)
  const { variable } = target
  if (value.writes.has(variable)) tell(variable, node)
  return { reads: value.reads, writes: new Map([...value.writes, [variable, node]]) }
}

function ordered(first: Uses, second: Uses): Uses {
  return {
    reads: new Set([...first.reads, ...second.reads]),
    writes: new Map([...first.writes, ...second.writes]),
  }
}

function unordered(first: Uses, second: Uses, tell: Tell): Uses {
  for (const [variable, at] of second.writes) {
    if (first.writes.has(variable) || first.reads.has(variable)) tell(variable, at)
  }
  for (const [variable, at] of first.writes) {
    if (second.reads.has(variable)) tell(variable, at)
  }
  return ordered(first, second)
}
