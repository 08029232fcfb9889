// The bytecode that C is compiled to: instructions of four words over registers, and the object files that hold them.
// A value in a register is a number; a 64-bit integer that is no safe integer is a bigint, so equal values are equal.

/**
 * Operations: their number, and what the three operands are. `r` a register, `i` a number, `j` the instruction to jump
 * to, `k` a constant of the function, `f` a function of the object, `-` nothing. The first operand is the result.
 */
export const operations = {
  nop: [0, '---'],
  mov: [1, 'rr-'],
  constant: [2, 'rk-'],
  frame: [3, 'ri-'],
  // 32 bits
  add32: [4, 'rrr'],
  addu32: [5, 'rrr'],
  sub32: [6, 'rrr'],
  subu32: [7, 'rrr'],
  mul32: [8, 'rrr'],
  mulu32: [9, 'rrr'],
  div32: [10, 'rrr'],
  divu32: [11, 'rrr'],
  mod32: [12, 'rrr'],
  modu32: [13, 'rrr'],
  and32: [14, 'rrr'],
  andu32: [15, 'rrr'],
  or32: [16, 'rrr'],
  oru32: [17, 'rrr'],
  xor32: [18, 'rrr'],
  xoru32: [19, 'rrr'],
  shl32: [20, 'rrr'],
  shlu32: [21, 'rrr'],
  shr32: [22, 'rrr'],
  shru32: [23, 'rrr'],
  // 64 bits
  add64: [24, 'rrr'],
  addu64: [25, 'rrr'],
  sub64: [26, 'rrr'],
  subu64: [27, 'rrr'],
  mul64: [28, 'rrr'],
  mulu64: [29, 'rrr'],
  div64: [30, 'rrr'],
  divu64: [31, 'rrr'],
  mod64: [32, 'rrr'],
  modu64: [33, 'rrr'],
  and64: [34, 'rrr'],
  andu64: [35, 'rrr'],
  or64: [36, 'rrr'],
  oru64: [37, 'rrr'],
  xor64: [38, 'rrr'],
  xoru64: [39, 'rrr'],
  shl64: [40, 'rrr'],
  shlu64: [41, 'rrr'],
  shr64: [42, 'rrr'],
  shru64: [43, 'rrr'],
  // floating
  addf: [44, 'rrr'],
  subf: [45, 'rrr'],
  mulf: [46, 'rrr'],
  divf: [47, 'rrr'],
  negf: [48, 'rr-'],
  round32: [49, 'rr-'],
  // unary and comparisons
  lognot: [50, 'rr-'],
  lt: [51, 'rrr'],
  le: [52, 'rrr'],
  eq: [53, 'rrr'],
  ne: [54, 'rrr'],
  // conversions, named for what they give
  to8: [55, 'rr-'],
  tou8: [56, 'rr-'],
  to16: [57, 'rr-'],
  tou16: [58, 'rr-'],
  to32: [59, 'rr-'],
  tou32: [60, 'rr-'],
  to64: [61, 'rr-'],
  tou64: [62, 'rr-'],
  tobool: [63, 'rr-'],
  tofloat: [64, 'rr-'],
  ftoi32: [65, 'rr-'],
  ftoi64: [66, 'rr-'],
  ftou64: [67, 'rr-'],
  // memory: address register, offset
  load8: [68, 'rri'],
  loadu8: [69, 'rri'],
  load16: [70, 'rri'],
  loadu16: [71, 'rri'],
  load32: [72, 'rri'],
  loadu32: [73, 'rri'],
  load64: [74, 'rri'],
  loadu64: [75, 'rri'],
  loadf32: [76, 'rri'],
  loadf64: [77, 'rri'],
  // value, address, offset
  store8: [78, 'rri'],
  store16: [79, 'rri'],
  store32: [80, 'rri'],
  store64: [81, 'rri'],
  storef32: [82, 'rri'],
  storef64: [83, 'rri'],
  // to, from, bytes
  copy: [84, 'rri'],
  // to, bytes
  zero: [85, 'ri-'],
  // result, unit, place: offset | width << 8 | signed << 16
  bitget: [86, 'rri'],
  // unit and result, value, place: offset | width << 8 | 64-bit << 16
  bitset: [87, 'rri'],
  // control
  jump: [88, 'j--'],
  jz: [89, 'rj-'],
  jnz: [90, 'rj-'],
  jlt: [91, 'rrj'],
  jnlt: [92, 'rrj'],
  jle: [93, 'rrj'],
  jnle: [94, 'rrj'],
  jeq: [95, 'rrj'],
  jne: [96, 'rrj'],
  // result, function, first argument; the result is a register of the caller
  call: [97, 'rfw'],
  // result, address, first argument; the next instruction is a nop with the call's signature as constant
  callptr: [98, 'rrw'],
  signature: [99, 'k--'],
  ret: [100, 'r--'],
  callnative: [101, 'riw'],
  // pointers: register + register * size
  index: [102, 'rrr'],
  addi32: [103, 'rri'],
  addi64: [104, 'rri'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type Operation = keyof typeof operations

/** The operands' kinds by operation number. */
export const operandKinds: readonly string[] = Object.values(operations)
  .toSorted(([a], [b]) => a - b)
  .map(([, kinds]) => kinds)

/** Words of an instruction. */
export const instructionWords = 4

export type Value = number | bigint

/** What a constant may be before linking: a value, or the address of something plus an offset. */
export type Constant =
  | { readonly value: Value }
  | { readonly data: number; readonly offset: number }
  | { readonly function: number }
  | { readonly text: string }

/** A function that an object defines or calls. */
export interface ObjectSymbol {
  readonly name: string
  /** Index in `functions` of the same object; undefined for one that is elsewhere. */
  readonly defined: number | undefined
  readonly isStatic: boolean
}

export interface ObjectFunction {
  readonly name: string
  readonly file: string
  readonly code: readonly number[]
  readonly constants: readonly Constant[]
  /** How many of the constants are put in registers when the function starts, from `constantBase` on. */
  readonly constantRegisters: number
  readonly constantBase: number
  /** Registers that are set to 0 at the start: from the parameters up to here. */
  readonly locals: number
  /** Kinds of the parameters, as `signatureOf` writes them. */
  readonly parameters: string
  readonly variadic: boolean
  readonly registers: number
  /** Bytes of its objects in memory. */
  readonly frame: number
  /** Pairs of instruction word and line, in order. */
  readonly lines: readonly number[]
}

export interface ObjectData {
  readonly name: string
  readonly scope: 'local' | 'global' | 'external'
  readonly size: number
  readonly alignment: number
  /** Absent: zero. */
  readonly bytes: Uint8Array | undefined
  readonly relocations: readonly { readonly offset: number; readonly target: Constant }[]
  readonly readOnly: boolean
  /** A definition without initializer, which another one may take the place of. */
  readonly tentative: boolean
}

/** What `gcc -c` makes of one source. */
export interface ObjectFile {
  readonly file: string
  readonly symbols: readonly ObjectSymbol[]
  readonly functions: readonly ObjectFunction[]
  readonly data: readonly ObjectData[]
}
