// The checked tree of a translation unit: what the checker hands to the code generator. Every expression has its type;
// every conversion, read of an object and decay of an array is a node of its own, so that generating code needs no rules of C.
import type { CType, Member } from './types.ts'

/** Where something stands in the source, for messages and for stepping: line and column from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface TranslationUnit {
  readonly file: string
  /** Functions with a body, in order. */
  readonly functions: readonly FunctionDefinition[]
  /** Objects with static storage: of file scope, `static` in blocks, compound literals of file scope. */
  readonly objects: readonly Variable[]
}

/** A function as something to be called: defined here, elsewhere, or in the library; linked by name. */
export interface FunctionSymbol {
  readonly name: string
  readonly type: CType
  /** `static`: not seen by other units. */
  readonly isStatic: boolean
}

export interface FunctionDefinition {
  readonly symbol: FunctionSymbol
  readonly parameters: readonly Variable[]
  readonly variadic: boolean
  /** All objects of automatic storage in it, parameters left out; blocks that exclude each other may not share. */
  readonly locals: readonly Variable[]
  readonly body: Statement
  readonly place: Place
  /** Where its closing brace stands. */
  readonly end: Place
}

export interface Variable {
  readonly name: string
  readonly type: CType
  /**
   * 'automatic': one an activation. 'static': one for the run, not linked by name. 'global': linked by name.
   * 'external': declared `extern` only, defined in another unit or in the library (`environ`, `stdout`).
   */
  readonly storage: 'automatic' | 'static' | 'global' | 'external'
  /** Of static and global objects: constant expressions only. Undefined means zero (and tentative, for a global). */
  initializer: readonly Initializer[] | undefined
}

/** One value stored at an offset; what no initializer names is zero. In source order. */
export interface Initializer {
  /** Bytes from the object's start. */
  readonly offset: number
  readonly type: CType
  readonly bits?: Member['bits']
  /** A record's or scalar's value, or a `string` node for an array of char (padded or cut to the array). */
  readonly value: Expression
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '<<'
  | '>>'
  | '&'
  | '|'
  | '^'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='

export type Expression = { readonly type: CType; readonly place: Place } & (
  | {
      readonly kind: 'constant' /** bigint for integers and pointers, number for floating types. */
      readonly value: bigint | number
    }
  /** An lvalue of type char[]: the bytes with the final NUL. */
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  /** An lvalue: an object. */
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** A function designator. */
  | { readonly kind: 'function'; readonly symbol: FunctionSymbol }
  /** An lvalue: `(T){…}`, made anew each time it is evaluated; of file scope it is a `variable` instead. */
  | { readonly kind: 'compound-literal'; readonly variable: Variable; readonly initializer: readonly Initializer[] }
  /** An lvalue when `object` is one; `p->m` is the member of a dereference. A record rvalue (a call) may be the object too. */
  | { readonly kind: 'member'; readonly object: Expression; readonly member: Member }
  /** An lvalue, or a function designator: `*pointer`; `a[i]` is the dereference of a `pointer-add`. */
  | { readonly kind: 'dereference'; readonly pointer: Expression }
  /** The address of an lvalue or function designator. */
  | { readonly kind: 'address'; readonly operand: Expression }
  /** The value of an lvalue (lvalue conversion); of a record too. */
  | { readonly kind: 'load'; readonly operand: Expression }
  /** An array lvalue or a function designator as a pointer. */
  | { readonly kind: 'decay'; readonly operand: Expression }
  /** A conversion between scalar types, or to void; written or implied. */
  | { readonly kind: 'convert'; readonly operand: Expression; readonly implied: boolean }
  | { readonly kind: 'unary'; readonly operator: '-' | '~' | '!'; readonly operand: Expression }
  /** Both sides have one type already (shifts: each its own promoted type; comparisons give int). Pointers only compare. */
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  /** pointer + index * elementSize; the index is of type long; a subtraction has it negated. */
  | {
      readonly kind: 'pointer-add'
      readonly pointer: Expression
      readonly index: Expression
      readonly elementSize: number
    }
  | {
      readonly kind: 'pointer-difference'
      readonly left: Expression
      readonly right: Expression
      readonly elementSize: number
    }
  | { readonly kind: 'logical'; readonly operator: '&&' | '||'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'conditional'
      readonly condition: Expression
      readonly then: Expression
      readonly otherwise: Expression
    }
  | { readonly kind: 'comma'; readonly left: Expression; readonly right: Expression }
  /** Stores and gives the stored value. Records are copied. */
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
  /** `target op= value`: target and value converted to `operationType` (shifts: the promoted target), the result back. */
  | {
      readonly kind: 'compound-assign'
      readonly operator: BinaryOperator
      readonly target: Expression
      readonly value: Expression
      readonly operationType: CType
    }
  /** `pointer += index`, `pointer -= index`: the index of type long, negated for `-=`. */
  | {
      readonly kind: 'pointer-assign'
      readonly target: Expression
      readonly index: Expression
      readonly elementSize: number
    }
  /** `++` and `--`; `by` is the amount in the target's own unit: ±1, or ± the element's size for pointers. */
  | {
      readonly kind: 'increment'
      readonly target: Expression
      readonly by: number
      readonly form: 'prefix' | 'postfix'
    }
  /** The callee is a designator or a pointer value. Arguments are converted: as the prototype says, or promoted. */
  | { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Expression[] }
  /** stdarg(3): `list` is the address of a `struct __va_list_tag`: va_list, an array of one of them, after its decay. */
  | { readonly kind: 'va_start'; readonly list: Expression }
  | { readonly kind: 'va_arg'; readonly list: Expression }
  | { readonly kind: 'va_copy'; readonly list: Expression; readonly source: Expression }
)

export type Statement = { readonly place: Place } & (
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  /** A declaration with its initializer, run each time control reaches it; undefined leaves what was there. */
  | {
      readonly kind: 'declaration'
      readonly variable: Variable
      readonly initializer: readonly Initializer[] | undefined
    }
  | {
      readonly kind: 'if'
      readonly condition: Expression
      readonly then: Statement
      readonly otherwise: Statement | undefined
    }
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement }
  | { readonly kind: 'do'; readonly body: Statement; readonly condition: Expression }
  | {
      readonly kind: 'for'
      readonly start: Statement | undefined
      readonly condition: Expression | undefined
      readonly step: Expression | undefined
      readonly body: Statement
    }
  /** Cases stand in the body as `case` statements; `value` is of the promoted type. */
  | { readonly kind: 'switch'; readonly value: Expression; readonly body: Statement }
  | {
      readonly kind: 'case' /** Undefined for `default`; `high` for gcc's ranges. */
      readonly value: bigint | undefined
      readonly high?: bigint
    }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'goto'; readonly label: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'empty' }
)
