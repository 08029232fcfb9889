// bash(1) and busybox's sh: what the arguments ask for, then the interpreter over the text.
import type { Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { decodeText } from '../programs/bytes.ts'
import { readAll, writeError, writeOut } from '../programs/stdio.ts'
import { builtins } from './builtins/index.ts'
import { FatalError, ShellExit } from './control.ts'
import type { Dialect } from './dialect.ts'
import { ash, bash, dash } from './dialect.ts'
import { execute } from './execute.ts'
import { installHandlers, runToExit } from './processes.ts'
import type { Interpreter } from './shell.ts'
import { optionLetters, Shell, ShellState } from './shell.ts'
import { runWords } from './simple-command.ts'
import { Source } from './source.ts'
import type { Parsed } from './syntax.ts'
import { parseScript } from './syntax.ts'

const interpreter: Interpreter = {
  execute: (shell, statements, source) => execute(shell, statements, source),
  runText: (shell, source, label) => runText(shell, source, label),
  runWords: (shell, words, options) => runWords(shell, words, [], [], words.join(' '), options),
  builtins,
}

interface Arguments {
  /** The text of -c. */
  command: string | undefined
  /** A script's path; undefined reads standard input. */
  file: string | undefined
  name: string
  positional: readonly string[]
  options: readonly (readonly [string, boolean])[]
  version: boolean
}

/** bash of the host. */
export const bashMain: Main = shellMain(bash)

/** `sh` of the host, dash. */
export const dashMain: Main = shellMain(dash)

/** `sh` of the containers, busybox's ash. */
export const ashMain: Main = shellMain(ash)

function shellMain(dialect: Dialect): Main {
  return function* main(system, argv, environment) {
    const given = readArguments(argv, dialect)
    if (typeof given === 'string') {
      yield* writeError(
        system,
        `${argv[0]}: ${given}\n${given.endsWith('invalid option') && dialect.kind === 'bash' ? usageText : ''}`,
      )
      return 2
    }
    if (given.version && dialect.kind === 'bash') {
      yield* writeOut(system, versionText)
      return 0
    }
    const state = new ShellState(given.name, environment, given.file !== undefined)
    state.positional = given.positional
    const shell = yield* createShell(system, state, dialect)
    for (const [option, on] of given.options) setOption(shell, option, on)
    shell.letterC = given.command !== undefined
    return yield* runToExit(shell, () => runMain(shell, given))
  }
}

/** A shell for this process, with its handlers installed and the variables set that every shell sets. */
export function* createShell(system: System, state: ShellState, dialect: Dialect): Program<Shell> {
  const shell = new Shell(system, state, dialect, interpreter, new Source(''))
  state.mainPid = yield* system.getpid()
  state.startedAt = yield* system.clock_gettime('CLOCK_REALTIME')
  state.randomSeed = (state.mainPid * 2_654_435_761) % 2_147_483_647 || 1
  yield* installHandlers(shell)
  const { variables } = state
  variables.set('IFS', ' \t\n')
  variables.set('PPID', String(yield* system.getppid()))
  variables.set('OPTIND', '1')
  variables.declare('PPID', { readonly: true, integer: true })
  const cwd = yield* currentDirectory(system)
  if (variables.get('PWD') !== cwd) variables.set('PWD', cwd)
  variables.declare('PWD', { exported: true })
  variables.set('SHLVL', String(Number(variables.get('SHLVL') ?? 0) + 1))
  variables.declare('SHLVL', { exported: true })
  if (!variables.isSet('PATH')) variables.set('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
  if (dialect.kind === 'bash') yield* setBashVariables(shell)
  return shell
}

function* setBashVariables(shell: Shell): Program<void> {
  const { variables } = shell
  variables.set('BASH', '/usr/bin/bash')
  variables.set('BASH_VERSION', '5.2.15(1)-release')
  for (const [index, part] of ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'].entries()) {
    variables.setElement('BASH_VERSINFO', index, part)
  }
  const uid = yield* shell.system.getresuid()
  variables.set('UID', String(uid.real))
  variables.set('EUID', String(uid.effective))
  variables.declare('UID', { readonly: true, integer: true })
  variables.declare('EUID', { readonly: true, integer: true })
  variables.set('HOSTNAME', (yield* shell.system.uname()).nodename)
  variables.set('OSTYPE', 'linux-gnu')
  variables.set('HOSTTYPE', 'x86_64')
  variables.set('MACHTYPE', 'x86_64-pc-linux-gnu')
}

function* currentDirectory(system: System): Program<string> {
  try {
    return yield* system.getcwd()
  } catch (error) {
    if (error instanceof SystemCallError) return '/'
    throw error
  }
}

function readArguments(argv: readonly string[], dialect: Dialect): Arguments | string {
  const words = argv.slice(1)
  const options: [string, boolean][] = []
  let isCommand = false
  let readsInput = false
  let version = false
  while (/^[-+]./.test(words[0] ?? '')) {
    const word = words.shift() ?? ''
    if (word === '--') break
    if (word.startsWith('--')) {
      if (word === '--version') version = true
      else if (!/^--(?:norc|noprofile|login|posix|noediting|restricted|verbose|rcfile|init-file)$/.test(word))
        return `${word}: invalid option`
      continue
    }
    for (const letter of word.slice(1)) {
      if (letter === 'c') isCommand = true
      else if (letter === 's') readsInput = true
      else if (letter === 'o') {
        const name = words.shift() ?? ''
        if (!optionLetters.some(([each]) => each === name)) return `line 0: ${argv[0]}: ${name}: invalid option name`
        options.push([name, word.startsWith('-')])
      } else if (!'liD'.includes(letter)) {
        const name = optionLetters.find(([, each]) => each === letter)?.[0]
        if (!name)
          return dialect.kind === 'bash'
            ? `-${letter}: invalid option`
            : `${dialect.name === 'ash' ? 'illegal option' : 'Illegal option'} -${letter}`
        options.push([name, word.startsWith('-')])
      }
    }
  }
  const name = argv[0] ?? 'bash'
  if (isCommand && words.length === 0) return '-c: option requires an argument'
  if (isCommand) {
    const [command = '', called = name, ...positional] = words
    return { command, file: undefined, name: called, positional, options, version }
  }
  if (readsInput || words.length === 0)
    return { command: undefined, file: undefined, name, positional: words, options, version }
  return { command: undefined, file: words[0], name: words[0] ?? name, positional: words.slice(1), options, version }
}

function setOption(shell: Shell, option: string, on: boolean): void {
  const name = optionLetters.find(([each]) => each === option)?.[0]
  if (name) shell.options[name] = on
}

function* runMain(shell: Shell, given: Arguments): Program<number> {
  if (given.command !== undefined) {
    return yield* runProgramText(
      shell,
      new Source(given.command),
      shell.dialect.kind === 'bash' ? '-c' : '',
      shell.dialect.replacedBy !== 'none',
    )
  }
  const { file } = given
  if (file === undefined) {
    const text = decodeText(yield* readAll(shell.system, 0))
    return yield* runProgramText(shell, new Source(text), '', false)
  }
  try {
    const fd = yield* shell.system.open(file)
    const text = decodeText(yield* readAll(shell.system, fd))
    yield* shell.system.close(fd)
    return yield* runProgramText(shell, new Source(text), '', false)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const name = shell.dialect.kind === 'bash' ? 'bash: ' : 'sh: '
    if (error.errno === 'EISDIR' && shell.dialect.kind === 'bash') {
      yield* writeError(shell.system, `${file}: ${file}: ${error.message}\n`)
      return 126
    }
    const opens = shell.dialect.kind === 'bash' ? `${file}: ${error.message}` : `can't open '${file}': ${error.message}`
    yield* writeError(shell.system, `${name}${opens}\n`)
    if (shell.dialect.kind === 'ash') return 2
    return error.errno === 'EISDIR' ? 126 : 127
  }
}

/** The whole work of a shell process: its last command may take the process's place. */
function* runProgramText(shell: Shell, source: Source, label: string, inPlace: boolean): Program<number> {
  return yield* runParsed(shell, source, label, parseScript(source, shell.dialect), inPlace)
}

/** Parses and runs a text in the shell; a syntax error gives 2 after what stands before it has run. */
export function* runText(shell: Shell, source: Source, label: string): Program<number> {
  return yield* runParsed(shell, source, label, parseScript(source, shell.dialect), false)
}

function* runParsed(shell: Shell, source: Source, label: string, parsed: Parsed, inPlace: boolean): Program<number> {
  const { error } = parsed
  if (shell.options.verbose && label !== 'eval' && label !== 'trap')
    yield* writeError(shell.system, source.text.endsWith('\n') ? source.text : `${source.text}\n`)
  for (const warning of parsed.warnings) {
    shell.line = source.lineAt(source.text.length)
    yield* shell.complain(warning)
  }
  let status = shell.options.noexec
    ? 0
    : yield* runStatements(
        shell,
        source,
        parsed,
        shell.dialect.kind === 'bash' && !shell.letterC && !inPlace,
        inPlace && !error,
      )
  if (!error) return status
  const outer = shell.source
  shell.source = source
  shell.line = error.line
  const where = label === '' || label === 'trap' ? '' : `${label}: `
  for (const message of error.messages) yield* complainAbout(shell, where, message)
  shell.source = outer
  status = 2
  shell.state.lastStatus = status
  if (shell.dialect.kind === 'ash') throw new ShellExit(status)
  return status
}

/** Of -c a fatal error ends all; of any other text it ends what stands in its line, and the next line goes on. */
function* runStatements(
  shell: Shell,
  source: Source,
  parsed: Parsed,
  goesOn: boolean,
  inPlace: boolean,
): Program<number> {
  if (!goesOn) return yield* execute(shell, parsed.statements, source, { inPlace })
  let status = 0
  let failedLine: number | undefined
  for (const statement of parsed.statements) {
    if (failedLine === source.lineAt(statement.pos)) continue
    failedLine = undefined
    try {
      status = yield* execute(shell, [statement], source)
    } catch (error) {
      if (!(error instanceof FatalError) || error.exits) throw error
      yield* shell.complainOf(error)
      shell.source = source
      failedLine = source.lineAt(statement.end)
      status = error.status
      shell.state.lastStatus = status
    }
  }
  return status
}

function* complainAbout(shell: Shell, where: string, message: string): Program<void> {
  const prefix = shell.dialect.prefix(shell.messageName, shell.line, shell.state.scriptFile)
  const named = where === '' ? prefix : prefix.replace(/line /, `${where}line `)
  yield* writeError(shell.system, `${named}${message}\n`)
}

const versionText = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`

const usageText = `Usage:\tbash [GNU long option] [option] ...
\tbash [GNU long option] [option] script-file ...
GNU long options:
\t--debug
\t--debugger
\t--dump-po-strings
\t--dump-strings
\t--help
\t--init-file
\t--login
\t--noediting
\t--noprofile
\t--norc
\t--posix
\t--pretty-print
\t--rcfile
\t--restricted
\t--verbose
\t--version
Shell options:
\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)
\t-abefhkmnptuvxBCEHPT or -o option
`
