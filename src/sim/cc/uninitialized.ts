// -Wuninitialized: variables that are read although no path to that place has given them a value.
import { expressionText } from './expression-text.ts'
import { rangeOfNode } from './ranges.ts'
import type { Reporter } from './reporter.ts'
import type { Location } from './tokenize.ts'
import type { Expression, FunctionDefinition, Initializer, Statement, Variable } from './tree.ts'
import { isScalar } from './type-rules.ts'

/** Variables without a value so far. Undefined where control does not come. */
type State = Set<Variable> | undefined

/** Where an expression of a statement begins and ends, for the message. */
interface Use {
  readonly at: Location
  readonly range: { readonly start: Location; readonly finish: Location } | undefined
}

/**
 * Warns of each variable at its first read without a value. As gcc does without optimization, only what is certain is
 * told: a variable that one of the ways leading here has set is left alone.
 */
export function warnUninitialized(reporter: Reporter, definition: FunctionDefinition): void {
  if (!reporter.isEnabled('uninitialized')) return
  new Walker(reporter).function(definition)
}

class Walker {
  readonly #reporter: Reporter
  readonly #told = new Set<Variable>()
  readonly #declared = new Map<Variable, Location>()
  /** Variables whose address is taken somewhere: they live in memory. */
  readonly #addressed = new Set<Variable>()
  #breaks: State[] = []
  #continues: State[] = []

  constructor(reporter: Reporter) {
    this.#reporter = reporter
  }

  function({ body }: FunctionDefinition): void {
    for (const variable of addressedIn(body)) this.#addressed.add(variable)
    this.#statement(body, new Set())
  }

  #statement(statement: Statement, state: State): State {
    switch (statement.kind) {
      case 'declaration':
        return this.#declaration(statement, state)
      case 'expression':
        return this.#effect(statement.expression, state)
      case 'block': {
        let current = state
        for (const each of statement.statements) current = this.#statement(each, current)
        return current
      }
      case 'if': {
        const test = this.#value(statement.condition, state, this.#place(statement.condition))
        const then = this.#statement(statement.then, copy(test))
        const otherwise = statement.otherwise === undefined ? test : this.#statement(statement.otherwise, copy(test))
        return merge(then, otherwise)
      }
      case 'while':
        return this.#loop(state, statement.condition, undefined, statement.body, true)
      case 'do':
        return this.#loop(state, statement.condition, undefined, statement.body, false)
      case 'for': {
        const start = statement.start === undefined ? state : this.#statement(statement.start, state)
        return this.#loop(start, statement.condition, statement.step, statement.body, true)
      }
      case 'switch': {
        const before = this.#value(statement.value, state, this.#place(statement.value))
        this.#breaks.push(undefined)
        const outer = this.#switchState
        this.#switchState = copy(before)
        const end = this.#statement(statement.body, undefined)
        this.#switchState = outer
        return merge(merge(end, this.#breaks.pop()), before)
      }
      case 'case':
        return merge(state, copy(this.#switchState))
      case 'label':
        // A goto may come from anywhere: behind a label nothing is certain.
        return new Set()
      case 'break':
        this.#breaks[this.#breaks.length - 1] = merge(this.#breaks.at(-1), state)
        return undefined
      case 'continue':
        this.#continues[this.#continues.length - 1] = merge(this.#continues.at(-1), state)
        return undefined
      case 'goto':
        return undefined
      case 'return':
        if (statement.value !== undefined) this.#value(statement.value, state, this.#place(statement.value))
        return undefined
      default:
        return state
    }
  }

  #switchState: State

  #loop(
    state: State,
    condition: Expression | undefined,
    step: Expression | undefined,
    body: Statement,
    testsFirst: boolean,
  ): State {
    // What the loop sets may have been set when it comes round again.
    const head = state === undefined ? undefined : new Set(state)
    for (const variable of assignedIn([body], [condition, step])) head?.delete(variable)
    this.#breaks.push(undefined)
    this.#continues.push(undefined)
    // The first time round is looked at with what is known before the loop only where nothing is set in it.
    let current = head
    if (testsFirst && condition !== undefined) current = this.#value(condition, current, this.#place(condition))
    const after = testsFirst && condition !== undefined ? copy(current) : undefined
    let end = merge(this.#statement(body, copy(current)), this.#continues.pop())
    if (step !== undefined) end = this.#effect(step, end)
    if (!testsFirst && condition !== undefined) end = this.#value(condition, end, this.#place(condition))
    const broken = this.#breaks.pop()
    return merge(testsFirst ? after : end, broken)
  }

  #declaration(statement: Statement & { kind: 'declaration' }, state: State): State {
    const { variable, initializer, place } = statement
    this.#declared.set(variable, place as Location)
    let current = state
    const use: Use = { at: place as Location, range: undefined }
    for (const each of initializer ?? []) current = this.#value(each.value, current, use)
    if (current === undefined) return current
    const next = new Set(current)
    if (initializer === undefined && !variable.type.isVolatile) next.add(variable)
    else next.delete(variable)
    return next
  }

  #place(node: Expression): Use {
    const inner = innermost(node)
    const range = rangeOfNode(inner)
    // A constant or a name has no place of its own: that of the statement's value is its beginning.
    return { at: (range?.caret ?? inner.place) as Location, range }
  }

  /** An expression whose value nobody takes. */
  #effect(node: Expression, state: State): State {
    return this.#value(node, state, this.#place(node))
  }

  /** Reads of an expression in order; `use` is the operation that messages point to. */
  #value(node: Expression, state: State, use: Use): State {
    if (state === undefined) return undefined
    const own = () => this.#place(node)
    switch (node.kind) {
      case 'load':
        return this.#load(node.operand, state, use)
      case 'decay':
      case 'address':
        return this.#taken(node.operand, state, use)
      case 'convert':
        return this.#value(node.operand, state, use)
      case 'unary':
        return this.#value(node.operand, state, use)
      case 'member':
      case 'dereference':
        return this.#lvalue(node, state, use)
      case 'binary':
      case 'pointer-difference':
        return this.#value(node.right, this.#value(node.left, state, use), use)
      case 'comma':
        return this.#value(node.right, this.#effect(node.left, state), use)
      case 'pointer-add':
        return this.#value(node.index, this.#value(node.pointer, state, use), use)
      case 'logical': {
        const left = this.#value(node.left, state, use)
        return merge(left, this.#value(node.right, copy(left), use))
      }
      case 'conditional': {
        const test = this.#value(node.condition, state, use)
        return merge(this.#value(node.then, copy(test), use), this.#value(node.otherwise, copy(test), use))
      }
      case 'assign': {
        const after = this.#value(node.value, state, own())
        return this.#store(node.target, after, own())
      }
      case 'compound-assign': {
        const after = this.#value(node.value, state, own())
        return this.#change(node.target, after, own())
      }
      case 'pointer-assign':
        return this.#change(node.target, this.#value(node.index, state, own()), own())
      case 'increment':
        return this.#change(node.target, state, own())
      case 'call': {
        let current: State = state
        if (node.callee.kind !== 'function') current = this.#value(node.callee, current, own())
        for (const argument of node.arguments) current = this.#value(argument, current, own())
        return current
      }
      case 'compound-literal':
        return this.#list(node.initializer, state)
      case 'va_start':
      case 'va_arg':
      case 'va_copy':
        return state
      default:
        return state
    }
  }

  #list(list: readonly Initializer[], state: State): State {
    let current = state
    for (const { value } of list) current = this.#value(value, current, this.#place(value))
    return current
  }

  /** The value of a place: of a variable, a member, an element, or of what a pointer points to. */
  #load(place: Expression, state: Set<Variable>, use: Use): State {
    const after = this.#lvalue(place, state, use)
    const variable = variableOf(place)
    if (variable !== undefined && after !== undefined) {
      this.#read(variable, place.kind === 'member' ? expressionText(place) : variable.name, after, use)
    }
    return after
  }

  /** Reads inside a place: its pointer and index, not the object. */
  #lvalue(node: Expression, state: State, use: Use): State {
    switch (node.kind) {
      case 'member':
        return this.#lvalue(node.object, state, use)
      case 'dereference': {
        const { pointer } = node
        // An element of an array: only the index is read.
        if (pointer.kind === 'pointer-add' && pointer.pointer.kind === 'decay') {
          return this.#value(pointer.index, this.#lvalue(pointer.pointer.operand, state, use), use)
        }
        return this.#value(pointer, state, use)
      }
      case 'variable':
        return state
      default:
        return this.#value(node, state, use)
    }
  }

  /** An address goes out: whoever has it may set the variable. */
  #taken(node: Expression, state: State, use: Use): State {
    const variable = variableOf(node)
    return variable === undefined ? this.#lvalue(node, state, use) : without(this.#lvalue(node, state, use), variable)
  }

  #store(target: Expression, state: State, use: Use): State {
    const after = this.#lvalue(target, state, use)
    const variable = variableOf(target)
    return variable === undefined ? after : without(after, variable)
  }

  #change(target: Expression, state: State, use: Use): State {
    const after = state === undefined ? undefined : this.#load(target, state, use)
    return this.#store(target, after, use)
  }

  #read(variable: Variable, name: string, state: Set<Variable>, { at, range }: Use): void {
    if (!state.has(variable) || this.#told.has(variable)) return
    this.#told.add(variable)
    const ranges = range === undefined ? [] : [{ ...range, caret: at }]
    if (!this.#reporter.warning(at, 'uninitialized', `‘${name}’ is used uninitialized`, { ranges })) return
    const declared = this.#declared.get(variable)
    if (declared === undefined) return
    const inMemory = this.#addressed.has(variable) || !isScalar(variable.type)
    this.#reporter.note(declared, `‘${variable.name}’ ${inMemory ? 'declared here' : 'was declared here'}`)
  }
}

/** The variable that a place is, or is a part of. */
function variableOf(node: Expression): Variable | undefined {
  switch (node.kind) {
    case 'variable':
      return node.variable
    case 'member':
      return variableOf(node.object)
    case 'dereference': {
      const { pointer } = node
      const isElement = pointer.kind === 'pointer-add' && pointer.pointer.kind === 'decay'
      return isElement && pointer.pointer.kind === 'decay' ? variableOf(pointer.pointer.operand) : undefined
    }
    default:
      return undefined
  }
}

function copy(state: State): State {
  return state === undefined ? undefined : new Set(state)
}

function without(state: State, variable: Variable): State {
  if (state === undefined || !state.has(variable)) return state
  const next = new Set(state)
  next.delete(variable)
  return next
}

/** Without a value only where that holds on both ways. */
function merge(a: State, b: State): State {
  if (a === undefined) return b
  if (b === undefined) return a
  return new Set([...a].filter((variable) => b.has(variable)))
}

/** The expression below reads and implied conversions. */
function innermost(node: Expression): Expression {
  return node.kind === 'load' || (node.kind === 'convert' && node.implied) ? innermost(node.operand) : node
}

/** Variables whose address is taken anywhere in a statement. */
function addressedIn(body: Statement): Set<Variable> {
  const found = new Set<Variable>()
  visit([body], [], (node) => {
    if (node.kind === 'address' && node.operand.kind === 'variable') found.add(node.operand.variable)
  })
  return found
}

/** Variables that statements and expressions set. */
function assignedIn(statements: readonly Statement[], expressions: readonly (Expression | undefined)[]): Set<Variable> {
  const found = new Set<Variable>()
  visit(
    statements,
    expressions,
    (node) => {
      const target =
        node.kind === 'assign' ||
        node.kind === 'compound-assign' ||
        node.kind === 'pointer-assign' ||
        node.kind === 'increment'
          ? node.target
          : node.kind === 'address' || node.kind === 'decay'
            ? node.operand
            : undefined
      const variable = target === undefined ? undefined : variableOf(target)
      if (variable !== undefined) found.add(variable)
    },
    (variable) => found.add(variable),
  )
  return found
}

/** Calls back for every expression, and for every variable that is declared. */
function visit(
  statements: readonly Statement[],
  expressions: readonly (Expression | undefined)[],
  onExpression: (node: Expression) => void,
  onDeclaration: (variable: Variable) => void = () => {},
): void {
  const seeExpression = (node: Expression | undefined): void => {
    if (node === undefined) return
    onExpression(node)
    for (const child of childrenOf(node)) seeExpression(child)
  }
  const seeStatement = (statement: Statement): void => {
    switch (statement.kind) {
      case 'expression':
        seeExpression(statement.expression)
        return
      case 'block':
        for (const each of statement.statements) seeStatement(each)
        return
      case 'declaration':
        onDeclaration(statement.variable)
        for (const { value } of statement.initializer ?? []) seeExpression(value)
        return
      case 'if':
        seeExpression(statement.condition)
        seeStatement(statement.then)
        if (statement.otherwise !== undefined) seeStatement(statement.otherwise)
        return
      case 'while':
      case 'do':
        seeExpression(statement.condition)
        seeStatement(statement.body)
        return
      case 'for':
        if (statement.start !== undefined) seeStatement(statement.start)
        seeExpression(statement.condition)
        seeExpression(statement.step)
        seeStatement(statement.body)
        return
      case 'switch':
        seeExpression(statement.value)
        seeStatement(statement.body)
        return
      case 'return':
        seeExpression(statement.value)
        return
      default:
    }
  }
  for (const statement of statements) seeStatement(statement)
  for (const expression of expressions) seeExpression(expression)
}

/** The expressions directly inside another one. */
function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'member':
      return [node.object]
    case 'dereference':
      return [node.pointer]
    case 'address':
    case 'load':
    case 'decay':
    case 'convert':
    case 'unary':
      return [node.operand]
    case 'binary':
    case 'logical':
    case 'comma':
    case 'pointer-difference':
      return [node.left, node.right]
    case 'pointer-add':
      return [node.pointer, node.index]
    case 'conditional':
      return [node.condition, node.then, node.otherwise]
    case 'assign':
    case 'compound-assign':
      return [node.target, node.value]
    case 'pointer-assign':
      return [node.target, node.index]
    case 'increment':
      return [node.target]
    case 'call':
      return [node.callee, ...node.arguments]
    case 'compound-literal':
      return node.initializer.map(({ value }) => value)
    default:
      return []
  }
}
