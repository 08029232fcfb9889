// Builtins on commands' names: type, command, builtin, hash, alias.
import type { Program } from '../../kernel/system.ts'
import { writeError, writeOut } from '../../programs/stdio.ts'
import { CommandError } from '../control.ts'
import { findAllPrograms } from '../external.ts'
import { quoteForReuse } from '../parameter-transform.ts'
import type { Builtin, Shell } from '../shell.ts'
import { statOf } from '../test-operators.ts'

const keywords = new Set(
  'if then elif else fi time for in until while do done case esac coproc select function { } [[ ]] !'.split(' '),
)

interface Meaning {
  readonly kind: 'keyword' | 'alias' | 'function' | 'builtin' | 'file'
  readonly path: string
}

function* meanings(shell: Shell, name: string, all: boolean): Program<Meaning[]> {
  const found: Meaning[] = []
  if (keywords.has(name)) found.push({ kind: 'keyword', path: name })
  if (shell.state.aliases.has(name)) found.push({ kind: 'alias', path: name })
  if (shell.state.functions.has(name)) found.push({ kind: 'function', path: name })
  if (shell.interpreter.builtins.has(name) || isDeclaration(name)) found.push({ kind: 'builtin', path: name })
  if (found.length > 0 && !all) return found.slice(0, 1)
  if (name.includes('/')) {
    const stat = yield* statOf(shell, name, true)
    if (stat && stat.type !== 'directory' && (stat.mode & 0o111) !== 0) found.push({ kind: 'file', path: name })
  } else
    for (const path of yield* findAllPrograms(shell, name, !all)) {
      // busybox's shell runs its own applets without looking for their files.
      found.push({ kind: 'file', path: shell.dialect.name === 'ash' ? name : path })
    }
  return found
}

function isDeclaration(name: string): boolean {
  return ['declare', 'typeset', 'local', 'export', 'readonly'].includes(name)
}

const type: Builtin = function* type(shell, argv) {
  const options = argv
    .slice(1)
    .filter((word) => /^-[afptP]+$/.test(word))
    .join('')
  let status = 0
  for (const name of argv.slice(1).filter((word) => !/^-[afptP]+$/.test(word))) {
    const found = yield* meanings(shell, name, options.includes('a'))
    if (found.length === 0) {
      status = shell.dialect.kind === 'ash' ? 127 : 1
      if (shell.dialect.kind === 'ash') yield* writeOut(shell.system, `${name}: not found\n`)
      else if (!/[tpP]/.test(options)) yield* shell.complain(`type: ${name}: not found`)
    }
    for (const meaning of found) yield* writeOut(shell.system, describe(shell, name, meaning, options))
  }
  return status
}

function describe(shell: Shell, name: string, { kind, path }: Meaning, options: string): string {
  if (options.includes('t')) return `${kind}\n`
  if (/[pP]/.test(options)) return kind === 'file' ? `${path}\n` : ''
  switch (kind) {
    case 'keyword':
      return `${name} is a shell keyword\n`
    case 'alias':
      return `${name} is aliased to \`${shell.state.aliases.get(name)}'\n`
    case 'function':
      return shell.dialect.kind === 'ash'
        ? `${name} is a function\n`
        : `${name} is a function\n${shell.state.functions.get(name)?.text ?? ''}\n`
    case 'builtin':
      return `${name} is a shell builtin\n`
    case 'file': {
      const hashed = shell.state.hashed.get(name)
      return hashed && shell.dialect.kind === 'bash' ? `${name} is hashed (${path})\n` : `${name} is ${path}\n`
    }
  }
}

const command: Builtin = function* command(shell, argv) {
  const words = argv.slice(1)
  let describes: string | undefined
  while (/^-[pvV]+$/.test(words[0] ?? '')) {
    const option = words.shift() ?? ''
    if (/[vV]/.test(option)) describes = option
  }
  if (words[0] === '--') words.shift()
  if (words.length === 0) return 0
  if (describes === undefined) return yield* shell.interpreter.runWords(shell, words, { functions: false })
  let status = shell.dialect.kind === 'ash' ? 127 : 1
  for (const name of words) {
    const [meaning] = yield* meanings(shell, name, false)
    if (meaning) status = 0
    if (!meaning) {
      if (describes.includes('V')) yield* shell.complain(`command: ${name}: not found`)
    } else if (describes.includes('V')) yield* writeOut(shell.system, describe(shell, name, meaning, ''))
    else if (meaning.kind === 'alias')
      yield* writeOut(shell.system, `alias ${name}=${quoteForReuse(shell.state.aliases.get(name) ?? '')}\n`)
    else yield* writeOut(shell.system, `${meaning.path}\n`)
  }
  return status
}

const builtin: Builtin = function* builtin(shell, argv) {
  const words = argv.slice(1)
  const [name] = words
  if (name === undefined) return 0
  if (!shell.interpreter.builtins.has(name)) throw new CommandError(`builtin: ${name}: not a shell builtin`)
  return yield* shell.interpreter.runWords(shell, words, { functions: false })
}

const hash: Builtin = function* hash(shell, argv) {
  if (argv[1] === '-r') {
    shell.state.hashed.clear()
    return 0
  }
  let status = 0
  for (const name of argv.slice(1)) {
    const [path] = yield* findAllPrograms(shell, name, true)
    if (path !== undefined) shell.state.hashed.set(name, { path, hits: 0 })
    else {
      yield* shell.complain(`hash: ${name}: not found`)
      status = 1
    }
  }
  if (argv.length > 1 || shell.dialect.name === 'ash') return status
  if (shell.state.hashed.size === 0) {
    if (shell.dialect.kind === 'bash') yield* writeOut(shell.system, 'hash: hash table empty\n')
    return 0
  }
  const rows = [...shell.state.hashed.values()].map(({ path, hits }) => `${String(hits).padStart(4)}\t${path}\n`)
  yield* writeOut(shell.system, `hits\tcommand\n${rows.join('')}`)
  return 0
}

const alias: Builtin = function* alias(shell, argv) {
  let status = 0
  const names = argv.slice(1).filter((word) => word !== '-p')
  for (const word of names.length === 0 ? [...shell.state.aliases.keys()].toSorted() : names) {
    const at = word.indexOf('=')
    const value = shell.state.aliases.get(word)
    if (at > 0) shell.state.aliases.set(word.slice(0, at), word.slice(at + 1))
    else if (value !== undefined)
      yield* writeOut(shell.system, `${shell.dialect.kind === 'ash' ? '' : 'alias '}${word}=${quoteForReuse(value)}\n`)
    else {
      yield* shell.complain(`alias: ${word}: not found`)
      status = 1
    }
  }
  return status
}

const unalias: Builtin = function* unalias(shell, argv) {
  if (argv[1] === '-a') shell.state.aliases.clear()
  for (const name of argv.slice(1)) {
    if (name === '-a' || shell.state.aliases.delete(name)) continue
    if (shell.dialect.kind === 'bash') throw new CommandError(`unalias: ${name}: not found`)
    yield* writeError(shell.system, `unalias: ${name} not found\n`)
    return 1
  }
  return 0
}

export const commandBuiltins: readonly (readonly [string, Builtin])[] = [
  ['type', type],
  ['command', command],
  ['builtin', builtin],
  ['hash', hash],
  ['alias', alias],
  ['unalias', unalias],
]
