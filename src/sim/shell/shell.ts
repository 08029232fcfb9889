// One shell: what it knows (`ShellState`, copied by fork) and the process that it is. The interpreter's parts, which are
// functions over a Shell, reach each other through `interpreter`, so that none of them must import all others.
import type { Statement } from 'unbash'
import type { Environment, Program, System, WaitResult } from '../kernel/system.ts'
import { writeError } from '../programs/stdio.ts'
import type { Dialect } from './dialect.ts'
import type { Job } from './jobs.ts'
import type { Source } from './source.ts'
import { Variables } from './variables.ts'

/** A builtin command: gives its exit status. Messages go through `shell.complain`. */
export type Builtin = (shell: Shell, argv: readonly string[]) => Program<number>

export interface Interpreter {
  /** Runs statements in this very shell and gives the last status. */
  execute(shell: Shell, statements: readonly Statement[], source: Source): Program<number>
  /** Parses a text and runs it in this very shell; `label` is what a syntax error's message calls it. */
  runText(shell: Shell, source: Source, label: string): Program<number>
  /** Runs a command by its words, as `command` and `eval`-like builtins do; functions only when asked for. */
  runWords(shell: Shell, words: readonly string[], options: { functions: boolean }): Program<number>
  readonly builtins: ReadonlyMap<string, Builtin>
}

export interface ShellFunction {
  readonly body: Statement
  readonly source: Source
  /** Its text, as `type` and `declare -f` print it. */
  readonly text: string
}

export interface RunOptions {
  errexit: boolean
  nounset: boolean
  xtrace: boolean
  noexec: boolean
  noglob: boolean
  noclobber: boolean
  verbose: boolean
  allexport: boolean
  pipefail: boolean
  monitor: boolean
  posix: boolean
  hashall: boolean
  braceexpand: boolean
  errtrace: boolean
  functrace: boolean
  notify: boolean
  physical: boolean
  privileged: boolean
  keyword: boolean
  onecmd: boolean
  interactive: boolean
  history: boolean
  histexpand: boolean
  emacs: boolean
  vi: boolean
  ignoreeof: boolean
  nolog: boolean
}

export class ShellState {
  variables: Variables
  functions = new Map<string, ShellFunction>()
  /** `$1` and on. */
  positional: readonly string[] = []
  /** `$0`. */
  name: string
  /** `$$`: the shell's own PID, also in its subshells. */
  mainPid = 0
  options: RunOptions
  shopt = new Map<string, boolean>()
  aliases = new Map<string, string>()
  /** Commands of `trap` by name: `EXIT`, `ERR`, `TERM`; an empty one ignores. */
  traps = new Map<string, string>()
  /** Traps that a subshell has lost but lists until it sets one of its own. */
  inheritedTraps: ReadonlyMap<string, string> | undefined
  jobs: Job[] = []
  /** What `jobs` lists in a subshell: the jobs of the shell that forked it. */
  inheritedJobs: readonly Job[] = []
  /** Status of background processes that have ended and were not waited for, by PID. */
  ended = new Map<number, number>()
  lastStatus = 0
  pipeStatus: readonly number[] = [0]
  /** `$!`, undefined before the first background command. */
  lastBackground: number | undefined
  /** `$_`. */
  lastArgument = ''
  /** Virtual time of the start in microseconds, for SECONDS. */
  startedAt = 0
  randomSeed = 1
  /** How deep in loops: what `break` may leave. */
  loopDepth = 0
  functionNames: readonly string[] = []
  sourceDepth = 0
  /** BASH_SUBSHELL. */
  subshellDepth = 0
  /** Greater than 0 where `set -e` does not act: conditions, `!`, all but the last of `&&` and `||`. */
  errexitIgnored = 0
  /** What pushd has put below the working directory. */
  directories: readonly string[] = []
  /** Options of `complete` by command. */
  completions = new Map<string, string>()
  /** Places of program names, for `hash`. */
  hashed = new Map<string, { path: string; hits: number }>()
  readonly scriptFile: boolean

  constructor(
    name: string,
    variables: Environment | Variables,
    scriptFile: boolean,
    options: RunOptions = optionsOfStart(),
  ) {
    this.name = name
    this.scriptFile = scriptFile
    this.variables = variables instanceof Variables ? variables : new Variables(variables)
    this.options = options
  }

  /** What a subshell gets: a copy of all, without jobs and without caught signals. */
  clone(): ShellState {
    const copy = new ShellState(this.name, this.variables.clone(), this.scriptFile, { ...this.options, monitor: false })
    copy.functions = new Map(this.functions)
    copy.positional = this.positional
    copy.mainPid = this.mainPid
    copy.shopt = new Map(this.shopt)
    copy.aliases = new Map(this.aliases)
    copy.traps = new Map([...this.traps].filter(([, command]) => command === ''))
    copy.inheritedTraps = this.inheritedTraps ?? new Map(this.traps)
    copy.inheritedJobs = this.jobs.length > 0 ? this.jobs : this.inheritedJobs
    copy.lastStatus = this.lastStatus
    copy.pipeStatus = this.pipeStatus
    copy.lastBackground = this.lastBackground
    copy.lastArgument = this.lastArgument
    copy.startedAt = this.startedAt
    copy.randomSeed = this.randomSeed + 1
    copy.loopDepth = this.loopDepth
    copy.functionNames = this.functionNames
    copy.sourceDepth = this.sourceDepth
    copy.subshellDepth = this.subshellDepth + 1
    copy.errexitIgnored = this.errexitIgnored
    copy.directories = this.directories
    copy.completions = this.completions.size > 0 ? new Map(this.completions) : copy.completions
    copy.hashed = new Map(this.hashed)
    return copy
  }
}

function optionsOfStart(): RunOptions {
  const on = (option: keyof RunOptions): boolean => option === 'hashall' || option === 'braceexpand'
  return Object.fromEntries(optionLetters.map(([option]) => [option, on(option)])) as unknown as RunOptions
}

/** Options of `set`: name, letter of `set -X` and `$-` if it has one. In the order of `set -o`. */
export const optionLetters: readonly (readonly [keyof RunOptions, string | undefined])[] = [
  ['allexport', 'a'],
  ['braceexpand', 'B'],
  ['emacs', undefined],
  ['errexit', 'e'],
  ['errtrace', 'E'],
  ['functrace', 'T'],
  ['hashall', 'h'],
  ['histexpand', 'H'],
  ['history', undefined],
  ['ignoreeof', undefined],
  ['interactive', 'i'],
  ['keyword', 'k'],
  ['monitor', 'm'],
  ['noclobber', 'C'],
  ['noexec', 'n'],
  ['noglob', 'f'],
  ['nolog', undefined],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['onecmd', 't'],
  ['physical', 'P'],
  ['pipefail', undefined],
  ['posix', undefined],
  ['privileged', 'p'],
  ['verbose', 'v'],
  ['vi', undefined],
  ['xtrace', 'x'],
]

export class Shell {
  readonly system: System
  readonly state: ShellState
  readonly dialect: Dialect
  readonly interpreter: Interpreter
  source: Source
  /** LINENO: the line of the command under way. */
  line = 1
  /** Signals that came and have a trap, in order; run between commands. */
  pendingSignals: number[] = []
  /** A run is being cancelled: the next chance to look at this unwinds the interpreter. */
  cancelled = false
  /** Status of the last command substitution of the command under way. */
  substitutionStatus: number | undefined
  /** Descriptors of process substitutions to close when the command under way has ended. */
  substitutionDescriptors: number[] = []
  /** Which job a child that has not been collected belongs to. */
  readonly jobOfPid = new Map<number, Job>()
  /** A background job has ended since the table was last tidied. */
  jobsHaveNews = false
  /** Children that were collected before their job was known. */
  readonly reaped = new Map<number, WaitResult>()
  /** In a command substitution nothing is told about killed jobs. */
  inSubstitution = false
  /** What runs as `-c`, for the messages of syntax errors, and `$-`. */
  letterC = false

  constructor(system: System, state: ShellState, dialect: Dialect, interpreter: Interpreter, source: Source) {
    this.system = system
    this.state = state
    this.dialect = dialect
    this.interpreter = interpreter
    this.source = source
  }

  get variables(): Variables {
    return this.state.variables
  }

  get options(): RunOptions {
    return this.state.options
  }

  /** A shell of the same kind in a forked process, with its own copy of the state. */
  forked(system: System, state: ShellState): Shell {
    const child = new Shell(system, state, this.dialect, this.interpreter, this.source)
    child.line = this.line
    child.letterC = this.letterC
    return child
  }

  /** What messages call the text under way: a sourced file, the shell, or what bash names the source of its functions. */
  get messageName(): string {
    const { state, dialect } = this
    if (dialect.kind === 'ash') return state.name
    if (this.source.file !== undefined) return this.source.file
    if (state.scriptFile || state.functionNames.length === 0) return state.name
    return this.letterC ? 'environment' : 'main'
  }

  /** Stands before each message. */
  get prefix(): string {
    return this.dialect.prefix(this.messageName, this.line, this.state.scriptFile)
  }

  /** Status of the errors that end a shell: `${x?}` and `set -u`. */
  get fatalStatus(): number {
    if (this.dialect.kind === 'ash') return 2
    return this.letterC && this.state.subshellDepth === 0 ? 127 : 1
  }

  /** Prints what an error says, with the place where it came up. */
  *complainOf(error: Error & { prefix?: string | undefined }): Program<void> {
    const message = this.dialect.fatalText(error.message)
    if (error.prefix === undefined) yield* this.complain(message)
    else yield* writeError(this.system, `${error.prefix}${message}\n`)
  }

  /** Prints a message to standard error with the shell's prefix before each of its lines but a usage line. */
  *complain(message: string): Program<void> {
    // A builtin of ash tells the line itself.
    const prefix = /^\w+: line \d+: /.test(message) ? `${this.messageName}: ` : this.prefix
    yield* writeError(this.system, message.replace(/^(?!\S+: usage: )/gm, () => prefix) + '\n')
  }
}
