// Executes a parsed Go template over a value, with Go's error texts: `template: :1:8: executing "" at <.State.Nope>: …`.
import { formatValue } from './go-format.ts'
import type { BranchNode, CommandNode, ListNode, OperandNode, PipeNode, StatementNode } from './go-template-nodes.ts'
import { nodeText, type TemplateTreeNode } from './go-template-nodes.ts'
import { type ParameterType, shortCircuits, type TemplateFunctions } from './go-template-functions.ts'
import { GoError, GoFloat, GoMap, GoNil, GoSlice, GoStruct, isTrue, kindOf, typeOf } from './go-values.ts'
import { quoteJson } from './json.ts'

/** Why executing a template stopped. `message` is Go's, from `template: ` on. */
export class TemplateExecError extends Error {}

export interface ExecutionOptions {
  /** `missingkey=error`: a key that a map does not have ends the execution. */
  readonly missingKeyIsError?: boolean
}

/** What the parser gave, and what the template may call. */
export interface TemplateProgram {
  readonly name: string
  readonly source: string
  readonly main: ListNode
  readonly definitions: ReadonlyMap<string, ListNode>
  readonly functions: TemplateFunctions
}

/**
 * @returns the text
 * @throws TemplateExecError
 */
export function runTemplate(program: TemplateProgram, data: unknown, options: ExecutionOptions = {}): string {
  return new Execution(program, program.name, options).start(program.main, data, 0)
}

const maximumDepth = 1000

/** No value in final position of a call: nothing was piped into it. */
const nothing = Symbol('nothing')

class BreakSignal extends Error {}
class ContinueSignal extends Error {}

class Execution {
  private readonly program: TemplateProgram
  private readonly name: string
  private readonly options: ExecutionOptions
  private variables: { name: string; value: unknown }[] = []
  /** The node that an error is reported at; Go keeps it until the next one is entered. */
  private node: TemplateTreeNode | undefined
  private output = ''
  private depth = 0

  constructor(program: TemplateProgram, name: string, options: ExecutionOptions) {
    this.program = program
    this.name = name
    this.options = options
  }

  start(list: ListNode, data: unknown, depth: number): string {
    this.depth = depth
    this.variables = [{ name: '$', value: data }]
    this.walkList(list, data)
    return this.output
  }

  private fail(message: string): never {
    const { node } = this
    if (!node) throw new TemplateExecError(`template: ${this.name}: ${message}`)
    const before = this.program.source.slice(0, node.at)
    const line = before.split('\n').length
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length
    const context = nodeText(node)
    throw new TemplateExecError(
      `template: ${this.program.name}:${line}:${column}: executing ${quoteJson(this.name)} at <${context}>: ${message}`,
    )
  }

  // Statements

  private walkList(list: ListNode, dot: unknown): void {
    for (const node of list.nodes) this.walk(node, dot)
  }

  private walk(node: StatementNode, dot: unknown): void {
    this.node = node
    switch (node.kind) {
      case 'text':
        this.output += node.text
        break
      case 'action': {
        const value = this.pipeline(dot, node.pipe)
        if (node.pipe.variables.length === 0) this.output += value === undefined ? '<no value>' : printed(value)
        break
      }
      case 'if':
      case 'with':
        this.walkIfOrWith(node, dot)
        break
      case 'range':
        this.walkRange(node, dot)
        break
      case 'template':
        this.walkTemplate(node.name, node.pipe, dot)
        break
      case 'break':
        throw new BreakSignal()
      default:
        throw new ContinueSignal()
    }
  }

  private walkIfOrWith(node: BranchNode, dot: unknown): void {
    const mark = this.variables.length
    const value = this.pipeline(dot, node.pipe)
    if (isTrue(value)) this.walkList(node.body, node.kind === 'with' ? value : dot)
    else if (node.otherwise) this.walkList(node.otherwise, dot)
    this.variables.length = mark
  }

  private walkRange(node: BranchNode, dot: unknown): void {
    const mark = this.variables.length
    const value = this.pipeline(dot, node.pipe)
    const declared = node.pipe.variables.length
    const inner = this.variables.length
    const pairs = this.rangeOver(value)
    for (const [key, item] of pairs) {
      // The element goes to the last variable, the key to the one before.
      if (declared > 0) this.setLoopVariable(node.pipe, declared - 1, item)
      if (declared > 1) this.setLoopVariable(node.pipe, 0, key)
      try {
        this.walkList(node.body, item)
      } catch (signal) {
        if (signal instanceof BreakSignal) break
        if (!(signal instanceof ContinueSignal)) throw signal
      } finally {
        this.variables.length = inner
      }
    }
    if (pairs.length === 0 && node.otherwise) this.walkList(node.otherwise, dot)
    this.variables.length = mark
  }

  private setLoopVariable(pipe: PipeNode, index: number, value: unknown): void {
    const name = pipe.variables[index]
    if (name === undefined) return
    const found = this.variables.findLast((variable) => variable.name === name)
    if (found) found.value = value
  }

  private rangeOver(value: unknown): [unknown, unknown][] {
    if (value instanceof GoSlice) return (value.items ?? []).map((item, i) => [i, item])
    if (value instanceof GoMap) return value.keys().map((key) => [key, value.entries?.get(key)])
    if (value === undefined) return []
    // Since Go 1.22 a number counts.
    if (typeof value === 'number') return Array.from({ length: Math.max(0, value) }, (_, i) => [i, i])
    return this.fail(`range can't iterate over ${formatValue(value)}`)
  }

  private walkTemplate(name: string, pipe: PipeNode | undefined, dot: unknown): void {
    const list = this.program.definitions.get(name)
    if (!list) this.fail(`template ${quoteJson(name)} not defined`)
    if (this.depth === maximumDepth) this.fail(`exceeded maximum template depth (${maximumDepth})`)
    const value = pipe ? this.pipeline(dot, pipe) : undefined
    this.output += new Execution(this.program, name, this.options).start(list, value, this.depth + 1)
  }

  // Pipelines

  private pipeline(dot: unknown, pipe: PipeNode): unknown {
    this.node = pipe
    let value: unknown = nothing
    for (const command of pipe.commands) {
      value = this.command(dot, command, value)
      // A nil interface is no value from here on.
      if (value === null) value = undefined
    }
    for (const name of pipe.variables) {
      const found = pipe.assigns ? this.variables.findLast((variable) => variable.name === name) : undefined
      if (found) found.value = value
      else this.variables.push({ name, value })
    }
    return value
  }

  private command(dot: unknown, command: CommandNode, final: unknown): unknown {
    const [first, ...args] = command.args
    if (!first) throw new RangeError('a command has at least one operand')
    switch (first.kind) {
      case 'field':
        return this.field(dot, first, dot, args, final)
      case 'chain':
        return this.chain(dot, first, args, final)
      case 'identifier':
        return this.call(dot, command, first.name, args, final)
      case 'pipe':
        this.refuseArguments(first, args, final)
        return this.pipeline(dot, first)
      case 'variable':
        return this.variable(dot, first, args, final)
      default:
        break
    }
    this.node = first
    this.refuseArguments(first, args, final)
    switch (first.kind) {
      case 'bool':
      case 'string':
        return first.value
      case 'dot':
        return dot
      case 'number':
        return first.float ? new GoFloat(Number(first.value)) : first.value
      default:
        return this.fail('nil is not a command')
    }
  }

  private refuseArguments(first: OperandNode, args: readonly OperandNode[], final: unknown): void {
    if (args.length === 0 && final === nothing) return
    this.node = args[0] ?? first
    this.fail(`can't give argument to non-function ${nodeText(first)}`)
  }

  private variable(
    dot: unknown,
    node: OperandNode & { kind: 'variable' },
    args: readonly OperandNode[],
    final: unknown,
  ): unknown {
    this.node = node
    const found = this.variables.findLast((variable) => variable.name === node.name)
    if (!found) this.fail(`undefined variable: ${node.name}`)
    if (node.names.length === 0) {
      this.refuseArguments(node, args, final)
      return found.value
    }
    return this.field(dot, node, found.value, args, final)
  }

  private chain(
    dot: unknown,
    node: OperandNode & { kind: 'chain' },
    args: readonly OperandNode[],
    final: unknown,
  ): unknown {
    this.node = node
    if (node.node.kind === 'nil') this.fail(`indirection through explicit nil in ${nodeText(node)}`)
    const value = this.argument(dot, node.node, 'any')
    return this.field(dot, node, value, args, final)
  }

  /** `.A.B.C args`: the arguments go to the last name. */
  private field(
    dot: unknown,
    node: OperandNode & { names: readonly string[] },
    receiver: unknown,
    args: readonly OperandNode[],
    final: unknown,
  ): unknown {
    this.node = node
    let value = receiver
    for (const name of node.names.slice(0, -1)) value = this.member(dot, node, value, name, [], nothing)
    return this.member(dot, node, value, node.names.at(-1) ?? '', args, final)
  }

  private member(
    dot: unknown,
    node: OperandNode,
    receiver: unknown,
    name: string,
    args: readonly OperandNode[],
    final: unknown,
  ): unknown {
    if (receiver === undefined) {
      if (this.options.missingKeyIsError) this.fail(`nil data; no entry for key ${quoteJson(name)}`)
      return undefined
    }
    if (receiver === null || receiver instanceof GoNil) this.fail(`nil pointer evaluating ${typeOf(receiver)}.${name}`)
    const hasArguments = args.length > 0 || final !== nothing
    if (receiver instanceof GoStruct) {
      const method = receiver.methods.get(name)
      if (method) {
        const parameters = Array.from({ length: method.parameters }, (): ParameterType => 'string')
        const values = this.arguments(dot, name, parameters, false, args, final)
        return this.calling(node, name, () => method.call(...values.map(String)))
      }
      if (receiver.fields.has(name)) {
        if (hasArguments) this.fail(`${name} has arguments but cannot be invoked as function`)
        return receiver.fields.get(name)
      }
    }
    if (receiver instanceof GoMap) {
      if (hasArguments) this.fail(`${name} is not a method but has arguments`)
      if (receiver.entries?.has(name)) return receiver.entries.get(name)
      if (this.options.missingKeyIsError) this.fail(`map has no entry for key ${quoteJson(name)}`)
      return undefined
    }
    return this.fail(`can't evaluate field ${name} in type ${typeOf(receiver)}`)
  }

  // Calls

  private call(
    dot: unknown,
    command: TemplateTreeNode,
    name: string,
    args: readonly OperandNode[],
    final: unknown,
  ): unknown {
    this.node = command
    const called = this.program.functions.get(name)
    if (!called) this.fail(`${quoteJson(name)} is not a defined function`)
    if (shortCircuits.has(name)) return this.shortCircuit(dot, name, args, final)
    const values = this.arguments(dot, name, called.parameters, called.variadic ?? false, args, final)
    return this.calling(command, name, () => called.call(...values))
  }

  /** `and` and `or` evaluate no further than needed. */
  private shortCircuit(dot: unknown, name: string, args: readonly OperandNode[], final: unknown): unknown {
    const count = args.length + (final === nothing ? 0 : 1)
    if (count === 0) this.fail(`wrong number of args for ${name}: want at least 1 got 0`)
    let value: unknown
    for (const arg of args) {
      value = this.argument(dot, arg, 'any')
      if (isTrue(value) === (name === 'or')) return value
    }
    return final === nothing ? value : final
  }

  private calling(node: TemplateTreeNode, name: string, call: () => unknown): unknown {
    try {
      return call()
    } catch (error) {
      if (!(error instanceof GoError)) throw error
      this.node = node
      return this.fail(`error calling ${name}: ${error.message}`)
    }
  }

  private arguments(
    dot: unknown,
    name: string,
    parameters: readonly ParameterType[],
    variadic: boolean,
    args: readonly OperandNode[],
    final: unknown,
  ): unknown[] {
    const count = args.length + (final === nothing ? 0 : 1)
    const fixed = variadic ? parameters.length - 1 : parameters.length
    if (variadic && count < fixed)
      this.fail(`wrong number of args for ${name}: want at least ${fixed} got ${args.length}`)
    if (!variadic && count !== fixed) this.fail(`wrong number of args for ${name}: want ${fixed} got ${count}`)
    const typeAt = (i: number): ParameterType => parameters[Math.min(i, parameters.length - 1)] ?? 'any'
    const values = args.map((arg, i) => this.argument(dot, arg, typeAt(i)))
    if (final !== nothing) values.push(this.checked(final, typeAt(args.length)))
    return values
  }

  private argument(dot: unknown, node: OperandNode, type: ParameterType): unknown {
    this.node = node
    switch (node.kind) {
      case 'dot':
        return this.checked(dot, type)
      case 'nil':
        if (type === 'any' || type === '[]string') return undefined
        return this.fail(`cannot assign nil to ${type}`)
      case 'field':
        return this.checked(this.field(dot, node, dot, [], nothing), type)
      case 'variable':
        return this.checked(this.variable(dot, node, [], nothing), type)
      case 'pipe':
        return this.checked(this.pipeline(dot, node), type)
      case 'identifier':
        return this.checked(this.call(dot, node, node.name, [], nothing), type)
      case 'chain':
        return this.checked(this.chain(dot, node, [], nothing), type)
      default:
        break
    }
    if (type === '[]string') this.fail(`can't handle ${nodeText(node)} for arg of type []string`)
    if (type === 'string' && node.kind !== 'string') this.fail(`expected string; found ${nodeText(node)}`)
    if (type === 'int' && (node.kind !== 'number' || node.float)) this.fail(`expected integer; found ${nodeText(node)}`)
    return node.kind === 'number' && node.float ? new GoFloat(Number(node.value)) : node.value
  }

  private checked(value: unknown, type: ParameterType): unknown {
    if (type === 'any') return value === null ? undefined : value
    if (value === undefined) this.fail(`invalid value; expected ${type}`)
    const found = typeOf(value)
    if (found === type || (type === 'int' && kindOf(value) === 'int')) return value
    return this.fail(`wrong type for value; expected ${type}; got ${found}`)
  }
}

/** A value as an action prints it: a pointer to a struct as the struct. */
function printed(value: unknown): string {
  const text = formatValue(value)
  return value instanceof GoStruct && text.startsWith('&') ? text.slice(1) : text
}
