// Macro definitions: reading `#define`, comparing two of them, and the macros that gcc has by itself.
import type { Location, Token } from './tokenize.ts'
import { tokenize } from './tokenize.ts'

export interface Macro {
  readonly name: string
  /** Names of the parameters; undefined for an object-like macro. */
  readonly parameters: readonly string[] | undefined
  readonly variadic: boolean
  readonly body: readonly Token[]
  readonly at: Location
  /** Of a system header: places inside it are never shown. */
  readonly system: boolean
  /** How many of its replacements are being read now: it is not replaced inside them. */
  active: number
}

/** Same parameters, same tokens, blanks at the same places: such a macro may be defined again. */
export function sameMacro(a: Macro, b: Macro): boolean {
  return (
    a.parameters?.join() === b.parameters?.join() &&
    a.variadic === b.variadic &&
    a.body.length === b.body.length &&
    a.body.every((token, index) => {
      const other = b.body[index]
      return token.text === other?.text && (index === 0 || token.space === other.space)
    })
  )
}

/** Of those that gcc 12 defines for C17 on x86-64 Linux: what programs ask for. */
const predefined: Readonly<Record<string, string>> = {
  __STDC__: '1',
  __STDC_VERSION__: '201710L',
  __STDC_HOSTED__: '1',
  __GNUC__: '12',
  __GNUC_MINOR__: '2',
  __GNUC_PATCHLEVEL__: '0',
  __VERSION__: '"12.2.0"',
  __x86_64__: '1',
  __x86_64: '1',
  __amd64__: '1',
  __amd64: '1',
  __linux__: '1',
  __linux: '1',
  linux: '1',
  __unix__: '1',
  __unix: '1',
  unix: '1',
  __gnu_linux__: '1',
  __ELF__: '1',
  __LP64__: '1',
  _LP64: '1',
  __CHAR_BIT__: '8',
  __SCHAR_MAX__: '0x7f',
  __SHRT_MAX__: '0x7fff',
  __INT_MAX__: '0x7fffffff',
  __LONG_MAX__: '0x7fffffffffffffffL',
  __LONG_LONG_MAX__: '0x7fffffffffffffffLL',
  __SIZE_MAX__: '0xffffffffffffffffUL',
  __INT8_TYPE__: 'signed char',
  __INT16_TYPE__: 'short int',
  __INT32_TYPE__: 'int',
  __INT64_TYPE__: 'long int',
  __UINT8_TYPE__: 'unsigned char',
  __UINT16_TYPE__: 'short unsigned int',
  __UINT32_TYPE__: 'unsigned int',
  __UINT64_TYPE__: 'long unsigned int',
  __SIZE_TYPE__: 'long unsigned int',
  __PTRDIFF_TYPE__: 'long int',
  __WCHAR_TYPE__: 'int',
  __WINT_TYPE__: 'unsigned int',
  __INTMAX_TYPE__: 'long int',
  __UINTMAX_TYPE__: 'long unsigned int',
  __INTPTR_TYPE__: 'long int',
  __UINTPTR_TYPE__: 'long unsigned int',
  __SIZEOF_INT__: '4',
  __SIZEOF_LONG__: '8',
  __SIZEOF_LONG_LONG__: '8',
  __SIZEOF_SHORT__: '2',
  __SIZEOF_POINTER__: '8',
  __SIZEOF_SIZE_T__: '8',
  __SIZEOF_FLOAT__: '4',
  __SIZEOF_DOUBLE__: '8',
  __BYTE_ORDER__: '1234',
  __ORDER_LITTLE_ENDIAN__: '1234',
  __ORDER_BIG_ENDIAN__: '4321',
  __FLT_EPSILON__: '1.19209289550781250000000000000000000e-7F',
  __FLT_MAX__: '3.40282346638528859811704183484516925e+38F',
  __FLT_MIN__: '1.17549435082228750796873653722224568e-38F',
  __DBL_EPSILON__: '2.22044604925031308084726333618164062e-16',
  __DBL_MAX__: '1.79769313486231570814527423731704357e+308',
  __DBL_MIN__: '2.22507385850720138309023271733240406e-308',
  __DBL_DIG__: '15',
  __FLT_DIG__: '6',
}

let cached: ReadonlyMap<string, Macro> | undefined

/** The macros that are there before the first line. */
export function predefinedMacros(): Map<string, Macro> {
  cached ??= new Map(Object.entries(predefined).map(([name, text]) => [name, macroOf(name, text)]))
  return new Map([...cached].map(([name, macro]) => [name, { ...macro }]))
}

/** A macro as `-DNAME=TEXT` defines it. */
export function macroOf(name: string, text: string): Macro {
  const { tokens } = tokenize(text, '<command-line>')
  return {
    name,
    parameters: undefined,
    variadic: false,
    body: tokens.filter(({ kind }) => kind !== 'end' && kind !== 'stray'),
    at: { file: '<command-line>', line: 1, column: 1, end: 1 },
    system: true,
    active: 0,
  }
}
