// Word expansion, the section EXPANSION of bash(1): braces, tilde, parameters, commands, arithmetic, process
// substitution, then splitting, file names and quote removal.
import type { CommandArgument, Word, WordPart } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { expandArithmetic } from './arithmetic-text.ts'
import { expandBraces } from './braces.ts'
import { substituteCommand } from './command-substitution.ts'
import { FatalError } from './control.ts'
import type { Field } from './fields.ts'
import { Fields, fieldPattern, fieldRegex, fieldReplacement, fieldText } from './fields.ts'
import { expandPathname } from './glob.ts'
import { expandParameter, expandSimple } from './parameter.ts'
import { hasMagic, patternToRegExp } from './pattern.ts'
import { substituteProcess } from './process-substitution.ts'
import type { Shell } from './shell.ts'
import { parseWord } from './syntax.ts'
import { expandTilde } from './tilde.ts'

/** How a word's unquoted text is taken. */
interface Mode {
  /** Inside double quotes, or a here-document. */
  quoted: boolean
  /** An operand of `${x:-word}`: its own unquoted text is split too. */
  operand: boolean
  tilde: 'none' | 'word' | 'argument' | 'assignment'
}

const plainText = /^[^\\~'"`$*?[{<>()!+@]*$/

/** The words of a command after all expansions. */
export function* expandWords(shell: Shell, words: readonly CommandArgument[]): Program<string[]> {
  const result: string[] = []
  for (const word of words) {
    if (plainText.test(word.text)) result.push(word.text)
    else for (const text of yield* expandWord(shell, word)) result.push(text)
  }
  return result
}

/** One word after all expansions: none, one or many. */
function* expandWord(shell: Shell, word: CommandArgument): Program<string[]> {
  const asWord = word.type === 'Word' ? word : parseWord(word.text)
  if (!asWord) return [word.text]
  const braced =
    shell.dialect.braces && shell.options.braceexpand && asWord.parts?.some((part) => part.type === 'BraceExpansion')
  const words = braced ? expandBraces(asWord.text).map((text) => parseWord(text)) : [asWord]
  const result: string[] = []
  for (const each of words) {
    if (!each) continue
    const fields = new Fields(separators(shell), true)
    const tilde = shell.dialect.kind === 'bash' ? 'argument' : 'word'
    yield* addWord(shell, each, fields, { quoted: false, operand: false, tilde })
    for (const field of fields.finish()) for (const text of yield* expandField(shell, field)) result.push(text)
  }
  return result
}

function* expandField(shell: Shell, field: Field): Program<string[]> {
  if (shell.options.noglob || field.every((piece) => piece.quoted)) return [fieldText(field)]
  const pattern = fieldPattern(field)
  if (!hasMagic(pattern)) return [fieldText(field)]
  const found = yield* matchingPaths(shell, pattern)
  if (found.length > 0) return found
  if (shell.state.shopt.get('failglob')) throw new FatalError(`no match: ${fieldText(field)}`)
  return shell.state.shopt.get('nullglob') ? [] : [fieldText(field)]
}

function* matchingPaths(shell: Shell, pattern: string): Program<string[]> {
  const isOn = (option: string): boolean => shell.state.shopt.get(option) ?? false
  const ignored = (shell.variables.get('GLOBIGNORE') ?? '').split(':').filter((each) => each !== '')
  const found = yield* expandPathname(shell.system, pattern, {
    dotfiles: isOn('dotglob') || ignored.length > 0,
    ignoreCase: isOn('nocaseglob'),
    recursive: isOn('globstar'),
  })
  return found.filter((path) => !ignored.some((each) => patternToRegExp(each).test(path)))
}

/** A word as one text: neither split nor matched against files (assignments, here-strings, case). */
export function* expandString(shell: Shell, word: Word, tilde: Mode['tilde'] = 'word'): Program<string> {
  return plainText.test(word.text) ? word.text : fieldText(yield* expandUnsplit(shell, word, tilde))
}

/** A word as a pattern. */
export function* expandPattern(shell: Shell, word: Word, quoted = false): Program<string> {
  const fields = new Fields(separators(shell), false)
  yield* addWord(shell, word, fields, { quoted, operand: false, tilde: 'word' })
  return fieldPattern(fields.finish()[0])
}

/** A word as the replacement of `${x/p/r}`. */
export function* expandReplacement(shell: Shell, word: Word): Program<(match: string) => string> {
  return fieldReplacement(yield* expandUnsplit(shell, word, 'word'))
}

/** A word as a regular expression, for `=~`. */
export function* expandRegex(shell: Shell, word: Word): Program<string> {
  return fieldRegex(yield* expandUnsplit(shell, word, 'none'))
}

/** Text that is expanded as in double quotes: a here-document's body. */
export function* expandQuoted(shell: Shell, parts: readonly WordPart[]): Program<string> {
  const fields = new Fields(separators(shell), false)
  yield* addParts(shell, parts, fields, { quoted: true, operand: false, tilde: 'none' })
  return fieldText(fields.finish()[0])
}

function* expandUnsplit(shell: Shell, word: Word, tilde: Mode['tilde']): Program<Field | undefined> {
  const fields = new Fields(separators(shell), false)
  yield* addWord(shell, word, fields, { quoted: false, operand: false, tilde })
  return fields.finish()[0]
}

/** Expands an operand such as that of `${x:-word}` into fields. */
export function addOperand(shell: Shell, word: Word, fields: Fields, quoted: boolean): Program<void> {
  return addWord(shell, word, fields, { quoted, operand: true, tilde: quoted ? 'none' : 'word' })
}

function* addWord(shell: Shell, word: Word, fields: Fields, mode: Mode): Program<void> {
  const parts = word.parts
  if (parts) yield* addParts(shell, parts, fields, mode)
  else if (mode.quoted) fields.quoted(word.value)
  else yield* addUnquoted(shell, word.text, fields, mode, true)
}

function* addParts(shell: Shell, parts: readonly WordPart[], fields: Fields, mode: Mode): Program<void> {
  let first = true
  for (const part of parts) {
    yield* addPart(shell, part, fields, mode, first)
    first = false
  }
}

function* addPart(shell: Shell, part: WordPart, fields: Fields, mode: Mode, first: boolean): Program<void> {
  switch (part.type) {
    case 'Literal':
      if (mode.quoted) fields.quoted(part.value)
      else yield* addUnquoted(shell, part.text, fields, mode, first)
      return
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      fields.quoted(part.value)
      return
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) fields.quoted('')
      yield* addParts(shell, part.parts, fields, { quoted: true, operand: false, tilde: 'none' })
      return
    case 'SimpleExpansion':
      yield* expandSimple(shell, part, fields, mode.quoted)
      return
    case 'ParameterExpansion':
      yield* expandParameter(shell, part, fields, mode.quoted, {
        addOperand,
        expandPattern,
        expandReplacement,
        expandString,
      })
      return
    case 'CommandExpansion':
      addResult(fields, yield* substituteCommand(shell, part), mode.quoted)
      return
    case 'ArithmeticExpansion':
      addResult(fields, String(yield* expandArithmetic(shell, part.text.slice(3, -2), expandQuoted)), mode.quoted)
      return
    case 'ProcessSubstitution':
      fields.quoted(yield* substituteProcess(shell, part))
      return
    case 'Glob':
      yield* addGlob(shell, part, fields, mode)
      return
    case 'ExtendedGlob':
      fields.literal(`${part.operator}(`)
      if (part.parts) yield* addParts(shell, part.parts, fields, { ...mode, tilde: 'none' })
      else fields.literal(part.pattern)
      fields.literal(')')
      return
    case 'BraceExpansion':
      if (part.parts) {
        fields.literal('{')
        yield* addParts(shell, part.parts, fields, { ...mode, tilde: 'none' })
        fields.literal('}')
      } else yield* addUnquoted(shell, part.text, fields, { ...mode, tilde: 'none' }, false)
  }
}

function addResult(fields: Fields, text: string, quoted: boolean): void {
  if (quoted) fields.quoted(text)
  else fields.split(text)
}

function* addGlob(shell: Shell, part: WordPart & { type: 'Glob' }, fields: Fields, mode: Mode): Program<void> {
  const hasExpansion = part.kind === 'bracket' && part.parts.some((inner) => inner.type !== 'Literal')
  if (part.kind === 'bracket' && hasExpansion) {
    fields.literal('[')
    yield* addParts(shell, part.parts, fields, { ...mode, tilde: 'none' })
    fields.literal(']')
  } else if (mode.quoted) fields.quoted(part.text)
  else fields.literal(part.text)
}

/** Text of the word itself, with its backslashes: each quotes the next character, and joins lines. */
function* addUnquoted(shell: Shell, text: string, fields: Fields, mode: Mode, first: boolean): Program<void> {
  let rest = text
  if (mode.tilde !== 'none' && text.includes('~')) rest = yield* addTilde(shell, text, fields, mode, first)
  for (const piece of rest.match(/\\[\s\S]|\\$|[^\\]+/g) ?? []) {
    if (piece === '\\\n') continue
    if (piece.startsWith('\\')) fields.quoted(piece.slice(1) || '\\')
    else if (mode.operand) fields.split(piece)
    else fields.literal(piece)
  }
}

/** Puts the home directories for tildes in; gives what is left of the text. */
function* addTilde(shell: Shell, text: string, fields: Fields, mode: Mode, first: boolean): Program<string> {
  let rest = text
  let atStart = first
  // bash takes an argument that looks like an assignment for one.
  const name = mode.tilde === 'argument' && first ? /^[A-Za-z_]\w*\+?=/.exec(text)?.[0] : undefined
  if (name !== undefined) {
    fields.literal(name)
    rest = rest.slice(name.length)
  }
  const goesOn = mode.tilde === 'assignment' || name !== undefined
  for (;;) {
    const prefix = atStart ? /^~[^/:\\]*/.exec(rest)?.[0] : undefined
    const home = prefix && (yield* expandTilde(shell, prefix))
    if (prefix && home !== undefined) {
      fields.quoted(home)
      rest = rest.slice(prefix.length)
    }
    const colon = goesOn ? rest.indexOf(':~') : -1
    if (colon < 0) return rest
    fields.literal(rest.slice(0, colon + 1))
    rest = rest.slice(colon + 1)
    atStart = true
  }
}

function separators(shell: Shell): string {
  return shell.variables.get('IFS') ?? ' \t\n'
}
