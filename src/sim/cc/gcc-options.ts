// The command line of gcc 12: which options there are, what they set, and the words about wrong ones.
import { isWarningName } from './reporter.ts'
import { suggest } from './spelling.ts'

export interface GccOptions {
  /** Sources, objects and archives in order; `-` is standard input. */
  readonly inputs: string[]
  readonly libraries: string[]
  output: string | undefined
  /** -E, -S, -c, -fsyntax-only; undefined compiles and links. */
  phase: 'preprocess' | 'assemble' | 'compile' | 'check' | undefined
  /** -x: what standard input is. */
  language: string | undefined
  readonly defines: (readonly [string, string])[]
  readonly undefines: string[]
  readonly includePaths: string[]
  /** -include FILE. */
  readonly preincludes: string[]
  /** What stands behind -W. */
  readonly warnings: string[]
  isStatic: boolean
  isQuiet: boolean
  show: 'version' | 'help' | 'verbose' | 'dumpversion' | 'dumpmachine' | undefined
  /** `-P`, for -E. */
  noLineMarkers: boolean
  readonly errors: string[]
}

/** Options that take effect elsewhere, or make no difference here. */
const accepted: readonly RegExp[] = [
  /^-O([0-9]+|s|g|fast|z)?$/,
  /^-g(gdb)?[0-3]?$/,
  /^-gdwarf(-\d)?$/,
  /^-f(no-)?(builtin|stack-protector|stack-protector-strong|stack-protector-all|omit-frame-pointer|pic|PIC|pie|PIE|common|strict-aliasing|inline|inline-functions|unroll-loops|exceptions|lto|plt|wrapv|trapv|signed-char|unsigned-char|diagnostics-color|diagnostics-show-caret|diagnostics-show-option|ident|asynchronous-unwind-tables|data-sections|function-sections|hosted|freestanding|rounding-math|fast-math|math-errno|sanitize-recover|verbose-asm|short-enums|cf-protection|delete-null-pointer-checks)$/,
  /^-f(diagnostics-color|max-errors|stack-clash-protection|message-length|diagnostics-format|visibility|tabstop|cf-protection|lto|diagnostics-column-unit|debug-prefix-map|file-prefix-map|macro-prefix-map)(=.*)?$/,
  /^-ffast-math$/,
  /^-m(64|arch=.*|tune=.*|no-red-zone|sse\d?(\.\d)?|avx\d?)$/,
  /^-(pipe|s|rdynamic|pie|no-pie|static-pie|static-libgcc|shared-libgcc|pthread|time|save-temps|nostdinc|P|H|C|w|ansi|pedantic|pedantic-errors|Q|traditional-cpp)$/,
  /^-Wl,.*$/,
  /^-Wa,.*$/,
  /^-Wp,.*$/,
  /^-M(D|MD|P)$/,
]

const standards = [
  'c89',
  'c90',
  'c99',
  'c11',
  'c17',
  'c18',
  'c2x',
  'gnu89',
  'gnu90',
  'gnu99',
  'gnu11',
  'gnu17',
  'gnu18',
  'gnu2x',
  'iso9899:1990',
  'iso9899:1999',
  'iso9899:2011',
  'iso9899:2017',
]

/** Options whose argument is the rest of the word or the next word. */
const withArgument = [
  '-o',
  '-I',
  '-D',
  '-U',
  '-L',
  '-l',
  '-x',
  '-include',
  '-isystem',
  '-idirafter',
  '-MF',
  '-MT',
  '-B',
  '-T',
  '-u',
  '-Xlinker',
]

/** What gcc has and the simulation lacks: refused by name. */
const lacking: readonly RegExp[] = [
  /^-shared$/,
  /^-fsanitize=.*$/,
  /^-fprofile.*$/,
  /^-pg?$/,
  /^-m32$/,
  /^-mx32$/,
  /^-nostdlib$/,
  /^-nostartfiles$/,
  /^-nodefaultlibs$/,
  /^-ffreestanding$/,
  /^-fopenmp$/,
  /^-M{1,2}$/,
]

export function parseOptions(words: readonly string[]): GccOptions {
  const options: GccOptions = {
    inputs: [],
    libraries: [],
    output: undefined,
    phase: undefined,
    language: undefined,
    defines: [],
    undefines: [],
    includePaths: [],
    preincludes: [],
    warnings: [],
    isStatic: false,
    isQuiet: false,
    show: undefined,
    noLineMarkers: false,
    errors: [],
  }
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      options.inputs.push(word)
      continue
    }
    const taking = withArgument.find((name) => word === name || (word.startsWith(name) && name.length === 2))
    if (taking !== undefined) {
      let argument = word.slice(taking.length)
      if (argument === '') {
        index += 1
        const next = words[index]
        if (next === undefined) {
          const file =
            taking === '-o'
              ? 'filename'
              : taking === '-D' || taking === '-U'
                ? 'macro name'
                : taking === '-I' || taking === '-L'
                  ? 'path'
                  : 'argument'
          const what = file === 'argument' ? 'argument to' : `${file} after`
          options.errors.push(`missing ${what} ‘${taking}’`)
          continue
        }
        argument = next
      }
      withValue(options, taking, argument)
      continue
    }
    flag(options, word)
  }
  return options
}

function withValue(options: GccOptions, name: string, argument: string): void {
  switch (name) {
    case '-o':
      options.output = argument
      return
    case '-I':
    case '-isystem':
    case '-idirafter':
      options.includePaths.push(argument)
      return
    case '-D': {
      const equals = argument.indexOf('=')
      options.defines.push(equals < 0 ? [argument, '1'] : [argument.slice(0, equals), argument.slice(equals + 1)])
      return
    }
    case '-U':
      options.undefines.push(argument)
      return
    case '-l':
      options.libraries.push(argument)
      return
    case '-x':
      if (['c', 'none', 'cpp-output'].includes(argument)) options.language = argument === 'none' ? undefined : argument
      else if (['c++', 'assembler', 'objective-c', 'c-header'].includes(argument)) {
        options.errors.push(`language ${argument} is not simulated`)
      } else options.errors.push(`language ${argument} not recognized`)
      return
    case '-include':
      options.preincludes.push(argument)
      return
    default:
  }
}

function flag(options: GccOptions, word: string): void {
  switch (word) {
    case '-E':
      options.phase = 'preprocess'
      return
    case '-S':
      options.phase = 'assemble'
      return
    case '-c':
      options.phase = 'compile'
      return
    case '-fsyntax-only':
      options.phase = 'check'
      return
    case '-static':
      options.isStatic = true
      return
    case '-w':
      options.isQuiet = true
      return
    case '-P':
      options.noLineMarkers = true
      return
    case '--version':
      options.show = 'version'
      return
    case '--help':
      options.show = 'help'
      return
    case '-v':
    case '--verbose':
      options.show ??= 'verbose'
      return
    case '-dumpversion':
    case '-dumpfullversion':
      options.show = 'dumpversion'
      return
    case '-dumpmachine':
    case '-print-multiarch':
      options.show = 'dumpmachine'
      return
    case '-pedantic':
      options.warnings.push('pedantic')
      return
    case '-ansi':
      return
    default:
  }
  if (word.startsWith('-std=')) {
    const name = word.slice(5)
    if (standards.includes(name)) return
    const hint = suggest(name, standards)
    options.errors.push(
      `unrecognized command-line option ‘${word}’${hint === undefined ? '' : `; did you mean ‘-std=${hint}’?`}`,
    )
    return
  }
  if (lacking.some((pattern) => pattern.test(word))) {
    options.errors.push(`‘${word}’ is not simulated: pause-lab's compiler makes programs for its own machine only`)
    return
  }
  if (accepted.some((pattern) => pattern.test(word))) return
  if (word.startsWith('-W')) {
    const name = word.slice(2)
    // An unknown -Wno-… is silent as long as nothing else is wrong.
    const base = name.replace(/^no-/, '').replace(/^error=/, '')
    if (name.startsWith('no-') || isWarningName(base) || /=\d+$/.test(base)) {
      options.warnings.push(
        name.replace(/^(implicit-fallthrough)=\d$/, '$1').replace(/^(format|unused-const-variable|shadow)=\d$/, '$1'),
      )
      return
    }
  }
  options.errors.push(`unrecognized command-line option ‘${word}’`)
}
