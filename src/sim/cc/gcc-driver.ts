// What gcc does: options, then each source through preprocessor, checker and code generator, then the linker.
import type { Environment, Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { readFile, writeAll, writeError, writeOut } from '../programs/stdio.ts'
import { check, type CheckOptions, newPreprocessor } from './check.ts'
import { type Diagnostic, formatDiagnostic } from './diagnostics.ts'
import { generate, isUnsupported } from './generate.ts'
import { linkObjects, type NamedObject } from './gcc-link.ts'
import { type GccOptions, parseOptions } from './gcc-options.ts'
import { collectHeaders, type HeaderFinder, readSource } from './gcc-sources.ts'
import type { ObjectFile } from './bytecode.ts'
import { preprocessedText } from './preprocessed-text.ts'
import { decodeObject, encodeObject } from './program.ts'
import { Reporter, Stop, warningsOf } from './reporter.ts'

/** What one run shares. */
interface Run {
  readonly system: System
  /** As it was called: gcc or cc. */
  readonly name: string
  readonly options: GccOptions
  readonly utf8: boolean
  readonly date: string
  readonly time: string
}

/** CPU time of compiling a small source, and of linking, in microseconds. */
const compileTime = 25_000
const linkTime = 15_000

/** Libraries that are there: all of them are in the C library of the simulation. */
const libraries = new Set(['c', 'm', 'pthread', 'rt', 'dl', 'gcc', 'util', 'crypt'])

export const compileAndLink: Main = function* compileAndLink(system, argv, environment) {
  const options = parseOptions(argv.slice(1))
  const name = (argv[0] ?? 'gcc').replace(/^.*\//, '')
  const now = yield* system.clock_gettime('CLOCK_REALTIME')
  const run: Run = { system, name, options, utf8: isUtf8(environment), ...dateOf(now) }
  if (options.show !== undefined && (options.inputs.length === 0 || options.show !== 'verbose')) return yield* show(run)
  for (const error of options.errors) yield* complain(run, `${name}: error: ${error}\n`)
  if (options.inputs.length === 0) {
    yield* complain(run, `${name}: fatal error: no input files\ncompilation terminated.\n`)
    return 1
  }
  if (options.errors.length > 0) return 1
  const refusal = refused(options)
  if (refusal !== undefined) {
    yield* complain(run, `${name}: ${refusal}\n`)
    return 1
  }
  return yield* work(run)
}

function isUtf8(environment: Environment): boolean {
  const locale = environment.get('LC_ALL') || environment.get('LC_CTYPE') || environment.get('LANG') || ''
  return /utf-?8/i.test(locale)
}

function dateOf(microseconds: number): { date: string; time: string } {
  const [, month = '', day = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(new Date(microseconds / 1000).toUTCString()) ?? []
  return { date: `${day} ${String(Number(month)).padStart(2)} ${year}`, time }
}

function complain({ system, utf8 }: Run, text: string): Program<void> {
  return writeError(system, utf8 ? text : text.replaceAll(/[‘’]/g, "'"))
}

/** What the whole command line has wrong. */
function refused({ inputs, phase, output, language }: GccOptions): string | undefined {
  if (output !== undefined && inputs.length > 1 && phase !== undefined && phase !== 'check') {
    return 'fatal error: cannot specify ‘-o’ with ‘-c’, ‘-S’ or ‘-E’ with multiple files\ncompilation terminated.'
  }
  if (inputs.includes('-') && language === undefined && phase !== 'preprocess') {
    return 'error: -E or -x required when input is from standard input'
  }
  if (output !== undefined && inputs.includes(output)) {
    return `fatal error: input file ‘${output}’ is the same as output file\ncompilation terminated.`
  }
  if (phase === 'assemble') {
    return 'error: pause-lab: the simulated compiler makes no assembly code: -S is not simulated'
  }
  return undefined
}

const banner = '(Debian 12.2.0-14+deb12u1) 12.2.0'

function* show({ system, name, options }: Run): Program {
  switch (options.show) {
    case 'version':
      yield* writeOut(
        system,
        `${name} ${banner}\nCopyright (C) 2022 Free Software Foundation, Inc.\nThis is free software; see the source for copying conditions.  There is NO\nwarranty; not even for MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.\n\n`,
      )
      return 0
    case 'dumpversion':
      yield* writeOut(system, '12\n')
      return 0
    case 'dumpmachine':
      yield* writeOut(system, 'x86_64-linux-gnu\n')
      return 0
    case 'help':
      yield* writeOut(system, help(name))
      return 0
    default:
      yield* writeError(
        system,
        `Using built-in specs.\nCOLLECT_GCC=${name}\nTarget: x86_64-linux-gnu\nThread model: posix\ngcc version 12.2.0 (Debian 12.2.0-14+deb12u1) \npause-lab: the simulated compiler, a subset of C\n`,
      )
      return 0
  }
}

const helpRows: readonly (readonly [string, string])[] = [
  ['--help', 'Display this information.'],
  ['--version', 'Display compiler version information.'],
  ['-dumpversion', 'Display the version of the compiler.'],
  ['-dumpmachine', "Display the compiler's target processor."],
  ['-std=<standard>', 'Assume that the input sources are for <standard>.'],
  ['-v', 'Display the programs invoked by the compiler.'],
  ['-E', 'Preprocess only; do not compile, assemble or link.'],
  ['-c', 'Compile and assemble, but do not link.'],
  ['-o <file>', 'Place the output into <file>.'],
  ['-x <language>', 'Specify the language of the following input files.'],
]

function help(name: string): string {
  const rows = helpRows.map(([option, text]) => `  ${option.padEnd(24)} ${text}\n`).join('')
  return `Usage: ${name} [options] file...\nOptions:\n${rows}\nOptions starting with -g, -f, -m, -O, -W, or --param are automatically\n passed on to the various sub-processes invoked by ${name}.\npause-lab: these are the options that the simulated compiler heeds.\n`
}

// Compiling ----------------------------------------------------------------------------------------------------------

function* work(run: Run): Program {
  const { options, system } = run
  const objects: NamedObject[] = []
  let failed = false
  const pid = yield* system.getpid()
  for (const [index, input] of options.inputs.entries()) {
    if (isSource(input, options)) {
      const object = yield* compile(run, input)
      if (object === 'failed') failed = true
      else if (object !== undefined) objects.push({ object, path: temporaryName(pid, index) })
    } else if (options.phase === undefined) {
      const object = yield* readObject(run, input)
      if (object === undefined) failed = true
      else objects.push({ object, path: input })
    } else yield* complain(run, `${run.name}: warning: ${input}: linker input file unused because linking not done\n`)
  }
  if (failed) return 1
  if (options.phase !== undefined) return 0
  return yield* linkAll(run, objects)
}

function isSource(input: string, { language }: GccOptions): boolean {
  return input === '-' || language === 'c' || /\.[ci]$/.test(input)
}

/** A name such as mkstemp(3) makes, the same in each run. */
function temporaryName(pid: number, index: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  let seed = (pid * 2_654_435_761 + index * 40_503) >>> 0
  let name = ''
  for (let place = 0; place < 6; place += 1) {
    name += letters[seed % letters.length]
    seed = (seed * 1_103_515_245 + 12_345) >>> 0
  }
  return `/tmp/cc${name}.o`
}

/** One source. Gives its object when it is to be linked; undefined when nothing is left to do with it. */
function* compile(run: Run, input: string): Program<ObjectFile | 'failed' | undefined> {
  const { system, options } = run
  const source = yield* readSource(system, input)
  if ('error' in source) {
    yield* complain(run, `cc1: fatal error: ${input}: ${source.error}\ncompilation terminated.\n`)
    return 'failed'
  }
  const file = input === '-' ? '<stdin>' : input
  const preincludes = options.preincludes.map((name) => `#include "${name}"\n`).join('')
  const finder = yield* collectHeaders(system, { file, text: `${preincludes}${source.text}` }, options.includePaths)
  yield* system.spend(compileTime)
  const text = preincludes === '' ? source.text : `${preincludes}#line 1\n${source.text}`
  if (options.phase === 'preprocess') return yield* preprocess(run, file, text, finder)
  const result = check(text, file, checkOptions(run, finder))
  const isFailed = yield* report(run, result.diagnostics, result.terminated)
  if (result.unit === undefined || isFailed) return 'failed'
  if (options.phase === 'check') return undefined
  let object: ObjectFile
  try {
    object = generate(result.unit)
  } catch (error) {
    if (!isUnsupported(error)) throw error
    const { line, column } = error.place
    yield* complain(
      run,
      `${file}:${line}:${column}: sorry, unimplemented: ${error.message}\npause-lab: the simulated compiler knows a subset of C\n`,
    )
    return 'failed'
  }
  if (options.phase !== 'compile') return object
  const output = options.output ?? `${input.replace(/^.*\//, '').replace(/\.[^.]*$/, '')}.o`
  return (yield* writeFile(run, output, encodeObject(object), 0o666)) ? undefined : 'failed'
}

function checkOptions({ options, date, time }: Run, include: HeaderFinder): CheckOptions {
  const { defines, undefines } = options
  return { include, defines, undefines, warnings: options.warnings, date, time }
}

function* preprocess(run: Run, file: string, text: string, finder: HeaderFinder): Program<'failed' | undefined> {
  const { options, system } = run
  const reporter = new Reporter(warningsOf(options.warnings))
  let output = ''
  let isTerminated = false
  try {
    const preprocessor = newPreprocessor(text, file, reporter, checkOptions(run, finder))
    output = preprocessedText(preprocessor, file, !options.noLineMarkers)
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    isTerminated = true
  }
  const isFailed = yield* report(run, reporter.diagnostics, isTerminated)
  if (isFailed) return 'failed'
  if (options.output === undefined || options.output === '-') yield* writeOut(system, output)
  else if (!(yield* writeFile(run, options.output, new TextEncoder().encode(output), 0o666))) return 'failed'
  return undefined
}

/** Prints messages; gives whether the compilation has failed. -Werror makes errors of warnings. */
function* report(run: Run, diagnostics: readonly Diagnostic[], terminated: boolean): Program<boolean> {
  const { options, utf8 } = run
  const asErrors = new Set(options.warnings.filter((name) => name.startsWith('error=')).map((name) => name.slice(6)))
  const allErrors = options.warnings.includes('error')
  let text = ''
  let isFailed = terminated
  let promoted = false
  let noteOfQuiet = false
  for (const diagnostic of diagnostics) {
    const { severity, option } = diagnostic
    if (severity === 'warning' && options.isQuiet) {
      noteOfQuiet = true
      continue
    }
    if (severity === 'note' && noteOfQuiet) continue
    noteOfQuiet = false
    const isPromoted =
      severity === 'warning' && (allErrors || (option !== undefined && asErrors.has(option.replace(/=$/, ''))))
    if (isPromoted) {
      promoted = true
      text += formatDiagnostic(
        { ...diagnostic, severity: 'error', option: `error${option === undefined ? '' : `=${option}`}` },
        utf8,
      )
    } else text += formatDiagnostic(diagnostic, utf8)
    if (severity !== 'warning' && severity !== 'note') isFailed = true
  }
  if (terminated) text += 'compilation terminated.\n'
  if (promoted) {
    text += `cc1: ${allErrors ? 'all' : 'some'} warnings being treated as errors\n`
    isFailed = true
  }
  if (text !== '') yield* complain(run, text)
  return isFailed
}

// Linking ------------------------------------------------------------------------------------------------------------

function* readObject(run: Run, path: string): Program<ObjectFile | undefined> {
  let bytes: Uint8Array
  try {
    bytes = yield* readFile(run.system, path)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const why = error.errno === 'EISDIR' ? 'file format not recognized' : error.message
    yield* complain(run, `/usr/bin/ld: cannot find ${path}: ${why}\ncollect2: error: ld returned 1 exit status\n`)
    return undefined
  }
  const object = decodeObject(bytes)
  if (object !== undefined) return object
  const isText = bytes[0] !== 0x7f
  const words = isText
    ? `/usr/bin/ld:${path}: file format not recognized; treating as linker script\n/usr/bin/ld:${path}:0: syntax error\n`
    : `/usr/bin/ld: ${path}: file not recognized: file format not recognized\n`
  yield* complain(run, `${words}collect2: error: ld returned 1 exit status\n`)
  return undefined
}

function* linkAll(run: Run, objects: readonly NamedObject[]): Program {
  const { options, system } = run
  const missing = options.libraries.filter((library) => !libraries.has(library))
  if (missing.length > 0) {
    const lines = missing
      .map((library) => `/usr/bin/ld: cannot find -l${library}: No such file or directory\n`)
      .join('')
    yield* complain(run, `${lines}collect2: error: ld returned 1 exit status\n`)
    return 1
  }
  yield* system.spend(linkTime)
  const linked = linkObjects(objects, options.isStatic)
  if ('messages' in linked) {
    yield* complain(run, linked.messages)
    return 1
  }
  return (yield* writeFile(run, options.output ?? 'a.out', linked.executable, 0o777, 'ld')) ? 0 : 1
}

/** Writes an output anew: a program that runs keeps its own file. */
function* writeFile(run: Run, path: string, bytes: Uint8Array, mode: number, by?: 'ld'): Program<boolean> {
  const { system } = run
  try {
    if (yield* isRegular(system, path)) yield* system.unlink(path)
    const fd = yield* system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], mode)
    try {
      yield* writeAll(system, fd, bytes)
    } finally {
      yield* system.close(fd)
    }
    return true
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const words =
      by === 'ld'
        ? `/usr/bin/ld: cannot open output file ${path}: ${error.message}\ncollect2: error: ld returned 1 exit status\n`
        : `Assembler messages:\nFatal error: can't create ${path}: ${error.message}\n`
    yield* complain(run, words)
    return false
  }
}

function* isRegular(system: System, path: string): Program<boolean> {
  try {
    return (yield* system.lstat(path)).type === 'regular'
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}
