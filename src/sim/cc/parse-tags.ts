// struct, union and enum specifiers: members, layout by the x86-64 ABI, enumerators.
import type { Context } from './context.ts'
import { parseDeclarator } from './declarator.ts'
import { parseConstant } from './parse-expression.ts'
import { isError } from './operand.ts'
import { rememberMember } from './member-places.ts'
import { lookupTag, type Tag } from './scope.ts'
import {
  noAttributes,
  parseAttributes,
  parseSpecifiers,
  setTagParser,
  startsSpecifiers,
  type Specifiers,
} from './specifiers.ts'
import type { Location } from './tokenize.ts'
import { errorType, isIncomplete, isInteger, quotedType, typeName } from './type-rules.ts'
import {
  alignmentOf,
  type CType,
  type Enumeration,
  type EnumType,
  type Member,
  type RecordLayout,
  type RecordType,
  sizeOf,
} from './types.ts'

export interface TagSpecifier {
  readonly type: CType
  readonly isDefinition: boolean
}

/** A member before its place is known. */
interface Field {
  readonly name: string | undefined
  readonly type: CType
  readonly at: Location
  readonly width: number | undefined
}

export function parseRecord(c: Context): TagSpecifier {
  const word = c.next()
  const form = word.text === 'union' ? 'union' : 'struct'
  const attributes = noAttributes()
  parseAttributes(c, attributes)
  const name = c.isName() ? c.next() : undefined
  if (!c.is('{')) {
    if (name === undefined) {
      c.syntaxError('expected ‘{’')
      return { type: errorType, isDefinition: false }
    }
    const forward = c.is(';')
    const tag = findTag(c, form, name.text, name.at, forward)
    return { type: tag?.type ?? errorType, isDefinition: false }
  }
  c.next()
  const type = startRecord(c, form, name?.text, name?.at ?? word.at)
  const fields = parseMembers(c)
  parseAttributes(c, attributes)
  layOut(c, type.record, fields, attributes.packed)
  return { type, isDefinition: true }
}

/** The tag's type; made here when it is not known yet. Undefined when the tag is of another form. */
function findTag(c: Context, form: Tag['form'], name: string, at: Location, forward: boolean): Tag | undefined {
  const known = forward ? c.scope.tags.get(name) : lookupTag(c.scope, name)
  if (known !== undefined) {
    if (known.form === form) return known
    c.reporter.error(at, `‘${name}’ defined as wrong kind of tag`)
    return undefined
  }
  if (c.scope.kind === 'prototype' && form !== 'enum') {
    c.reporter.warning(
      at,
      undefined,
      `‘${form} ${name}’ declared inside parameter list will not be visible outside of this definition or declaration`,
    )
  }
  const type: CType =
    form === 'enum'
      ? { kind: 'enum', tag: name }
      : { kind: 'record', record: { form, tag: name, members: undefined, size: 0, alignment: 1 } }
  const tag: Tag = { form, type, at, defined: false }
  c.scope.tags.set(name, tag)
  return tag
}

function startRecord(c: Context, form: 'struct' | 'union', name: string | undefined, at: Location): RecordType {
  const fresh: RecordType = { kind: 'record', record: { form, tag: name, members: undefined, size: 0, alignment: 1 } }
  if (name === undefined) return fresh
  const known = c.scope.tags.get(name)
  if (known === undefined) {
    c.scope.tags.set(name, { form, type: fresh, at, defined: true })
    return fresh
  }
  if (known.form !== form) {
    c.reporter.error(at, `‘${name}’ defined as wrong kind of tag`)
    return fresh
  }
  if (known.defined) {
    c.reporter.error(at, `redefinition of ‘${form} ${name}’`)
    c.reporter.note(known.at, 'originally defined here')
    return fresh
  }
  known.defined = true
  known.at = at
  return known.type.kind === 'record' ? known.type : fresh
}

function parseMembers(c: Context): Field[] {
  const fields: Field[] = []
  for (;;) {
    if (c.is(';')) {
      c.next()
      continue
    }
    if (c.accept('}')) return fields
    if (c.is('_Static_assert')) {
      parseStaticAssert(c)
      continue
    }
    fields.push(...c.nested(() => parseMember(c)))
    if (c.accept(';')) continue
    if (c.is('}')) c.reporter.warning(c.peek().at, undefined, 'no semicolon at end of struct or union')
    else if (c.hasError || !startsSpecifiers(c)) {
      c.syntaxError('expected ‘;’')
      c.skipUntil('}', undefined)
      return fields
    }
  }
}

/** `_Static_assert(constant, "text");` */
export function parseStaticAssert(c: Context): void {
  const { at } = c.next()
  if (!c.require('(', 'expected ‘(’')) return
  const open = c.last
  const { value, operand } = parseConstant(c)
  let text = ''
  if (c.accept(',')) {
    if (c.peek().kind === 'string') text = c.next().text
    else c.syntaxError('expected string literal')
  }
  c.skipUntil(')', 'expected ‘)’', open)
  if (!isError(operand)) {
    if (value === undefined) c.reporter.error(operand.start, 'expression in static assertion is not constant')
    else if (value === 0n) c.reporter.error(at, `static assertion failed${text === '' ? '' : `: ${text}`}`)
  }
  c.require(';', 'expected ‘;’')
}

function parseMember(c: Context): Field[] {
  const specifiers = parseSpecifiers(c, { storage: false, guess: 'declarator' })
  if (c.hasError) return []
  if (!specifiers.seen) {
    c.syntaxError('expected specifier-qualifier-list')
    return []
  }
  if (c.is(';') || c.is('}')) return anonymousMember(c, specifiers)
  if (specifiers.typeKind === 'definition' && specifiers.type.kind !== 'enum' && startsSpecifiers(c) && !c.isName()) {
    c.syntaxError('expected ‘;’, identifier or ‘(’')
    c.hasError = false
    return []
  }
  const fields: Field[] = []
  for (;;) {
    let field: { name: string | undefined; type: CType; at: Location } | undefined
    if (c.is(':')) field = { name: undefined, type: specifiers.type, at: c.peek().at }
    else {
      const declarator = parseDeclarator(c, specifiers.typeKind !== 'none', 'normal')
      if (declarator === undefined) {
        c.skipStatement()
        return fields
      }
      field = { name: declarator.name, at: declarator.at, type: declarator.build(c, specifiers.type) }
    }
    const isEnd = [':', ',', ';', '}', '__attribute__'].some((text) => c.is(text))
    if (!isEnd) {
      c.syntaxError('expected ‘:’, ‘,’, ‘;’, ‘}’ or ‘__attribute__’')
      return fields
    }
    let width: number | undefined
    if (c.accept(':')) width = parseWidth(c, field)
    parseAttributes(c, noAttributes())
    addField(c, fields, field, width)
    if (c.accept(',')) continue
    if (!c.is(';') && !c.is('}')) c.syntaxError('expected ‘,’, ‘;’ or ‘}’')
    return fields
  }
}

function anonymousMember(c: Context, { type, typeKind, at }: Specifiers): Field[] {
  if (type.kind === 'record' && (type.record.tag === undefined || typeKind === 'definition')) {
    if (type.record.tag === undefined) return [{ name: undefined, type, at, width: undefined }]
  }
  c.reporter.warning(c.peek().at, undefined, 'declaration does not declare anything')
  return []
}

function parseWidth(c: Context, field: { name: string | undefined; type: CType; at: Location }): number | undefined {
  const { value, operand } = parseConstant(c)
  if (isError(operand) || field.type === errorType) return 1
  const name = field.name === undefined ? '<anonymous>' : field.name
  if (value === undefined) {
    c.reporter.error(field.at, `bit-field ‘${name}’ width not an integer constant`)
    return 1
  }
  if (!isInteger(field.type)) {
    c.reporter.error(field.at, `bit-field ‘${name}’ has invalid type`)
    return undefined
  }
  if (value < 0n) {
    c.reporter.error(field.at, `negative width in bit-field ‘${name}’`)
    return 1
  }
  const limit = field.type.kind === 'integer' && field.type.name === '_Bool' ? 1 : sizeOf(field.type) * 8
  if (value > BigInt(limit)) {
    c.reporter.error(field.at, `width of ‘${name}’ exceeds its type`)
    return limit
  }
  if (value === 0n && field.name !== undefined) {
    c.reporter.error(field.at, `zero width for bit-field ‘${name}’`)
    return 1
  }
  return Number(value)
}

function addField(
  c: Context,
  fields: Field[],
  field: { name: string | undefined; type: CType; at: Location },
  width: number | undefined,
): void {
  let { type } = field
  const { name, at } = field
  if (name !== undefined && type !== errorType) {
    if (type.kind === 'function') {
      c.reporter.error(at, `field ‘${name}’ declared as a function`)
      type = errorType
    } else if (type.kind === 'void') {
      c.reporter.error(at, `variable or field ‘${name}’ declared void`)
      type = errorType
    } else if (isIncomplete(type) && !(type.kind === 'array' && type.length === undefined && !isIncomplete(type.of))) {
      c.reporter.error(at, `field ‘${name}’ has incomplete type`)
      type = errorType
    }
  }
  fields.push({ name, type, at, width })
}

/** Gives each member its offset. Bit-fields share the storage unit of their type while they fit in it. */
function layOut(c: Context, record: RecordLayout, fields: readonly Field[], packed: boolean): void {
  const members: Member[] = []
  const names = new Map<string, Location>()
  let offset = 0
  /** Bits used after `offset` by bit-fields. */
  let bit = 0
  let alignment = 1
  for (const [index, { name, type, at, width }] of fields.entries()) {
    if (name !== undefined) {
      if (names.has(name)) c.reporter.error(at, `duplicate member ‘${name}’`)
      names.set(name, at)
    }
    if (type.kind === 'array' && type.length === undefined) {
      if (record.form === 'union') c.reporter.error(at, 'flexible array member in union')
      else if (index !== fields.length - 1) c.reporter.error(at, 'flexible array member not at end of struct')
      else if (fields.length === 1) c.reporter.error(at, 'flexible array member in a struct with no named members')
    }
    const unit = packed ? 1 : alignmentOf(type)
    if (width !== undefined) {
      const size = sizeOf(type) * 8
      if (record.form === 'union') {
        offset = 0
        bit = 0
      }
      if (width === 0) {
        const total = Math.ceil((offset * 8 + bit) / size) * size
        offset = total / 8
        bit = 0
        continue
      }
      let position = offset * 8 + bit
      if (Math.floor(position / size) !== Math.floor((position + width - 1) / size)) {
        position = Math.ceil(position / size) * size
      }
      const start = Math.floor(position / size) * sizeOf(type)
      if (name !== undefined) {
        const member: Member = { name, type, offset: start, bits: { offset: position - start * 8, width } }
        rememberMember(member, at)
        members.push(member)
        alignment = Math.max(alignment, unit)
      }
      offset = Math.floor((position + width) / 8)
      bit = (position + width) % 8
      record.size = Math.max(record.size, Math.ceil((position + width) / 8))
      continue
    }
    if (bit > 0) {
      offset += 1
      bit = 0
    }
    if (record.form === 'union') offset = 0
    offset = Math.ceil(offset / unit) * unit
    const member: Member = { name, type, offset }
    rememberMember(member, at)
    members.push(member)
    offset += sizeOf(type)
    alignment = Math.max(alignment, unit)
    record.size = Math.max(record.size, offset)
  }
  record.alignment = alignment
  record.size = Math.ceil(Math.max(record.size, 0) / alignment) * alignment
  record.members = members
}

// Enumerations -------------------------------------------------------------------------------------------------------

export function parseEnum(c: Context): TagSpecifier {
  const word = c.next()
  parseAttributes(c, noAttributes())
  const name = c.isName() ? c.next() : undefined
  if (!c.is('{')) {
    if (name === undefined) {
      c.syntaxError('expected ‘{’')
      return { type: errorType, isDefinition: false }
    }
    return { type: findTag(c, 'enum', name.text, name.at, false)?.type ?? errorType, isDefinition: false }
  }
  c.next()
  const enumeration: Enumeration = { enumerators: [] }
  const type: EnumType = { kind: 'enum', tag: name?.text, enumeration }
  if (name !== undefined) {
    const known = c.scope.tags.get(name.text)
    if (known?.form === 'enum' && known.defined) {
      c.reporter.error(name.at, `redeclaration of ‘enum ${name.text}’`)
      c.reporter.note(known.at, 'originally defined here')
    } else if (known !== undefined && known.form !== 'enum') {
      c.reporter.error(name.at, `‘${name.text}’ defined as wrong kind of tag`)
    }
    c.scope.tags.set(name.text, { form: 'enum', type, at: name.at, defined: true })
  }
  enumeration.enumerators = parseEnumerators(c, type)
  void word
  return { type, isDefinition: true }
}

function parseEnumerators(c: Context, of: EnumType): { name: string; value: bigint }[] {
  const list: { name: string; value: bigint }[] = []
  if (c.is('}')) {
    c.reporter.error(c.peek().at, 'empty enum is invalid')
    c.next()
    return list
  }
  let next = 0n
  for (;;) {
    const token = c.peek()
    if (!c.isName(token)) {
      c.syntaxError('expected identifier')
      c.skipUntil('}', undefined)
      return list
    }
    c.next()
    if (c.accept('=')) {
      const { value, operand } = parseConstant(c)
      if (value !== undefined) next = value
      else if (!isError(operand)) {
        c.reporter.error(operand.start, `enumerator value for ‘${token.text}’ is not an integer constant`)
      }
    }
    declareEnumerator(c, token.text, next, of, token.at)
    list.push({ name: token.text, value: next })
    next += 1n
    const comma = c.accept(',')
    if (c.accept('}')) return list
    if (!comma) {
      c.syntaxError('expected ‘,’ or ‘}’')
      c.skipUntil('}', undefined)
      return list
    }
  }
}

function declareEnumerator(c: Context, name: string, value: bigint, of: CType, at: Location): void {
  const old = c.scope.names.get(name)
  if (old !== undefined) {
    const what =
      old.kind === 'enumerator'
        ? `redeclaration of enumerator ‘${name}’`
        : `‘${name}’ redeclared as different kind of symbol`
    c.reporter.error(at, what)
    c.reporter.note(
      old.at,
      old.kind === 'enumerator'
        ? `previous definition of ‘${name}’ with type ${quotedType(old.of)}`
        : `previous declaration of ‘${name}’ with type ‘${typeName(old.type)}’`,
    )
    return
  }
  c.scope.names.set(name, { kind: 'enumerator', name, type: of, at, used: true, value, of })
}

setTagParser({ record: parseRecord, enumeration: parseEnum })
