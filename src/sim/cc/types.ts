// The types of C: what the checker decides and the code generator lays out. LP64, little-endian, as gcc on x86-64.

/** The integer types by their usual names; `char` is signed here. An enumerated type is `unsigned int`, as gcc makes it. */
export type IntegerName =
  | '_Bool'
  | 'char'
  | 'signed char'
  | 'unsigned char'
  | 'short'
  | 'unsigned short'
  | 'int'
  | 'unsigned int'
  | 'long'
  | 'unsigned long'
  | 'long long'
  | 'unsigned long long'

export type FloatingName = 'float' | 'double' | 'long double'

/** What stands with any type: its qualifiers, and the typedef name that the source used (for messages: `'pid_t' {aka 'int'}`). */
interface TypeBase {
  readonly isConst?: boolean
  readonly isVolatile?: boolean
  readonly alias?: string
  /** The typedef itself says `const`. */
  readonly aliasConst?: boolean
}

export interface VoidType extends TypeBase {
  readonly kind: 'void'
}
export interface IntegerType extends TypeBase {
  readonly kind: 'integer'
  readonly name: IntegerName
}
export interface FloatingType extends TypeBase {
  readonly kind: 'floating'
  readonly name: FloatingName
}
export interface EnumType extends TypeBase {
  readonly kind: 'enum'
  readonly tag: string | undefined
  /** What its definition lists; one object for each definition. */
  readonly enumeration?: Enumeration
}
export interface Enumeration {
  /** The typedef that names an enumeration without a tag. */
  alias?: string
  enumerators: readonly { readonly name: string; readonly value: bigint }[]
}
export interface PointerType extends TypeBase {
  readonly kind: 'pointer'
  readonly isRestrict?: boolean
  readonly to: CType
}
export interface ArrayType extends TypeBase {
  readonly kind: 'array'
  readonly of: CType
  /** Number of elements; undefined while incomplete (`int a[]`). */
  readonly length: number | undefined
}
export interface FunctionType extends TypeBase {
  readonly kind: 'function'
  readonly returns: CType
  readonly parameters: readonly { readonly name: string | undefined; readonly type: CType }[]
  readonly variadic: boolean
  /** False for `int f()`, which says nothing of its parameters. */
  readonly hasPrototype: boolean
}
/** A struct or a union: one record object for each declaration, so that recursive types hold themselves. */
export interface RecordType extends TypeBase {
  readonly kind: 'record'
  readonly record: RecordLayout
}

export type CType =
  | VoidType
  | IntegerType
  | FloatingType
  | EnumType
  | PointerType
  | ArrayType
  | FunctionType
  | RecordType

/** A struct's or union's members and layout; filled in when its definition is read. */
export interface RecordLayout {
  readonly form: 'struct' | 'union'
  readonly tag: string | undefined
  /** The typedef that names a record without a tag. */
  alias?: string
  /** Undefined while only declared. Anonymous members keep `name: undefined`. */
  members: readonly Member[] | undefined
  /** Bytes. */
  size: number
  /** Bytes. */
  alignment: number
}

export interface Member {
  readonly name: string | undefined
  readonly type: CType
  /** Bytes from the record's start (of the storage unit, for a bit-field). */
  readonly offset: number
  /** For a bit-field: its place in the storage unit of its type. */
  readonly bits?: { readonly offset: number; readonly width: number }
}

const integerSizes: Readonly<Record<IntegerName, number>> = {
  _Bool: 1,
  char: 1,
  'signed char': 1,
  'unsigned char': 1,
  short: 2,
  'unsigned short': 2,
  int: 4,
  'unsigned int': 4,
  long: 8,
  'unsigned long': 8,
  'long long': 8,
  'unsigned long long': 8,
}

/** Bytes of a value of the type; 1 for void and functions, as gcc has it; an incomplete array has 0. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'void':
    case 'function':
      return 1
    case 'integer':
      return integerSizes[type.name]
    case 'floating':
      return type.name === 'float' ? 4 : type.name === 'double' ? 8 : 16
    case 'enum':
      return 4
    case 'pointer':
      return 8
    case 'array':
      return sizeOf(type.of) * (type.length ?? 0)
    case 'record':
      return type.record.size
  }
}

/** Bytes that an object of the type is aligned to, by the x86-64 ABI. */
export function alignmentOf(type: CType): number {
  switch (type.kind) {
    case 'array':
      return alignmentOf(type.of)
    case 'record':
      return type.record.alignment
    default:
      return sizeOf(type)
  }
}

/** Whether an integer or enumerated type has a sign. */
export function isSigned(type: IntegerType | EnumType): boolean {
  return type.kind === 'integer' && !type.name.startsWith('unsigned') && type.name !== '_Bool'
}
