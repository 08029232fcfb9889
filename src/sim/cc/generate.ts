// Code generation: from the checked tree of a unit to its object file, statement by statement.
import type { ObjectFile, ObjectFunction } from './bytecode.ts'
import { signatureOf } from './function-code.ts'
import { ExpressionCode } from './generate-expression.ts'
import { isAggregate, storageOf } from './storage.ts'
import type { Expression, Statement, TranslationUnit, Variable } from './tree.ts'
import { type CType, sizeOf } from './types.ts'
import { UnitData, Unsupported } from './unit-data.ts'
import { variablesInMemory } from './variables-in-memory.ts'

export { Unsupported } from './unit-data.ts'

/**
 * The object file of a checked unit.
 * @throws Unsupported with its place for what C has and this compiler lacks
 */
export function generate(unit: TranslationUnit): ObjectFile {
  const data = new UnitData(unit)
  const functions = unit.functions.map((definition) => new StatementCode(data, definition).function())
  return { file: unit.file, symbols: data.symbols, functions, data: data.data }
}

class StatementCode extends ExpressionCode {
  readonly #breaks: number[] = []
  readonly #continues: number[] = []
  readonly #labels = new Map<string, number>()
  readonly #caseLabels = new Map<Statement, number>()
  #resultAddress = -1

  function(): ObjectFunction {
    const { parameters, locals, body, symbol, variadic, place, end } = this.definition
    const inMemory = variablesInMemory(body)
    const type = symbol.type
    const returns: CType = type.kind === 'function' ? type.returns : { kind: 'void' }
    if (returns.kind === 'record') this.#resultAddress = this.newLocal()
    const arriving = parameters.map((parameter) => [parameter, this.newLocal()] as const)
    if (variadic) this.variableArguments = this.newLocal()
    this.at(place)
    for (const [parameter, register] of arriving) {
      if (!isAggregate(parameter.type) && !inMemory.has(parameter) && !parameter.type.isVolatile) {
        this.homes.set(parameter, { register })
      }
    }
    for (const [parameter, register] of arriving) this.#spill(parameter, register)
    for (const local of locals) {
      if (isAggregate(local.type) || inMemory.has(local) || local.type.isVolatile) continue
      this.homes.set(local, { register: this.newLocal() })
    }
    this.statement(body)
    this.at(end)
    // main gives 0 when it reaches its end, C11 5.1.2.2.3.
    this.emit('ret', this.#resultAddress >= 0 ? this.#resultAddress : this.value(0))
    return this.finish(
      symbol.name,
      signatureOf(
        returns,
        parameters.map((parameter) => parameter.type),
      ),
    )
  }

  /** A parameter that must be in memory gets its place there. */
  #spill(parameter: Variable, register: number): void {
    if (this.homes.has(parameter)) return
    const home = this.homeOf(parameter)
    if (!('offset' in home)) return
    const base = this.newTemporary()
    this.emit('frame', base, home.offset)
    this.store({ kind: 'memory', base, offset: 0 }, parameter.type, register)
    this.releaseTemporaries(0)
  }

  statement(statement: Statement): void {
    if (statement.kind !== 'block') this.at(statement.place)
    switch (statement.kind) {
      case 'expression':
        this.expression(statement.expression)
        break
      case 'block':
        for (const each of statement.statements) this.statement(each)
        break
      case 'declaration':
        if (statement.initializer !== undefined) {
          const { variable } = statement
          this.initialize(variable.type, this.homeOf(variable), statement.initializer)
        }
        break
      case 'if':
        this.#if(statement)
        break
      case 'while':
        this.#loop(undefined, statement.condition, undefined, statement.body)
        break
      case 'for':
        this.#loop(statement.start, statement.condition, statement.step, statement.body)
        break
      case 'do':
        this.#do(statement.body, statement.condition)
        break
      case 'switch':
        this.#switch(statement)
        break
      case 'case':
        this.put(this.#caseLabels.get(statement) ?? this.newLabel())
        break
      case 'label':
        this.put(this.#label(statement.name))
        break
      case 'goto':
        this.emit('jump', this.#label(statement.label))
        break
      case 'break':
        this.emit('jump', this.#breaks.at(-1) ?? 0)
        break
      case 'continue':
        this.emit('jump', this.#continues.at(-1) ?? 0)
        break
      case 'return':
        this.#return(statement.value)
        break
      case 'empty':
        break
    }
    this.releaseTemporaries(0)
  }

  #label(name: string): number {
    let label = this.#labels.get(name)
    if (label === undefined) {
      label = this.newLabel()
      this.#labels.set(name, label)
    }
    return label
  }

  #if({ condition, then, otherwise }: Extract<Statement, { kind: 'if' }>): void {
    const no = this.newLabel()
    this.branch(condition, no, false)
    this.releaseTemporaries(0)
    this.statement(then)
    if (otherwise === undefined) {
      this.put(no)
      return
    }
    const end = this.newLabel()
    this.emit('jump', end)
    this.put(no)
    this.statement(otherwise)
    this.put(end)
  }

  /** The condition stands below the body, so that a turn has one jump. */
  #loop(
    start: Statement | undefined,
    condition: Expression | undefined,
    step: Expression | undefined,
    body: Statement,
  ): void {
    if (start !== undefined) this.statement(start)
    const again = this.newLabel()
    const next = this.newLabel()
    const test = this.newLabel()
    const end = this.newLabel()
    if (condition !== undefined) this.emit('jump', test)
    this.put(again)
    this.#inside(end, next, body)
    this.put(next)
    if (step !== undefined) {
      this.at(step.place)
      this.expression(step)
      this.releaseTemporaries(0)
    }
    this.put(test)
    if (condition === undefined) this.emit('jump', again)
    else {
      this.at(condition.place)
      this.branch(condition, again, true)
    }
    this.put(end)
    this.releaseTemporaries(0)
  }

  #do(body: Statement, condition: Expression): void {
    const again = this.newLabel()
    const next = this.newLabel()
    const end = this.newLabel()
    this.put(again)
    this.#inside(end, next, body)
    this.put(next)
    this.at(condition.place)
    this.branch(condition, again, true)
    this.put(end)
  }

  #inside(breakTo: number, continueTo: number, body: Statement): void {
    this.#breaks.push(breakTo)
    this.#continues.push(continueTo)
    this.statement(body)
    this.#breaks.pop()
    this.#continues.pop()
  }

  #switch({ value, body }: Extract<Statement, { kind: 'switch' }>): void {
    const end = this.newLabel()
    const tested = this.newTemporary()
    this.expression(value, tested)
    let otherwise = end
    for (const each of casesOf(body)) {
      const label = this.newLabel()
      this.#caseLabels.set(each, label)
      if (each.value === undefined) otherwise = label
      else this.#case(tested, value.type, each.value, each.high, label)
    }
    this.emit('jump', otherwise)
    this.releaseTemporaries(0)
    this.#breaks.push(end)
    this.statement(body)
    this.#breaks.pop()
    this.put(end)
  }

  #case(tested: number, type: CType, low: bigint, high: bigint | undefined, label: number): void {
    const constant = (value: bigint) => {
      const wide = sizeOf(type) === 8
      const signed = storageOf(type).startsWith('i')
      const bits = wide ? 64 : 32
      const wrapped = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
      const safe = wrapped <= BigInt(Number.MAX_SAFE_INTEGER) && wrapped >= BigInt(Number.MIN_SAFE_INTEGER)
      return this.value(safe ? Number(wrapped) : wrapped)
    }
    const inUse = this.temporariesInUse
    if (high === undefined) this.emit('jeq', tested, constant(low), label)
    else {
      const skip = this.newLabel()
      this.emit('jlt', tested, constant(low), skip)
      this.emit('jle', tested, constant(high), label)
      this.put(skip)
    }
    this.releaseTemporaries(inUse)
  }

  #return(value: Expression | undefined): void {
    if (this.#resultAddress >= 0 && value !== undefined) {
      this.emit('copy', this.#resultAddress, this.expression(value), sizeOf(value.type))
      this.emit('ret', this.#resultAddress)
      return
    }
    this.emit('ret', value === undefined || value.type.kind === 'void' ? this.#void(value) : this.expression(value))
  }

  #void(value: Expression | undefined): number {
    if (value !== undefined) this.expression(value)
    return this.value(0)
  }
}

type CaseStatement = Extract<Statement, { kind: 'case' }>

/** The cases of a switch, without those of a switch inside. */
function casesOf(statement: Statement): CaseStatement[] {
  switch (statement.kind) {
    case 'case':
      return [statement]
    case 'block':
      return statement.statements.flatMap(casesOf)
    case 'if':
      return [...casesOf(statement.then), ...(statement.otherwise === undefined ? [] : casesOf(statement.otherwise))]
    case 'while':
    case 'do':
    case 'for':
      return casesOf(statement.body)
    default:
      return []
  }
}

/** For callers that print it as gcc does: `pause.c:12:3: sorry, unimplemented: …`. */
export function isUnsupported(error: unknown): error is Unsupported {
  return error instanceof Unsupported
}
