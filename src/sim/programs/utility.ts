// What most programs begin and end with: options by getopt, what is said of a wrong one, and the words of both families.
import { busyboxUsages } from './busybox-usage.ts'
import { type Environment, type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { getopt, OptionError, type OptionMessages, type OptionRow, type ParsedOptions } from './getopt.ts'
import { writeError, writeOut } from './stdio.ts'

/** Whose program it is: GNU's (or procps', util-linux') on the host, busybox's in containers. */
export type Family = 'gnu' | 'busybox'

export interface UtilityOptions {
  readonly name: string
  readonly options?: readonly OptionRow[]
  /** The first operand ends the options, as for programs that run another one. */
  readonly stopAtOperand?: boolean
  /** What stands after `Usage: NAME `. */
  readonly synopsis?: string
  /** Calls itself by this name even when it was called by a path; GNU's programs say the path. */
  readonly shortName?: boolean
  /** The whole usage of a program of the host that prints it after a wrong option, from its first line on. */
  readonly usage?: string
  /** Tells a wrong option by the usage alone, without the message of getopt. */
  readonly silentOptions?: boolean
  /** Prints the pointer to more help, not the usage, for what is wrong besides options. */
  readonly pointerForMisuse?: boolean
  /** What busybox says after `Usage: NAME `, with its lines of options. */
  readonly busyboxUsage?: string
  /** What --version prints, without the line feed. */
  readonly version?: string
  /** The option that the pointer to more help names, default --help. */
  readonly helpOption?: string
  /** The quote in procps' pointer to --help, where it is the old one. */
  readonly oldQuote?: boolean
  /** Exit status after a usage error, default 1. */
  readonly usageStatus?: number
  /** Changes argv before it is read, for old forms such as `head -5`. */
  readonly rewrite?: (argv: readonly string[]) => readonly string[]
}

/** One run of a program. */
export interface Call {
  readonly system: System
  readonly family: Family
  readonly environment: Environment
  readonly argv: readonly string[]
  /** As messages begin. */
  readonly name: string
  readonly parsed: ParsedOptions
  readonly operands: readonly string[]
  has(option: string): boolean
  /** The last value of an option. */
  value(option: string): string | undefined
  /** Quotes a word as messages of the coreutils do in the locale of the environment. */
  quote(text: string): string
}

/** Ends a program with a message: `NAME: message`, and for a usage error the pointer to --help. */
export class Failure extends Error {
  readonly status: number
  readonly usage: boolean

  constructor(message: string, { status = 1, usage = false }: { status?: number; usage?: boolean } = {}) {
    super(message)
    this.status = status
    this.usage = usage
  }
}

/** A usage error; busybox prints its usage for it, without the message. */
export function misuse(message: string): Failure {
  return new Failure(message, { usage: true })
}

/** Whose build of busybox: Alpine's is linked with musl, Debian's static one with glibc. */
export type BusyboxBuild = 'alpine' | 'debian'

const builds = new WeakMap<System, BusyboxBuild>()

/** Marks a program as an applet of a build, whose messages are its C library's. */
export function appletOf(build: BusyboxBuild, main: Main): Main {
  return (system, argv, environment) => {
    builds.set(system, build)
    return main(system, argv, environment)
  }
}

export function busyboxVersion(system: System): string {
  return builds.get(system) === 'debian'
    ? 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.'
    : 'BusyBox v1.37.0 (2025-05-26 20:04:45 UTC) multi-call binary.'
}

/** What an applet prints for `--help` and for wrong usage. @param ownUsage of Alpine's build, after the name */
export function busyboxHelpOf(system: System, name: string, ownUsage?: string): string {
  const own = ownUsage === undefined ? undefined : `${name} ${ownUsage}`
  const known = busyboxUsages[name]
  const usage = builds.get(system) === 'debian' ? (known ?? own) : (own ?? known)
  return `${busyboxVersion(system)}\n\nUsage: ${usage ?? `${name} [OPTION]...`}\n`
}

export function busyboxMessages(system: System): { readonly messages: OptionMessages } {
  return { messages: builds.get(system) === 'debian' ? 'glibc' : 'musl' }
}

/**
 * Makes a program of a function that gets its options parsed. What it throws as Failure is printed; so is the error of
 * a system call that it did not expect.
 */
export function utility(family: Family, about: UtilityOptions, run: (call: Call) => Program): Main {
  const { options = [], stopAtOperand = false, synopsis = '[OPTION]...', usageStatus = 1 } = about
  const busyboxHelp = (system: System, name: string) => busyboxHelpOf(system, name, about.busyboxUsage)
  const rows = [...options, { names: ['help'] }, { names: ['version'] }]
  return function* main(system, argv, environment) {
    const name = family === 'busybox' || about.shortName ? about.name : (argv[0] ?? about.name)
    try {
      const words = about.rewrite?.(argv) ?? argv
      const parsed = getopt(words, rows, { stopAtOperand, ...(family === 'busybox' && busyboxMessages(system)) })
      if (parsed.given.has('help')) {
        const text = family === 'busybox' ? busyboxHelp(system, name) : (about.usage ?? `Usage: ${name} ${synopsis}\n`)
        yield* writeOut(system, text)
        return 0
      }
      if (family === 'gnu' && parsed.given.has('version') && about.version !== undefined) {
        yield* writeOut(system, `${about.version}\n`)
        return 0
      }
      return yield* run({
        system,
        family,
        environment,
        argv,
        name,
        parsed,
        operands: parsed.operands,
        has: (option) => parsed.given.has(option),
        value: (option) => parsed.given.get(option)?.at(-1),
        quote: (text) => quoteIn(environment, text),
      })
    } catch (error) {
      return yield* explain(error, system, name)
    }
  }

  function* explain(error: unknown, system: System, name: string): Program {
    if (error instanceof OptionError || (error instanceof Failure && error.usage)) {
      const busybox = `${error instanceof OptionError ? `${name}: ${error.message}\n` : ''}${busyboxHelp(system, name)}`
      const message = error.message === '' ? '' : `${name}: ${error.message}\n`
      const pointer = `Try ${about.oldQuote ? '`' : "'"}${name} ${about.helpOption ?? '--help'}' for more information.\n`
      const pointsOnly = error instanceof Failure && about.pointerForMisuse
      const said = about.silentOptions && error instanceof OptionError ? '' : message
      const gnu = said + (about.usage === undefined || pointsOnly ? pointer : about.usage)
      yield* writeError(system, family === 'busybox' ? busybox : gnu)
      return usageStatus
    }
    if (error instanceof Failure) {
      yield* writeError(system, `${name}: ${error.message}\n`)
      return error.status
    }
    if (!(error instanceof SystemCallError)) throw error
    if (error.errno !== 'EPIPE') yield* writeError(system, `${name}: ${error.message}\n`)
    return 1
  }
}

/** ‘text’ in a locale of UTF-8, 'text' elsewhere, quote(3) of gnulib. */
function quoteIn(environment: Environment, text: string): string {
  const locale = environment.get('LC_ALL') || environment.get('LC_CTYPE') || environment.get('LANG') || ''
  return /utf-?8/i.test(locale) ? `‘${text}’` : `'${text}'`
}

/** Writes `NAME: message` and goes on; the program's status is to be 1. */
export function warn({ system, name }: Pick<Call, 'system' | 'name'>, message: string): Program<void> {
  return writeError(system, `${name}: ${message}\n`)
}

/** What a call gives, or the error that it threw as a system call. */
export function* attempt<T>(work: Program<T>): Program<T | SystemCallError> {
  try {
    return yield* work
  } catch (error) {
    if (error instanceof SystemCallError) return error
    throw error
  }
}
