// declare, typeset, local, export, readonly: builtins whose arguments may be assignments, arrays among them.
import type { Assignment } from 'unbash'
import type { Program } from '../../kernel/system.ts'
import { writeOut } from '../../programs/stdio.ts'
import { assign, assignText } from '../assignment.ts'
import { CommandError, ShellExit } from '../control.ts'
import { usageError } from './usages.ts'
import type { Shell } from '../shell.ts'
import { declaration } from '../parameter-transform.ts'
import type { Attributes } from '../variables.ts'

export type DeclarationBuiltin = (shell: Shell, name: string, args: readonly (string | Assignment)[]) => Program<number>

interface Options {
  readonly on: ReadonlySet<string>
  readonly off: ReadonlySet<string>
  readonly operands: readonly (string | Assignment)[]
}

const letters = 'aAfFgilnprtux'

function readOptions(name: string, args: readonly (string | Assignment)[]): Options {
  const on = new Set<string>()
  const off = new Set<string>()
  let at = 0
  for (; at < args.length; at++) {
    const word = args[at]
    if (typeof word !== 'string' || !/^[-+]./.test(word)) break
    if (word === '--') {
      at++
      break
    }
    for (const letter of word.slice(1)) {
      if (!letters.includes(letter)) throw usageError(name, `-${letter}: invalid option`)
      ;(word.startsWith('-') ? on : off).add(letter)
    }
  }
  return { on, off, operands: args.slice(at) }
}

const attributeOf: Readonly<Record<string, (value: boolean) => Attributes>> = {
  x: (exported) => ({ exported }),
  r: (readonly) => ({ readonly }),
  i: (integer) => ({ integer }),
  l: (value) => ({ letters: value ? 'lower' : undefined }),
  u: (value) => ({ letters: value ? 'upper' : undefined }),
  n: (reference) => ({ reference }),
  t: (traced) => ({ traced }),
}

function* declare(shell: Shell, name: string, args: readonly (string | Assignment)[]): Program<number> {
  const { on, off, operands } = readOptions(name, args)
  if (on.has('f') || on.has('F')) return yield* printFunctions(shell, operands, on.has('F'))
  if (operands.length === 0 || on.has('p')) return yield* printVariables(shell, name, on, operands)
  const isLocal =
    name === 'local' || (shell.variables.inFunction && name !== 'export' && name !== 'readonly' && !on.has('g'))
  if (name === 'local' && !shell.variables.inFunction) {
    if (shell.dialect.kind === 'bash') throw new CommandError('local: can only be used in a function')
    yield* shell.complain(`local: ${inBuiltin(shell)}not in a function`)
    throw new ShellExit(2)
  }
  for (const operand of operands) yield* declareOne(shell, name, operand, isLocal, on, off)
  return 0
}

function inBuiltin(shell: Shell): string {
  return shell.dialect.inBuiltin(shell.line, shell.state.scriptFile)
}

function* declareOne(
  shell: Shell,
  name: string,
  operand: string | Assignment,
  isLocal: boolean,
  on: ReadonlySet<string>,
  off: ReadonlySet<string>,
): Program<void> {
  const [variable = '', ...rest] = typeof operand === 'string' ? operand.split('=') : [operand.name]
  if (!/^[A-Za-z_]\w*$/.test(variable)) {
    const shown = typeof operand === 'string' ? operand : operand.text
    if (shell.dialect.kind === 'bash') throw new CommandError(`${name}: \`${shown}': not a valid identifier`)
    yield* shell.complain(`${name}: ${inBuiltin(shell)}${variable}: bad variable name`)
    throw new ShellExit(2)
  }
  if (isLocal) {
    if (shell.variables.save(variable)?.readonly && shell.dialect.kind === 'bash')
      throw new CommandError(`${name}: ${variable}: readonly variable`)
    shell.variables.makeLocal(variable)
  }
  if (on.has('A') && shell.variables.find(variable)?.associative === undefined)
    shell.variables.declareArray(variable, 'associative')
  if (
    on.has('a') &&
    shell.variables.find(variable)?.indexed === undefined &&
    typeof operand === 'string' &&
    rest.length === 0
  ) {
    shell.variables.declareArray(variable, 'indexed')
  }
  const early = { ...attributes(on, off, 'ilunt'), ...(name === 'export' && !on.has('n') ? { exported: true } : {}) }
  shell.variables.declare(variable, name === 'export' && on.has('n') ? { exported: false } : early)
  if (typeof operand !== 'string') yield* assign(shell, operand)
  else if (rest.length > 0) yield* assignText(shell, variable, rest.join('='))
  shell.variables.declare(variable, {
    ...attributes(on, off, 'x'),
    ...(name === 'readonly' || on.has('r') ? { readonly: true } : {}),
  })
}

function attributes(on: ReadonlySet<string>, off: ReadonlySet<string>, which: string): Attributes {
  const result: Attributes = {}
  for (const letter of which) {
    if (on.has(letter)) Object.assign(result, attributeOf[letter]?.(true))
    if (off.has(letter)) Object.assign(result, attributeOf[letter]?.(false))
  }
  return result
}

function* printVariables(
  shell: Shell,
  name: string,
  on: ReadonlySet<string>,
  operands: readonly (string | Assignment)[],
): Program<number> {
  const wanted = operands.map((operand) => (typeof operand === 'string' ? operand : operand.name))
  let status = 0
  for (const each of wanted.length > 0 ? wanted : shell.variables.names()) {
    const variable = shell.variables.save(each)
    if (variable === undefined) {
      yield* shell.complain(`${name}: ${each}: not found`)
      status = 1
      continue
    }
    const filtered = wanted.length === 0
    if (filtered && (name === 'export' || on.has('x')) && !variable.exported) continue
    if (filtered && (name === 'readonly' || on.has('r')) && !variable.readonly) continue
    const text =
      shell.dialect.kind === 'ash' ? posixDeclaration(name, each, variable.value) : declaration(each, variable)
    yield* writeOut(shell.system, `${text}\n`)
  }
  return status
}

/** `export NAME='value'`, which the shell reads again as it is. */
function posixDeclaration(command: string, name: string, value: string | undefined): string {
  return value === undefined ? `${command} ${name}` : `${command} ${name}='${value.replaceAll("'", `'"'"'`)}'`
}

function* printFunctions(
  shell: Shell,
  operands: readonly (string | Assignment)[],
  namesOnly: boolean,
): Program<number> {
  const wanted = operands.filter((operand): operand is string => typeof operand === 'string')
  let status = 0
  for (const name of wanted.length > 0 ? wanted : [...shell.state.functions.keys()].toSorted()) {
    const known = shell.state.functions.get(name)
    if (known === undefined) status = 1
    else
      yield* writeOut(
        shell.system,
        namesOnly ? `${wanted.length > 0 ? '' : 'declare -f '}${name}\n` : `${known.text}\n`,
      )
  }
  return status
}

export const declarationBuiltins: ReadonlyMap<string, DeclarationBuiltin> = new Map(
  ['declare', 'typeset', 'local', 'export', 'readonly'].map((name) => [name, declare]),
)
