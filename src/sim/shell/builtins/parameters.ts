// Builtins on parameters: set, shift, unset, getopts, let, shopt.
import type { Program } from '../../kernel/system.ts'
import { writeError, writeOut } from '../../programs/stdio.ts'
import { evaluateText } from '../arithmetic-text.ts'
import { CommandError, FatalError } from '../control.ts'
import { declaration, quoteWhenNeeded } from '../parameter-transform.ts'
import type { Builtin, RunOptions, Shell } from '../shell.ts'
import { notInDash } from './bash-only.ts'
import { optionLetters } from '../shell.ts'

const set: Builtin = function* set(shell, argv) {
  const words = argv.slice(1)
  if (words.length === 0) return yield* printVariables(shell)
  while (words.length > 0) {
    const word = words[0] ?? ''
    if (word === '--') {
      shell.state.positional = words.slice(1)
      return 0
    }
    if (!/^[-+]./.test(word) && word !== '-') {
      shell.state.positional = words
      return 0
    }
    words.shift()
    if (word === '-') {
      if (words.length > 0) shell.state.positional = words
      return 0
    }
    for (const letter of word.slice(1)) {
      const on = word.startsWith('-')
      if (letter === 'o') {
        const name = words.shift()
        if (name === undefined) return yield* printOptions(shell, on)
        setOption(shell, name, on)
      } else setLetter(shell, letter, on, word)
    }
  }
  return 0
}

function setLetter(shell: Shell, letter: string, on: boolean, word: string): void {
  const name = optionLetters.find(([, each]) => each === letter)?.[0]
  if (!name) {
    throw new CommandError(
      shell.dialect.kind === 'ash'
        ? `set: line 0: illegal option ${word}`
        : `set: ${word.slice(0, 1)}${letter}: invalid option\nset: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]`,
      2,
    )
  }
  shell.options[name] = on
}

function setOption(shell: Shell, name: string, on: boolean): void {
  if (!optionLetters.some(([each]) => each === name)) {
    throw new CommandError(
      shell.dialect.kind === 'ash' ? `set: line 0: illegal option -o ${name}` : `set: ${name}: invalid option name`,
      shell.dialect.kind === 'ash' ? 1 : 2,
    )
  }
  shell.options[name as keyof RunOptions] = on
}

/** In the order of busybox's shell. */
const ashOptions: readonly string[] = [
  ...['errexit', 'noglob', 'ignoreeof', 'monitor', 'noexec', 'xtrace', 'verbose', 'noclobber', 'allexport', 'notify'],
  ...['nounset', 'errtrace', 'vi', 'pipefail'],
]

function* printOptions(shell: Shell, table: boolean): Program<number> {
  if (shell.dialect.kind === 'ash') {
    const rows = ashOptions.map(
      (name) => `${name.padEnd(16)}${shell.options[name as keyof RunOptions] ? 'on' : 'off'}\n`,
    )
    yield* writeOut(shell.system, table ? rows.join('') : '')
    return 0
  }
  const lines = optionLetters
    .filter(([name]) => name !== 'interactive')
    .map(([name]) =>
      table
        ? `${name.padEnd(15)}\t${shell.options[name] ? 'on' : 'off'}\n`
        : `set ${shell.options[name] ? '-' : '+'}o ${name}\n`,
    )
  yield* writeOut(shell.system, lines.join(''))
  return 0
}

function* printVariables(shell: Shell): Program<number> {
  const lines = shell.variables.names().map((name) => {
    const variable = shell.variables.save(name)
    if (variable?.indexed || variable?.associative) return declaration(name, variable).replace(/^declare \S+ /, '')
    return variable?.value === undefined ? '' : `${name}=${quoteWhenNeeded(variable.value)}\n`
  })
  yield* writeOut(shell.system, lines.join(''))
  return 0
}

const shift: Builtin = function* shift(shell, argv) {
  const text = argv[1] ?? '1'
  if (!/^-?\d+$/.test(text)) throw new CommandError(`shift: ${text}: numeric argument required`)
  const count = Number(text)
  if (count < 0) throw new CommandError(`shift: ${text}: shift count out of range`)
  if (count > shell.state.positional.length) {
    if (shell.dialect.name !== 'dash') return 1
    throw new FatalError("shift: can't shift that many")
  }
  shell.state.positional = shell.state.positional.slice(count)
  return 0
}

const unset: Builtin = function* unset(shell, argv) {
  let kind: string | undefined
  let status = 0
  for (const word of argv.slice(1)) {
    if (/^-[fvn]$/.test(word)) {
      kind = word
      continue
    }
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/.exec(word)
    if (element?.[1]) {
      const variable = shell.variables.find(element[1])
      const key = element[2] ?? ''
      if (key === '@' || key === '*') shell.variables.unset(element[1])
      else
        shell.variables.unsetElement(element[1], variable?.associative ? key : Number(yield* evaluateText(shell, key)))
    } else if (kind === '-f') shell.state.functions.delete(word)
    else if (!/^[A-Za-z_]\w*$/.test(word) && kind === '-v') status = 1
    else if (shell.variables.save(word)?.readonly) {
      yield* shell.complain(`unset: ${word}: cannot unset: readonly variable`)
      status = 1
    } else if (shell.variables.save(word)) shell.variables.unset(word)
    else if (shell.dialect.kind === 'bash') shell.state.functions.delete(word)
  }
  return status
}

const getopts: Builtin = function* getopts(shell, argv) {
  const [, specification, name, ...given] = argv
  if (specification === undefined || name === undefined) {
    throw new CommandError('getopts: usage: getopts optstring name [arg ...]', 2)
  }
  const args = given.length > 0 ? given : shell.state.positional
  const silent = specification.startsWith(':')
  let index = Number(shell.variables.get('OPTIND') ?? 1)
  let position = Number(shell.variables.get('\u0001OPTPOS') ?? 1)
  if (position === 1 || !args[index - 1]) position = 1
  const word = args[index - 1]
  if (word === undefined || (position === 1 && (!/^-./.test(word) || word === '--'))) {
    shell.variables.set('OPTIND', String(word === '--' ? index + 1 : index))
    shell.variables.set(name, '?')
    return 1
  }
  const letter = word[position] ?? ''
  const at = letter === ':' ? -1 : specification.indexOf(letter)
  const takesValue = at >= 0 && specification[at + 1] === ':'
  const attached = word.slice(position + 1)
  position += 1
  if (takesValue || position >= word.length) {
    index += 1
    position = 1
  }
  shell.variables.unset('OPTARG')
  let result = letter
  if (at < 0) {
    result = '?'
    if (silent) shell.variables.set('OPTARG', letter)
    else if (shell.variables.get('OPTERR') !== '0') {
      yield* complainPlainly(
        shell,
        shell.dialect.kind === 'ash' ? `Illegal option -${letter}` : `illegal option -- ${letter}`,
      )
    }
  } else if (takesValue) {
    const value = attached === '' ? args[index - 1] : attached
    if (attached === '') index += 1
    if (value !== undefined) shell.variables.set('OPTARG', value)
    else {
      result = silent ? ':' : '?'
      if (silent) shell.variables.set('OPTARG', letter)
      else yield* complainPlainly(shell, `option requires an argument -- ${letter}`)
    }
  }
  shell.variables.set('OPTIND', String(Math.min(index, args.length + 1)))
  shell.variables.set('\u0001OPTPOS', String(position))
  shell.variables.set(name, result)
  return 0
}

/** getopts names the script alone, as getopt(3) does; busybox's names nobody. */
function* complainPlainly(shell: Shell, message: string): Program<void> {
  yield* writeError(shell.system, `${shell.dialect.kind === 'ash' ? '' : `${shell.state.name}: `}${message}\n`)
}

const letBuiltin: Builtin = function* letBuiltin(shell, argv) {
  if (argv.length < 2) throw new CommandError('let: expression expected')
  let value = 0n
  for (const expression of argv.slice(1)) {
    try {
      value = yield* evaluateText(shell, expression)
    } catch (error) {
      if (error instanceof FatalError) throw new CommandError(`let: ${error.message}`)
      throw error
    }
  }
  return value === 0n ? 1 : 0
}

/** Options of shopt and whether they are on in a script. */
const shoptNames: Readonly<Record<string, boolean>> = {
  autocd: false,
  checkjobs: false,
  checkwinsize: true,
  cmdhist: true,
  complete_fullquote: true,
  dotglob: false,
  execfail: false,
  expand_aliases: false,
  extglob: true,
  extquote: true,
  failglob: false,
  force_fignore: true,
  globasciiranges: true,
  globskipdots: true,
  globstar: false,
  huponexit: false,
  inherit_errexit: false,
  interactive_comments: true,
  lastpipe: false,
  nocaseglob: false,
  nocasematch: false,
  nullglob: false,
  patsub_replacement: true,
  sourcepath: true,
  xpg_echo: false,
}

const shopt: Builtin = function* shopt(shell, argv) {
  const options = argv
    .slice(1)
    .filter((word) => /^-[supqo]+$/.test(word))
    .join('')
  const names = argv.slice(1).filter((word) => !word.startsWith('-'))
  const isOn = (name: string): boolean => shell.state.shopt.get(name) ?? shoptNames[name] ?? false
  let status = 0
  for (const name of names) {
    if (!(name in shoptNames)) {
      yield* shell.complain(`shopt: ${name}: invalid shell option name`)
      status = 1
    } else if (options.includes('s')) shell.state.shopt.set(name, true)
    else if (options.includes('u')) shell.state.shopt.set(name, false)
    else if (!isOn(name)) status = 1
  }
  const prints = !/[suq]/.test(options)
  if (prints) {
    const shown = names.length > 0 ? names.filter((name) => name in shoptNames) : Object.keys(shoptNames)
    yield* writeOut(shell.system, shown.map((name) => `${name.padEnd(15)}\t${isOn(name) ? 'on' : 'off'}\n`).join(''))
  }
  return names.length > 0 ? status : 0
}

export const parameterBuiltins: readonly (readonly [string, Builtin])[] = [
  ['set', set],
  ['shift', shift],
  ['unset', unset],
  ['getopts', getopts],
  ['let', notInDash('let', letBuiltin)],
  ['shopt', shopt],
]
