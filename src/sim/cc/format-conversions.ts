// The functions that take formats, and what each conversion takes: printf(3), scanf(3).
import type { CType, IntegerName } from './types.ts'

/** A function that takes a format. */
export interface FormatFunction {
  readonly style: 'printf' | 'scanf'
  /** Which argument is the format, from 0. */
  readonly string: number
  /** Where the values begin; undefined for a va_list. */
  readonly first: number | undefined
}

export const row = (style: 'printf' | 'scanf', string: number, first: number | undefined): FormatFunction => ({
  style,
  string,
  first,
})

export const families: Readonly<Record<string, FormatFunction>> = {
  printf: row('printf', 0, 1),
  fprintf: row('printf', 1, 2),
  dprintf: row('printf', 1, 2),
  sprintf: row('printf', 1, 2),
  snprintf: row('printf', 2, 3),
  asprintf: row('printf', 1, 2),
  syslog: row('printf', 1, 2),
  err: row('printf', 1, 2),
  errx: row('printf', 1, 2),
  warn: row('printf', 0, 1),
  warnx: row('printf', 0, 1),
  vprintf: row('printf', 0, undefined),
  vfprintf: row('printf', 1, undefined),
  vsprintf: row('printf', 1, undefined),
  vsnprintf: row('printf', 2, undefined),
  scanf: row('scanf', 0, 1),
  fscanf: row('scanf', 1, 2),
  sscanf: row('scanf', 1, 2),
}

/** What a conversion wants. */
export interface Wanted {
  readonly type: CType
  /** A pointer to it, for scanf, %s and %n. */
  readonly pointer: boolean
}

const integer = (name: IntegerName, alias?: string): CType =>
  alias === undefined ? { kind: 'integer', name } : { kind: 'integer', name, alias }

const signedByLength: Readonly<Record<string, CType>> = {
  '': integer('int'),
  hh: integer('signed char'),
  h: integer('short'),
  l: integer('long'),
  ll: integer('long long'),
  q: integer('long long'),
  L: integer('long long'),
  z: integer('long', 'ssize_t'),
  t: integer('long', 'ptrdiff_t'),
  j: integer('long', 'intmax_t'),
}
const unsignedByLength: Readonly<Record<string, CType>> = {
  '': integer('unsigned int'),
  hh: integer('unsigned char'),
  h: integer('unsigned short'),
  l: integer('unsigned long'),
  ll: integer('unsigned long long'),
  q: integer('unsigned long long'),
  L: integer('unsigned long long'),
  z: integer('unsigned long', 'size_t'),
  t: integer('unsigned long'),
  j: integer('unsigned long', 'uintmax_t'),
}
export const doubleType: CType = { kind: 'floating', name: 'double' }
const floatType: CType = { kind: 'floating', name: 'float' }
const longDoubleType: CType = { kind: 'floating', name: 'long double' }

/** What a conversion of printf takes; undefined when there is no such conversion. */
export function wantedByPrintf(conversion: string, length: string): Wanted | undefined {
  switch (conversion) {
    case 'd':
    case 'i': {
      const type = length === 'hh' || length === 'h' ? integer('int') : signedByLength[length]
      return type === undefined ? undefined : { type, pointer: false }
    }
    case 'u':
    case 'x':
    case 'X':
    case 'o': {
      // Narrower types arrive as int.
      const type = length === 'hh' || length === 'h' ? integer('int') : unsignedByLength[length]
      return type === undefined ? undefined : { type, pointer: false }
    }
    case 'c':
      return { type: length === 'l' ? integer('unsigned int', 'wint_t') : integer('int'), pointer: false }
    case 's':
      return { type: length === 'l' ? integer('int', 'wchar_t') : integer('char'), pointer: true }
    case 'p':
      return { type: { kind: 'void' }, pointer: true }
    case 'n':
      return { type: signedByLength[length] ?? integer('int'), pointer: true }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      return { type: length === 'L' ? longDoubleType : doubleType, pointer: false }
    default:
      return undefined
  }
}

export function wantedByScanf(conversion: string, length: string): Wanted | undefined {
  switch (conversion) {
    case 'd':
    case 'i':
    case 'n':
      return { type: signedByLength[length] ?? integer('int'), pointer: true }
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return { type: unsignedByLength[length] ?? integer('unsigned int'), pointer: true }
    case 'c':
    case 's':
    case '[':
      return { type: integer('char'), pointer: true }
    case 'p':
      return { type: { kind: 'pointer', to: { kind: 'void' } }, pointer: true }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
      return { type: length === 'L' ? longDoubleType : length === 'l' ? doubleType : floatType, pointer: true }
    default:
      return undefined
  }
}
