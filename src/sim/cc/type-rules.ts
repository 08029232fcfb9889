// The rules of types: predicates, compatibility, promotions and the usual conversions (C17 6.2.7, 6.3.1), and their names.
import {
  type ArrayType,
  type CType,
  type EnumType,
  type FunctionType,
  type IntegerName,
  type IntegerType,
  isSigned,
  type PointerType,
  sizeOf,
} from './types.ts'

const integer = (name: IntegerName): IntegerType => ({ kind: 'integer', name })

export const voidType: CType = { kind: 'void' }
export const boolType = integer('_Bool')
export const charType = integer('char')
export const intType = integer('int')
export const unsignedType = integer('unsigned int')
export const longType = integer('long')
export const unsignedLongType = integer('unsigned long')
export const sizeType: IntegerType = { kind: 'integer', name: 'unsigned long' }
export const doubleType: CType = { kind: 'floating', name: 'double' }
/** What has been reported already: nothing more is said of it. Compared by identity. */
export const errorType: CType = { kind: 'integer', name: 'int', alias: '<error>' }

export const pointerTo = (to: CType): PointerType => ({ kind: 'pointer', to })

export const isInteger = (type: CType): type is IntegerType | EnumType =>
  type.kind === 'integer' || type.kind === 'enum'
export const isArithmetic = (type: CType): boolean => isInteger(type) || type.kind === 'floating'
export const isScalar = (type: CType): boolean => isArithmetic(type) || type.kind === 'pointer'
export const isVoidPointer = (type: CType): boolean => type.kind === 'pointer' && type.to.kind === 'void'
export const isFunctionPointer = (type: CType): boolean => type.kind === 'pointer' && type.to.kind === 'function'

/** Has no size yet: an array of unknown length, a record only declared, void. */
export function isIncomplete(type: CType): boolean {
  switch (type.kind) {
    case 'void':
      return true
    case 'array':
      return type.length === undefined || isIncomplete(type.of)
    case 'record':
      return type.record.members === undefined
    default:
      return false
  }
}

export function isUnsigned(type: CType): boolean {
  return isInteger(type) && !isSigned(type)
}

/** The type without qualifiers; its typedef name stays, unless the typedef has the qualifier. */
export function unqualified(type: CType): CType {
  if (!type.isConst && !type.isVolatile && !(type.kind === 'pointer' && type.isRestrict)) return type
  const { isConst: _isConst, isVolatile: _isVolatile, aliasConst, ...rest } = type
  if (aliasConst) {
    const { alias: _alias, ...plain } = rest
    return plain as CType
  }
  if (rest.kind === 'pointer' && rest.isRestrict) {
    const { isRestrict: _isRestrict, ...pointer } = rest
    return pointer
  }
  return rest as CType
}

/** The type with more qualifiers; those of an array go to its elements. */
export function qualified(type: CType, isConst: boolean, isVolatile: boolean): CType {
  if (!isConst && !isVolatile) return type
  if (type.kind === 'array') {
    const { alias: _alias, ...plain } = type
    return { ...plain, of: qualified(type.of, isConst, isVolatile) }
  }
  return { ...type, ...(isConst ? { isConst } : {}), ...(isVolatile ? { isVolatile } : {}) }
}

/** A member or the target itself is const. */
export function hasConstMember(type: CType): boolean {
  if (type.kind === 'array') return hasConstMember(type.of)
  return (
    type.kind === 'record' &&
    (type.record.members ?? []).some((member) => member.type.isConst === true || hasConstMember(member.type))
  )
}

const ranks: Readonly<Record<IntegerName, number>> = {
  _Bool: 0,
  char: 1,
  'signed char': 1,
  'unsigned char': 1,
  short: 2,
  'unsigned short': 2,
  int: 3,
  'unsigned int': 3,
  long: 4,
  'unsigned long': 4,
  'long long': 5,
  'unsigned long long': 5,
}

/** The type after the integer promotions. */
export function promoted(type: CType): CType {
  if (type.kind === 'enum') return unsignedType
  if (type.kind !== 'integer') return unqualified(type)
  return ranks[type.name] < ranks.int ? intType : unqualified(type)
}

/** The common type of the usual arithmetic conversions. */
export function commonType(a: CType, b: CType): CType {
  for (const name of ['long double', 'double', 'float'] as const) {
    if (a.kind === 'floating' && a.name === name) return unqualified(a)
    if (b.kind === 'floating' && b.name === name) return unqualified(b)
  }
  const left = promoted(a)
  const right = promoted(b)
  if (left.kind !== 'integer' || right.kind !== 'integer') return intType
  if (left.name === right.name) return left.alias !== undefined && right.alias !== left.alias ? plain(left) : left
  if (isSigned(left) === isSigned(right)) return ranks[left.name] > ranks[right.name] ? left : right
  const [unsigned, signed] = isSigned(left) ? [right, left] : [left, right]
  if (ranks[unsigned.name] >= ranks[signed.name]) return unsigned
  if (sizeOf(signed) > sizeOf(unsigned)) return signed
  return integer(`unsigned ${signed.name}` as IntegerName)
}

function plain(type: IntegerType): IntegerType {
  return { kind: 'integer', name: type.name }
}

/** The value after default argument promotions. */
export function argumentPromoted(type: CType): CType {
  return type.kind === 'floating' && type.name === 'float' ? doubleType : promoted(type)
}

/** What a parameter of the type becomes: arrays and functions are pointers. */
export function adjustedParameter(type: CType): CType {
  if (type.kind === 'array') return pointerTo(type.of)
  if (type.kind === 'function') return pointerTo(type)
  return type
}

export function sameQualifiers(a: CType, b: CType): boolean {
  return Boolean(a.isConst) === Boolean(b.isConst) && Boolean(a.isVolatile) === Boolean(b.isVolatile)
}

/** Compatible types; qualifiers of the types themselves are left out, those below count. */
export function compatible(a: CType, b: CType): boolean {
  if (a === b || a === errorType || b === errorType) return true
  if (a.kind === 'enum' || b.kind === 'enum') {
    if (a.kind === 'enum' && b.kind === 'enum') {
      return a.enumeration !== undefined ? a.enumeration === b.enumeration : a.tag === b.tag
    }
    const other = a.kind === 'enum' ? b : a
    return other.kind === 'integer' && other.name === 'unsigned int'
  }
  switch (a.kind) {
    case 'void':
      return b.kind === 'void'
    case 'integer':
      return b.kind === 'integer' && a.name === b.name
    case 'floating':
      return b.kind === 'floating' && a.name === b.name
    case 'pointer':
      return b.kind === 'pointer' && sameQualifiers(a.to, b.to) && compatible(a.to, b.to)
    case 'array':
      return (
        b.kind === 'array' &&
        (a.length === undefined || b.length === undefined || a.length === b.length) &&
        sameQualifiers(a.of, b.of) &&
        compatible(a.of, b.of)
      )
    case 'record':
      return b.kind === 'record' && a.record === b.record
    case 'function':
      return b.kind === 'function' && compatibleFunctions(a, b)
  }
}

function compatibleFunctions(a: FunctionType, b: FunctionType): boolean {
  if (!compatible(a.returns, b.returns)) return false
  if (!a.hasPrototype && !b.hasPrototype) return true
  if (!a.hasPrototype || !b.hasPrototype) {
    const known = a.hasPrototype ? a : b
    return (
      !known.variadic && known.parameters.every(({ type }) => compatible(argumentPromoted(type), unqualified(type)))
    )
  }
  return (
    a.variadic === b.variadic &&
    a.parameters.length === b.parameters.length &&
    a.parameters.every((parameter, index) => {
      const other = b.parameters[index]
      return other !== undefined && compatible(unqualified(parameter.type), unqualified(other.type))
    })
  )
}

/** The type that two compatible declarations make together. */
export function composite(a: CType, b: CType): CType {
  if (a.kind === 'array' && b.kind === 'array' && a.length === undefined) return b
  if (a.kind === 'function' && b.kind === 'function' && !a.hasPrototype) return b
  return a
}

// Names --------------------------------------------------------------------------------------------------------------

const integerNames: Readonly<Record<IntegerName, string>> = {
  _Bool: '_Bool',
  char: 'char',
  'signed char': 'signed char',
  'unsigned char': 'unsigned char',
  short: 'short int',
  'unsigned short': 'short unsigned int',
  int: 'int',
  'unsigned int': 'unsigned int',
  long: 'long int',
  'unsigned long': 'long unsigned int',
  'long long': 'long long int',
  'unsigned long long': 'long long unsigned int',
}

/** A type as gcc writes it in messages, without quotes. */
export function typeName(type: CType, aliases = true): string {
  return declared(type, '', aliases).trimEnd()
}

/** `‘pid_t’ {aka ‘int’}`: the name in quotes, and what it stands for. */
export function quotedType(type: CType): string {
  const name = typeName(type)
  const plainName = typeName(type, false)
  return name === plainName ? `‘${name}’` : `‘${name}’ {aka ‘${plainName}’}`
}

function qualifiers(type: CType, aliases: boolean): string {
  const own = type.alias !== undefined && aliases && type.aliasConst
  return `${type.isConst && !own ? 'const ' : ''}${type.isVolatile ? 'volatile ' : ''}`
}

/** Whether it helps to say what a typedef stands for: not of `typedef struct node node`, nor of a tag that is not the user's. */
function hasUsefulAka(type: CType, alias: string): boolean {
  const tag = type.kind === 'record' ? type.record.tag : type.kind === 'enum' ? type.tag : undefined
  return tag === undefined || (tag !== alias && !/^_[_A-Z]/.test(tag))
}

/** The type around an inner declarator, as `int (*` `)(void)`. */
function declared(type: CType, inner: string, aliases: boolean): string {
  if (type.alias !== undefined && (aliases || !hasUsefulAka(type, type.alias)) && type !== errorType) {
    return join(`${qualifiers(type, aliases)}${type.alias}`, inner)
  }
  switch (type.kind) {
    case 'void':
      return join(`${qualifiers(type, aliases)}void`, inner)
    case 'integer':
      return join(`${qualifiers(type, aliases)}${integerNames[type.name]}`, inner)
    case 'floating':
      return join(`${qualifiers(type, aliases)}${type.name}`, inner)
    case 'enum':
      return join(`${qualifiers(type, aliases)}${tagName('enum', type.tag, type.enumeration?.alias)}`, inner)
    case 'record':
      return join(`${qualifiers(type, aliases)}${tagName(type.record.form, type.record.tag, type.record.alias)}`, inner)
    case 'pointer': {
      const own = `${type.isConst ? ' const' : ''}${type.isVolatile ? ' volatile' : ''}${type.isRestrict ? ' restrict' : ''}`
      const star = `*${own}${own !== '' && inner !== '' ? ' ' : ''}${inner}`
      const grouped = (type.to.kind === 'array' || type.to.kind === 'function') && !(aliases && type.to.alias)
      return declared(type.to, grouped ? `(${star})` : star, aliases)
    }
    case 'array':
      return declaredArray(type, inner, aliases)
    case 'function': {
      // gcc puts two blanks behind a comma.
      const names = type.parameters.map((parameter) => typeName(parameter.type, aliases)).join(',  ')
      const rest = type.variadic ? `${names === '' ? '' : ', '}...` : ''
      const list = type.hasPrototype ? `${names}${rest}` || 'void' : ''
      return declared(type.returns, `${inner}(${list})`, aliases)
    }
  }
}

function declaredArray(type: ArrayType, inner: string, aliases: boolean): string {
  return declared(type.of, `${inner}[${type.length ?? ''}]`, aliases)
}

function join(base: string, inner: string): string {
  if (inner === '') return base
  return inner.startsWith('[') ? `${base}${inner}` : /^\((?!\*)/.test(inner) ? `${base}${inner}` : `${base} ${inner}`
}

function tagName(form: string, tag: string | undefined, alias: string | undefined): string {
  if (tag !== undefined) return `${form} ${tag}`
  return alias ?? `${form === 'enum' ? 'enum' : form} <anonymous>`
}
