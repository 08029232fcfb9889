// Initializers: braces, designators, brace elision and strings, made into a flat list of values at offsets (C17 6.7.9).
import { convertForAssignment } from './assign.ts'
import { isConstantInitializer } from './constants.ts'
import type { Context } from './context.ts'
import { memberPlace } from './member-places.ts'
import type { FixIt } from './diagnostics.ts'
import { isError, type Operand, read } from './operand.ts'
import { parseAssignment, parseConstant } from './parse-expression.ts'
import type { Location } from './tokenize.ts'
import type { Initializer } from './tree.ts'
import { errorType, isInteger, quotedType, unqualified } from './type-rules.ts'
import { type CType, type Member, sizeOf } from './types.ts'
import { findMember, memberNames } from './members.ts'
import { warnSequence } from './sequence.ts'
import { suggest } from './spelling.ts'

export interface InitializerResult {
  readonly list: readonly Initializer[]
  /** The type, its length known now. */
  readonly type: CType
  readonly failed: boolean
}

/** An object that is being filled, element by element. */
interface Frame {
  readonly type: CType
  readonly offset: number
  readonly bits: Member['bits']
  /** `p.x`, `a[1]`: for "near initialization". */
  readonly path: string
  /** The next element or member. */
  index: number
  /** Begun by a brace of its own. */
  readonly braced: boolean
  /** Where braces that are left out would open. */
  readonly opensAt?: Location
}

interface State {
  readonly c: Context
  readonly isStatic: boolean
  readonly declared: Location
  readonly values: Initializer[]
  failed: boolean
  /** Elements of the outermost array, when its length is to be counted. */
  longest: number
  /** Braces that are left out, for -Wmissing-braces. */
  readonly missing: FixIt[]
}

/** `[first ... last]`: what its first element gets, the others get too. */
interface Repeat {
  readonly frame: Frame
  readonly first: number
  readonly last: number
  /** Bytes from one element to the next. */
  readonly step: number
}

/**
 * Reads an initializer for an object.
 * @param isStatic only constants may stand in it
 * @param declared where gcc tells of members that have no initializer
 */
export function parseInitializer(
  c: Context,
  type: CType,
  name: string,
  isStatic: boolean,
  declared: Location = c.position,
): InitializerResult {
  const state: State = { c, isStatic, declared, values: [], failed: false, longest: 0, missing: [] }
  const at = c.peek().at
  if (c.is('{') && c.peek().kind === 'punctuator') {
    c.next()
    braces(state, { type, offset: 0, bits: undefined, path: name, index: 0, braced: true }, at)
    const isZero =
      state.values.length === 1 && state.values[0]?.value.kind === 'constant' && state.values[0].value.value === 0n
    if (state.missing.length > 0 && !isZero) {
      c.reporter.warning(at, 'missing-braces', 'missing braces around initializer', { fixits: state.missing })
    }
  } else {
    const value = parseAssignment(c)
    if (!isError(value) && type !== errorType) whole(state, type, value, at)
    else state.failed = true
  }
  return { list: state.values, type: completed(type, state), failed: state.failed }
}

function completed(type: CType, { longest, values }: State): CType {
  if (type.kind !== 'array' || type.length !== undefined) return type
  const [first] = values
  if (values.length === 1 && first?.value.kind === 'string' && first.type.kind === 'array' && longest === 0) {
    return { ...type, length: first.value.bytes.length }
  }
  return { ...type, length: longest }
}

/** An initializer without braces. */
function whole(state: State, type: CType, value: Operand, at: Location): void {
  const { c } = state
  if (type.kind === 'array') {
    if (isStringFor(type, value)) {
      storeString(state, type, 0, value, at)
      return
    }
    if (value.node.kind === 'compound-literal' || value.node.type.kind === 'array') {
      c.reporter.error(
        at,
        value.node.kind === 'string'
          ? wrongStringText(type)
          : 'array initialized from non-constant array expression'.replace(
              'array initialized from non-constant array expression',
              'invalid initializer',
            ),
      )
    } else c.reporter.error(at, 'invalid initializer')
    state.failed = true
    return
  }
  if (type.kind === 'function') {
    state.failed = true
    return
  }
  store(state, { type, offset: 0, bits: undefined, path: '', index: 0, braced: false }, value, at)
}

function wrongStringText(type: CType): string {
  return type.kind === 'array' && type.of.kind === 'integer'
    ? `wide character array initialized from non-wide string`
    : 'invalid initializer'
}

function isCharacter(type: CType): boolean {
  return type.kind === 'integer' && type.name.endsWith('char')
}

function isStringFor(type: CType, value: Operand): boolean {
  return type.kind === 'array' && isCharacter(type.of) && value.node.kind === 'string'
}

function storeString(state: State, type: CType, offset: number, value: Operand, at: Location, path = ''): void {
  const { node } = value
  if (type.kind !== 'array' || node.kind !== 'string') return
  if (type.length !== undefined && node.bytes.length - 1 > type.length) {
    state.c.reporter.warning(
      at,
      undefined,
      `initializer-string for array of ${quotedType(unqualified(type.of))} is too long`,
    )
    near(state, path, at)
  }
  state.values.push({
    offset,
    type: type.length === undefined ? { ...type, length: node.bytes.length } : type,
    value: node,
  })
}

function near({ c }: State, path: string, at: Location): void {
  if (path !== '') c.reporter.note(at, `(near initialization for ‘${path}’)`)
}

/** Converts and stores one value. */
function store(state: State, target: Frame, value: Operand, at: Location): void {
  const { c } = state
  if (target.type === errorType) return
  warnSequence(c.reporter, read(value).node)
  const before = c.reporter.diagnostics.length
  // Inside braces gcc names the type itself, not the typedef that a member was declared with.
  const { alias: _alias, ...plain } = target.type
  const wanted = target.path === '' ? target.type : (plain as CType)
  const node = convertForAssignment(c, value, wanted, { kind: 'initialize' }, at)
  if (c.reporter.diagnostics.length > before && target.path !== '') near(state, target.path, at)
  if (node === undefined) {
    state.failed = true
    return
  }
  if (state.isStatic && node.type !== errorType && !isConstantInitializer(node)) {
    c.reporter.error(at, 'initializer element is not constant')
    near(state, target.path, at)
    state.failed = true
    return
  }
  state.values.push({
    offset: target.offset,
    type: target.type,
    value: node,
    ...(target.bits === undefined ? {} : { bits: target.bits }),
  })
}

/** What stands at the frame's next place; undefined when it is full. */
function current({ type, offset, path, index }: Frame): Frame | undefined {
  if (type.kind === 'array') {
    if (type.length !== undefined && index >= type.length) return undefined
    const place = offset + index * sizeOf(type.of)
    return { type: type.of, offset: place, bits: undefined, path: `${path}[${index}]`, index: 0, braced: false }
  }
  if (type.kind === 'record') {
    const members = type.record.members ?? []
    const member = members[index]
    if (member === undefined || (type.record.form === 'union' && index > 0)) return undefined
    return memberFrame(member, offset, path)
  }
  return index > 0 ? undefined : { type, offset, bits: undefined, path, index: 0, braced: false }
}

function memberFrame(member: Member, offset: number, path: string): Frame {
  return {
    type: member.type,
    offset: offset + member.offset,
    bits: member.bits,
    path: `${path}.${member.name ?? '<anonymous>'}`,
    index: 0,
    braced: false,
  }
}

function isAggregate(type: CType): boolean {
  return type.kind === 'array' || type.kind === 'record'
}

/** The elements between braces; `{` has been read. */
function braces(state: State, outer: Frame, open: Location): void {
  const { c } = state
  const stack: Frame[] = [outer]
  const isCounting = outer.type.kind === 'array' && outer.type.length === undefined && state.values.length === 0
  const top = (): Frame => stack.at(-1) ?? outer
  if (c.is('}') && !isAggregate(outer.type) && outer.type !== errorType) {
    c.reporter.error(open, 'empty scalar initializer')
    near(state, outer.path, open)
    state.failed = true
  }
  let lastValue = open
  let designated = false
  const valuesBefore = state.values.length
  while (!c.is('}') && c.peek().kind !== 'end') {
    const at = c.peek().at
    let isDesignated = false
    const repeats: Repeat[] = []
    const valuesOfOthers = state.values.length
    if ((c.is('.') || c.is('[')) && c.peek().kind === 'punctuator') {
      stack.length = 1
      isDesignated = designate(state, stack, repeats)
      designated = true
      if (!isDesignated) {
        // The value is read all the same, for its own errors.
        if (c.accept('{')) skipBraces(c)
        else if (!c.is(',') && !c.is('}')) parseAssignment(c)
        if (!c.accept(',')) break
        continue
      }
    }
    const valueAt = c.peek().at
    // Frames that are full end here.
    while (stack.length > 1 && current(top()) === undefined) {
      close(state, stack.pop(), lastValue)
      top().index += 1
    }
    const place = current(top())
    if (c.is('{') && c.peek().kind === 'punctuator') {
      c.next()
      if (place === undefined) {
        excess(state, outer, valueAt)
        skipBraces(c)
      } else {
        if (!isAggregate(place.type) && place.type !== errorType) {
          c.reporter.warning(valueAt, undefined, 'braces around scalar initializer')
          near(state, place.path, valueAt)
        }
        c.nested(() => braces(state, { ...place, braced: true }, valueAt))
      }
    } else {
      const value = parseAssignment(c)
      if (place === undefined) {
        if (!isError(value)) excess(state, outer, valueAt)
      } else if (isError(value)) state.failed = true
      else element(state, stack, place, value, valueAt)
    }
    void at
    repeat(state, repeats, valuesOfOthers)
    lastValue = c.last
    advance(stack)
    if (isCounting) state.longest = Math.max(state.longest, stack.length === 1 ? outer.index : outer.index + 1)
    if (!c.is(',')) break
    c.next()
  }
  while (stack.length > 1) {
    close(state, stack.pop(), lastValue)
    outer.index += 1
  }
  if (!designated) warnMissing(state, outer, state.values.length - valuesBefore)
  if (!c.is('}')) {
    // gcc asks for the brace only; what follows is left to the recovery of the declaration.
    c.skipUntil('}', 'expected ‘}’', open)
    return
  }
  c.next()
  if (isCounting && outer.type.kind === 'array') state.longest = Math.max(state.longest, 0)
}

/** Copies what was stored for the first elements of ranges to the others, the innermost range first. */
function repeat({ values }: State, repeats: readonly Repeat[], from: number): void {
  for (const { frame, first, last, step } of repeats.toReversed()) {
    const once = values.slice(from)
    for (let index = first + 1; index <= last; index += 1) {
      values.push(...once.map((value) => ({ ...value, offset: value.offset + (index - first) * step })))
    }
    frame.index = last
  }
}

/** Stores a value, going down into aggregates whose braces are left out. */
function element(state: State, stack: Frame[], place: Frame, value: Operand, at: Location): void {
  let target = place
  for (let depth = 0; depth < 64; depth += 1) {
    const { type } = target
    if (isStringFor(type, value)) {
      storeString(state, type, target.offset, value, at, target.path)
      return
    }
    if (!isAggregate(type)) break
    if (type.kind === 'record' && value.node.type.kind === 'record' && value.node.type.record === type.record) break
    const inner = current(target)
    if (inner === undefined) {
      if (type.kind === 'record' && (type.record.members ?? []).length === 0) excess(state, target, at)
      return
    }
    stack.push({ ...target, index: 0, opensAt: at })
    if (at.via === undefined) state.missing.push({ kind: 'insert', line: at.line, column: at.column, text: '{' })
    target = inner
  }
  // `char s[] = {"abc"}`: the string is the array's, not its first element's.
  const outer = stack.at(-1)
  if (outer !== undefined && outer.index === 0 && outer.braced && isStringFor(outer.type, value)) {
    storeString(state, outer.type, outer.offset, value, at, outer.path)
    if (outer.type.kind === 'array' && outer.type.length === undefined && value.node.kind === 'string') {
      state.longest = value.node.bytes.length
    }
    return
  }
  store(state, target, value, at)
}

/** -Wmissing-field-initializers: members behind the last value; `{0}` and `{}` mean all of them. */
function warnMissing({ c, declared, values }: State, { type, index }: Frame, count: number): void {
  if (type.kind !== 'record' || type.record.form === 'union' || count === 0) return
  const member = (type.record.members ?? [])[index]
  const last = values.at(-1)?.value
  if (member?.name === undefined || (count === 1 && last?.kind === 'constant' && last.value === 0n)) return
  const message = `missing initializer for field ‘${member.name}’ of ${quotedType(unqualified(type))}`
  if (!c.reporter.warning(declared, 'missing-field-initializers', message)) return
  const at = memberPlace(member)
  if (at !== undefined) c.reporter.note(at, `‘${member.name}’ declared here`)
}

/** Where the braces that were left out around a frame would close. */
function close(state: State, frame: Frame | undefined, last: Location): void {
  if (frame?.opensAt === undefined || last.via !== undefined || frame.opensAt.via !== undefined) return
  state.missing.push({ kind: 'insert', line: last.line, column: last.end + 1, text: '}' })
}

/** After an element: the next one, one frame up where that was the last. */
function advance(stack: Frame[]): void {
  const frame = stack.at(-1)
  if (frame !== undefined) frame.index += 1
}

function excess(state: State, { type, path }: Frame, at: Location): void {
  const what = type.kind === 'array' ? 'array' : type.kind === 'record' ? type.record.form : 'scalar'
  state.c.reporter.warning(at, undefined, `excess elements in ${what} initializer`)
  near(state, path, at)
}

function skipBraces(c: Context): void {
  c.skipUntil('}', undefined)
}

/** `.name`, `[index]` and chains of them; sets the stack to where they lead. False after a message. */
function designate(state: State, stack: Frame[], repeats: Repeat[]): boolean {
  const { c } = state
  let frame = stack[0]
  let isFirst = true
  let isGood = true
  while ((c.is('.') || c.is('[')) && frame !== undefined) {
    if (!isFirst && isGood) {
      const inner = current(frame)
      if (inner === undefined) return false
      stack.push(inner)
      frame = inner
    }
    isFirst = false
    const start = c.next()
    if (start.text === '.') {
      const name = c.peek()
      if (!c.isName(name)) {
        c.syntaxError('expected identifier')
        return false
      }
      c.next()
      if (isGood) isGood = designateMember(state, stack, frame, name.text, start.at, name.at)
      frame = stack.at(-1)
    } else {
      const { value, operand } = parseConstant(c)
      const end = c.accept('...') ? parseConstant(c) : undefined
      c.skipUntil(']', 'expected ‘]’')
      if (!isGood || isError(operand)) {
        isGood = false
        continue
      }
      isGood = designateIndex(state, frame, value, operand, operand.start)
      if (isGood && end !== undefined) isGood = designateRange(state, frame, end, repeats, operand.start)
    }
  }
  c.require('=', 'expected ‘=’', { unique: false })
  return isGood
}

function designateMember(
  state: State,
  stack: Frame[],
  start: Frame,
  name: string,
  at: Location,
  nameAt: Location,
): boolean {
  const { c } = state
  let frame = start
  if (frame.type === errorType) return false
  if (frame.type.kind !== 'record') {
    const what = frame.type.kind === 'array' ? 'array' : 'non-record'
    c.reporter.error(at, 'field name not in record or union initializer')
    near(state, frame.path, at)
    void what
    return false
  }
  const way = findMember(frame.type.record, name)
  if (way === undefined) {
    const hint = suggest(name, memberNames(frame.type.record))
    const message = `${quotedType(unqualified(frame.type))} has no member named ‘${name}’`
    if (hint === undefined) c.reporter.error(nameAt, message)
    else {
      c.reporter.error(nameAt, `${message}; did you mean ‘${hint}’?`, {
        fixits: [{ kind: 'replace', at: nameAt, text: hint }],
      })
    }
    return false
  }
  for (const [depth, member] of way.entries()) {
    if (frame.type.kind !== 'record') return false
    const index = (frame.type.record.members ?? []).indexOf(member)
    frame.index = index
    if (depth < way.length - 1) {
      const inner = memberFrame(member, frame.offset, frame.path)
      stack.push(inner)
      frame = inner
    } else if (frame.type.record.form === 'union') designateUnion(stack, member, index)
  }
  return true
}

/** The end of a range, whose beginning the frame stands at. */
function designateRange(
  state: State,
  frame: Frame,
  { value, operand }: { value: bigint | undefined; operand: Operand },
  repeats: Repeat[],
  at: Location,
): boolean {
  const { type, index: first } = frame
  const fail = (message: string): false => {
    state.c.reporter.error(at, message)
    near(state, frame.path, at)
    return false
  }
  if (type.kind !== 'array' || isError(operand)) return false
  if (value === undefined) {
    return fail(
      isInteger(operand.node.type)
        ? 'nonconstant array index in initializer'
        : 'array index in initializer not of integer type',
    )
  }
  if (value < BigInt(first)) return fail('empty index range in initializer')
  if (value > 1n << 24n || (type.length !== undefined && value >= BigInt(type.length))) {
    return fail('array index range in initializer exceeds array bounds')
  }
  repeats.push({ frame, first, last: Number(value), step: sizeOf(type.of) })
  return true
}

/** A union's member other than the first: the frame holds that member only. */
function designateUnion(stack: Frame[], member: Member, index: number): void {
  const frame = stack.at(-1)
  if (frame === undefined || index === 0 || frame.type.kind !== 'record') return
  const only: CType = { ...frame.type, record: { ...frame.type.record, members: [member] } }
  stack[stack.length - 1] = { ...frame, type: only, index: 0 }
}

function designateIndex(
  state: State,
  frame: Frame,
  value: bigint | undefined,
  operand: Operand,
  at: Location,
): boolean {
  const { c } = state
  const { type } = frame
  const fail = (message: string): false => {
    c.reporter.error(at, message)
    near(state, frame.path, at)
    return false
  }
  if (type === errorType) return false
  if (type.kind !== 'array') return fail('array index in non-array initializer')
  if (value === undefined) {
    return fail(
      isInteger(operand.node.type)
        ? 'nonconstant array index in initializer'
        : 'array index in initializer not of integer type',
    )
  }
  if (value < 0n || (type.length !== undefined && value >= BigInt(type.length))) {
    return fail('array index in initializer exceeds array bounds')
  }
  if (value > 1n << 40n) return fail('array index in initializer exceeds array bounds')
  frame.index = Number(value)
  return true
}
