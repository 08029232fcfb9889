// Values of Go as a template sees them. What JavaScript has itself stands for itself: string, boolean, number (int),
// bigint (int64), null (a nil interface), undefined (no value at all); the classes below are the rest.

/** A struct, or a pointer to one. */
export class GoStruct {
  /** Its type as %T prints it, with `*` when it is a pointer. */
  readonly type: string
  readonly fields: ReadonlyMap<string, unknown>
  readonly methods: ReadonlyMap<string, GoMethod>
  /** What encoding/json makes of it; by default its fields. */
  readonly json: unknown

  constructor(
    type: string,
    fields: ReadonlyMap<string, unknown>,
    more: { methods?: ReadonlyMap<string, GoMethod>; json?: unknown } = {},
  ) {
    this.type = type
    this.fields = fields
    this.methods = more.methods ?? new Map()
    this.json = more.json ?? new Map([...fields].map(([name, value]) => [name, toJson(value)]))
  }
}

/** A method that a template may call; all arguments are strings, as with docker's `.Label "name"`. */
export interface GoMethod {
  readonly parameters: number
  call(...args: string[]): unknown
}

/** A map with string keys; nil without entries. */
export class GoMap {
  readonly type: string
  readonly entries: ReadonlyMap<string, unknown> | undefined

  constructor(type: string, entries: ReadonlyMap<string, unknown> | undefined) {
    this.type = type
    this.entries = entries
  }

  /** The keys in the order in which Go prints and ranges over them. */
  keys(): string[] {
    return [...(this.entries?.keys() ?? [])].toSorted(byCodePoint)
  }
}

/** A slice; nil without items. */
export class GoSlice {
  readonly type: string
  readonly items: readonly unknown[] | undefined

  constructor(type: string, items: readonly unknown[] | undefined) {
    this.type = type
    this.items = items
  }
}

/** A nil pointer. */
export class GoNil {
  readonly type: string

  constructor(type: string) {
    this.type = type
  }
}

/** A number that was decoded from JSON with UseNumber: a kind of string. */
export class GoJsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export class GoFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** What a template's function refuses; `error calling NAME: ` comes before it. */
export class GoError extends Error {}

export type GoKind =
  | 'invalid'
  | 'interface'
  | 'bool'
  | 'int'
  | 'float'
  | 'string'
  | 'struct'
  | 'map'
  | 'slice'
  | 'pointer'

export function kindOf(value: unknown): GoKind {
  if (value === undefined) return 'invalid'
  if (value === null) return 'interface'
  if (typeof value === 'string' || value instanceof GoJsonNumber) return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number' || typeof value === 'bigint') return 'int'
  if (value instanceof GoFloat) return 'float'
  if (value instanceof GoStruct) return 'struct'
  if (value instanceof GoMap) return 'map'
  if (value instanceof GoSlice) return 'slice'
  if (value instanceof GoNil) return 'pointer'
  throw new TypeError(`not a value of Go: ${String(value)}`)
}

/** The type as %T prints it. */
export function typeOf(value: unknown): string {
  if (value === undefined) return '<nil>'
  if (value === null) return 'interface {}'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'int'
  if (typeof value === 'bigint') return 'int64'
  if (value instanceof GoFloat) return 'float64'
  if (value instanceof GoJsonNumber) return 'json.Number'
  return (value as { type: string }).type
}

/** Whether `if` takes the value for true: not the empty value of its kind. */
export function isTrue(value: unknown): boolean {
  if (value instanceof GoJsonNumber) return value.text !== ''
  if (value instanceof GoFloat) return value.value !== 0
  if (value instanceof GoMap) return (value.entries?.size ?? 0) > 0
  if (value instanceof GoSlice) return (value.items?.length ?? 0) > 0
  if (value instanceof GoNil) return false
  return Boolean(value)
}

/** A value decoded from JSON into an interface{}, with UseNumber: objects are maps, numbers json.Number. */
export function fromJson(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return new GoJsonNumber(String(value))
  if (Array.isArray(value)) return new GoSlice('[]interface {}', value.map(fromJson))
  if (typeof value === 'object' && value !== null) {
    const entries = value instanceof Map ? [...value] : Object.entries(value)
    return new GoMap(
      'map[string]interface {}',
      new Map(entries.filter(([, member]) => member !== undefined).map(([key, member]) => [key, fromJson(member)])),
    )
  }
  return value ?? null
}

/** What encoding/json makes of a value, for `writeJson`. The keys of maps are sorted. */
export function toJson(value: unknown): unknown {
  if (value instanceof GoStruct) return value.json
  if (value instanceof GoMap) {
    return value.entries && new Map(value.keys().map((key) => [key, toJson(value.entries?.get(key))]))
  }
  if (value instanceof GoSlice) return value.items?.map(toJson) ?? null
  if (value instanceof GoNil) return null
  if (value instanceof GoJsonNumber) return numberOf(value.text)
  if (value instanceof GoFloat) return value.value
  return value ?? null
}

function numberOf(text: string): number | bigint {
  return /^-?\d{16,}$/.test(text) ? BigInt(text) : Number(text)
}

/** Go orders strings by their bytes in UTF-8, which is the order of code points. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
