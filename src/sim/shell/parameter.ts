// Parameter expansion: `$x` and every form of `${…}` in bash(1).
import type { ParameterExpansionPart, ParameterOperation, SimpleExpansionPart, Word } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { evaluateText } from './arithmetic-text.ts'
import { FatalError } from './control.ts'
import type { Fields } from './fields.ts'
import { changeCase, removePattern, replacePattern, slice } from './parameter-operations.ts'
import { declaration, doubleQuote, quoteForReuse, transform } from './parameter-transform.ts'
import type { Shell } from './shell.ts'
import { refreshDynamic, specialParameter } from './special-parameters.ts'
import { elements, type Variable } from './variables.ts'

/** The word expansions that operands need; given by the caller, which itself needs this file. */
export interface OperandExpansions {
  addOperand(shell: Shell, word: Word, fields: Fields, quoted: boolean): Program<void>
  expandPattern(shell: Shell, word: Word, quoted?: boolean): Program<string>
  expandReplacement(shell: Shell, word: Word): Program<(match: string) => string>
  expandString(shell: Shell, word: Word): Program<string>
}

/** What a parameter is: one text, or the list of `$@`, `${a[*]}`. */
type Value =
  | { kind: 'one'; text: string | undefined }
  | { kind: 'list'; items: readonly string[]; star: boolean; keys?: readonly string[] }

/** `$x`, `$1`, `$@`. */
export function* expandSimple(shell: Shell, part: SimpleExpansionPart, fields: Fields, quoted: boolean): Program<void> {
  const name = part.text.slice(1)
  const value = yield* valueOf(shell, name, undefined)
  checkSet(shell, name, value)
  emit(shell, value, fields, quoted)
}

/** `${…}`. */
export function* expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  fields: Fields,
  quoted: boolean,
  expansions: OperandExpansions,
): Program<void> {
  const { operation } = part
  const toggle = operation?.type === 'Unknown' ? /^\$\{\w+(~~?)\}$/.exec(part.text)?.[1] : undefined
  if (!isName(part.parameter) || (operation?.type === 'Unknown' && toggle === undefined))
    throw badSubstitution(shell, part)
  const subscript = part.index && (yield* subscriptText(shell, part.index, part.parameter, expansions))
  if (operation?.type === 'Names') {
    emit(
      shell,
      { kind: 'list', items: shell.variables.names(part.parameter), star: operation.operator === '*' },
      fields,
      quoted,
    )
    return
  }
  if (part.prefix === '!' && (subscript === '@' || subscript === '*') && !operation) {
    const keys = elements(shell.variables.find(part.parameter)).map(([key]) => key)
    emit(shell, { kind: 'list', items: keys, star: subscript === '*' }, fields, quoted)
    return
  }
  let name = part.parameter
  let value = yield* valueOf(shell, name, subscript)
  const reference = part.prefix === '!' && shell.variables.save(name)
  if (reference && reference.reference && !operation) {
    emit(shell, { kind: 'one', text: reference.value }, fields, quoted)
    return
  }
  if (part.prefix === '!') {
    const target = yield* indirect(shell, name, value)
    name = target.name
    value = yield* valueOf(shell, target.name, target.subscript)
  }
  if (part.prefix === '#') {
    checkSet(shell, name, value, subscript)
    const length = value.kind === 'list' ? value.items.length : [...(value.text ?? '')].length
    emit(shell, { kind: 'one', text: String(length) }, fields, quoted)
    return
  }
  if (operation?.type === 'Default') {
    yield* expandDefault(shell, part, operation, name, subscript, value, fields, quoted, expansions)
    return
  }
  checkSet(shell, name, value, subscript && part.index?.text)
  if (toggle === '~' || toggle === '~~') {
    emit(
      shell,
      map(value, (text) => changeCase(text, '?', toggle)),
      fields,
      quoted,
    )
    return
  }
  emit(shell, operation ? yield* apply(shell, operation, name, value, quoted, expansions) : value, fields, quoted)
}

function isName(text: string): boolean {
  return /^(?:[A-Za-z_]\w*|\d+|[-?$!#@*])$/.test(text)
}

function badSubstitution(shell: Shell, part: ParameterExpansionPart): FatalError {
  return shell.dialect.kind === 'ash'
    ? new FatalError('syntax error: bad substitution', 2, true)
    : new FatalError(`${part.text}: bad substitution`, 1)
}

function* subscriptText(shell: Shell, index: Word, name: string, expansions: OperandExpansions): Program<string> {
  if (index.text === '@' || index.text === '*') return index.text
  const text = yield* expansions.expandString(shell, index)
  return shell.variables.find(name)?.associative ? text : String(yield* evaluateText(shell, text))
}

function* valueOf(shell: Shell, name: string, subscript: string | undefined): Program<Value> {
  if (name === '@' || name === '*') return { kind: 'list', items: shell.state.positional, star: name === '*' }
  yield* refreshDynamic(shell, name)
  if (name === 'PIPESTATUS') setPipeStatus(shell)
  if (name === 'FUNCNAME') setFunctionNames(shell)
  if (subscript === '@' || subscript === '*') {
    const entries = elements(shell.variables.find(name))
    const items = entries.map(([, value]) => value)
    return { kind: 'list', items, star: subscript === '*', keys: entries.map(([key]) => key) }
  }
  if (subscript === undefined) return { kind: 'one', text: specialParameter(shell, name) ?? shell.variables.get(name) }
  const variable = shell.variables.find(name)
  if (variable?.associative) return { kind: 'one', text: variable.associative.get(subscript) }
  const entries = elements(variable)
  const wanted = Number(subscript) < 0 ? Number(entries.at(-1)?.[0] ?? -1) + 1 + Number(subscript) : Number(subscript)
  if (wanted < 0) yield* shell.complain(`${name}: bad array subscript`)
  return { kind: 'one', text: entries.find(([key]) => key === String(wanted))?.[1] }
}

function setPipeStatus(shell: Shell): void {
  shell.variables.clearArray('PIPESTATUS', 'indexed')
  for (const [index, status] of shell.state.pipeStatus.entries()) {
    shell.variables.setElement('PIPESTATUS', index, String(status))
  }
}

function setFunctionNames(shell: Shell): void {
  shell.variables.clearArray('FUNCNAME', 'indexed')
  for (const [index, name] of shell.state.functionNames.entries()) shell.variables.setElement('FUNCNAME', index, name)
}

function* indirect(shell: Shell, name: string, value: Value): Program<{ name: string; subscript: string | undefined }> {
  const target = value.kind === 'one' ? (value.text ?? '') : value.items.join(' ')
  const match = /^([A-Za-z_]\w*|\d+|[-?$!#@*])(?:\[(.+)\])?$/.exec(target)
  if (!match?.[1])
    throw new FatalError(target === '' ? `${name}: invalid indirect expansion` : `${target}: invalid variable name`)
  const subscript = match[2]
  if (subscript === undefined || subscript === '@' || subscript === '*') return { name: match[1], subscript }
  if (shell.variables.find(match[1])?.associative) return { name: match[1], subscript }
  return { name: match[1], subscript: String(yield* evaluateText(shell, subscript)) }
}

/** `set -u`: throws when the parameter is not set. */
function checkSet(shell: Shell, name: string, value: Value, subscript?: string): void {
  if (!shell.options.nounset || value.kind === 'list' || value.text !== undefined) return
  if (shell.dialect.kind === 'ash') throw new FatalError(`${name}: parameter not set`, 2, true)
  const shown = subscript === undefined ? (/^\d/.test(name) ? `$${name}` : name) : `${name}[${subscript}]`
  throw new FatalError(`${shown}: unbound variable`, shell.fatalStatus, true)
}

function* expandDefault(
  shell: Shell,
  part: ParameterExpansionPart,
  operation: ParameterOperation & { type: 'Default' },
  name: string,
  subscript: string | undefined,
  value: Value,
  fields: Fields,
  quoted: boolean,
  expansions: OperandExpansions,
): Program<void> {
  const text = value.kind === 'one' ? value.text : value.items.length > 0 ? value.items.join(' ') : undefined
  const missing = text === undefined || (operation.operator.startsWith(':') && text === '')
  const kind = operation.operator.at(-1)
  if (kind === '+') {
    if (!missing) yield* expansions.addOperand(shell, operation.operand, fields, quoted)
    else if (quoted) fields.quoted('')
    return
  }
  if (!missing) {
    emit(shell, value, fields, quoted)
    return
  }
  if (kind === '-') {
    yield* expansions.addOperand(shell, operation.operand, fields, quoted)
    return
  }
  const operand = yield* expansions.expandString(shell, operation.operand)
  if (kind === '?') throw unsetError(shell, part, operand, operation.operator)
  if (/^[A-Za-z_]/.test(name)) {
    if (subscript === undefined) shell.variables.set(name, operand)
    else
      shell.variables.setElement(name, shell.variables.find(name)?.associative ? subscript : Number(subscript), operand)
  } else throw new FatalError(`$${name}: cannot assign in this way`)
  emit(shell, { kind: 'one', text: operand }, fields, quoted)
}

function unsetError(shell: Shell, part: ParameterExpansionPart, message: string, operator: string): FatalError {
  const standard = operator === ':?' ? 'parameter null or not set' : 'parameter not set'
  const text =
    message === '' ? (shell.dialect.kind === 'ash' && operator === '?' ? 'parameter not set' : standard) : message
  return new FatalError(`${part.parameter}: ${text}`, shell.fatalStatus, true)
}

function* apply(
  shell: Shell,
  operation: ParameterOperation,
  name: string,
  value: Value,
  quoted: boolean,
  expansions: OperandExpansions,
): Program<Value> {
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expansions.expandPattern(shell, operation.operand)
      return map(value, (text) => removePattern(text, pattern, operation.operator))
    }
    case 'Replace': {
      const pattern = yield* expansions.expandPattern(shell, operation.pattern)
      const replacement = yield* expansions.expandReplacement(shell, operation.replacement)
      return map(value, (text) => replacePattern(text, pattern, replacement, operation.operator))
    }
    case 'CaseModification': {
      const pattern = operation.operand ? yield* expansions.expandPattern(shell, operation.operand) : '?'
      return map(value, (text) => changeCase(text, pattern, operation.operator))
    }
    case 'Slice': {
      const offset = yield* evaluateText(shell, yield* expansions.expandString(shell, operation.offset))
      const length =
        operation.length && (yield* evaluateText(shell, yield* expansions.expandString(shell, operation.length)))
      return sliceValue(shell, name, value, Number(offset), length === undefined ? undefined : Number(length))
    }
    case 'Transform':
      if (!/^[UuLQEPAKak]$/.test(operation.operand.value))
        throw new FatalError(`\${${name}@${operation.operand.value}}: bad substitution`, shell.fatalStatus, true)
      return transformValue(shell, name, value, operation.operand.value, quoted)
    default:
      return value
  }
}

function sliceValue(shell: Shell, name: string, value: Value, offset: number, length: number | undefined): Value {
  if (value.kind === 'one') return { kind: 'one', text: slice(value.text ?? '', offset, length) }
  const positional = name === '@' || name === '*'
  const items = positional ? [shell.state.name, ...value.items] : value.items
  const start = offset < 0 ? items.length + offset : offset
  if (start < 0) return { ...value, items: [] }
  if (length !== undefined && length < 0) throw new FatalError(`${length}: substring expression < 0`)
  const from = positional || !value.keys ? start : value.keys.findIndex((key) => Number(key) >= start)
  if (from < 0) return { ...value, items: [] }
  return { ...value, items: items.slice(from, length === undefined ? undefined : from + length) }
}

function transformValue(shell: Shell, name: string, value: Value, operator: string, quoted: boolean): Value {
  const variable = shell.variables.find(name)
  if (operator === 'a') {
    const flags = `${variable?.indexed ? 'a' : ''}${variable?.associative ? 'A' : ''}${variable?.integer ? 'i' : ''}${variable?.readonly ? 'r' : ''}${variable?.exported ? 'x' : ''}`
    return { kind: 'one', text: flags }
  }
  if (operator === 'A') return { kind: 'one', text: assignmentText(name, value, variable) }
  if ((operator === 'K' || operator === 'k') && value.kind === 'list') {
    const pairs = value.items.map(
      (item, index) => `${value.keys?.[index] ?? index} ${operator === 'K' ? doubleQuote(item) : item}`,
    )
    return quoted ? { kind: 'one', text: pairs.join(' ') } : { ...value, items: pairs }
  }
  return map(value, (text) => transform(text, operator))
}

/** `${x@A}`: what makes the variable as it is, attributes and all. */
function assignmentText(name: string, value: Value, variable: Variable | undefined): string {
  if (value.kind === 'list') return variable ? declaration(name, variable) : ''
  if (value.text === undefined) return ''
  const flags = `${variable?.integer ? 'i' : ''}${variable?.readonly ? 'r' : ''}${variable?.exported ? 'x' : ''}`
  return `${flags === '' ? '' : `declare -${flags} `}${name}=${quoteForReuse(value.text)}`
}

function map(value: Value, change: (text: string) => string): Value {
  if (value.kind === 'one') return { kind: 'one', text: value.text === undefined ? undefined : change(value.text) }
  return { ...value, items: value.items.map(change) }
}

/** Adds a value to the fields, by the rules for `$x`, `"$x"`, `$*`, `"$*"`, `$@`, `"$@"`. */
function emit(shell: Shell, value: Value, fields: Fields, quoted: boolean): void {
  if (value.kind === 'one') {
    if (quoted) fields.quoted(value.text ?? '')
    else fields.split(value.text ?? '')
    return
  }
  const separator = shell.variables.get('IFS')
  if (quoted && value.star) {
    fields.quoted(value.items.join(separator === undefined ? ' ' : separator.slice(0, 1)))
    return
  }
  for (const [index, item] of value.items.entries()) {
    if (index > 0) fields.break()
    if (quoted) fields.quoted(item)
    else fields.split(item)
  }
}
