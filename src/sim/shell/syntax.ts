// From text to syntax tree: `unbash` parses; its errors become the words of bash's and ash's own parsers here.
import type { HereDoc, ParsedScript, ParseError, Statement, SyntaxNode, Word, WordPart } from 'unbash'
import { forEachChild, parse } from 'unbash'
import type { Dialect } from './dialect.ts'
import type { Source } from './source.ts'

export interface Parsed {
  /** All statements, or those before the line with the error: a shell reads and runs line by line. */
  readonly statements: readonly Statement[]
  /** Lines to print for the syntax error, without the name in front; undefined for a right script. */
  readonly error: SyntaxFailure | undefined
  /** What bash says of here-documents without an end, before anything runs. */
  readonly warnings: readonly string[]
}

export interface SyntaxFailure {
  readonly line: number
  /** One message a line of the output. */
  readonly messages: readonly string[]
}

const words = new Map<string, Word | undefined>()
const hereTexts = new Map<string, readonly WordPart[]>()

/** Parses a script. */
export function parseScript(source: Source, dialect: Dialect): Parsed {
  const script = parse(source.text)
  const errors = [...(script.errors ?? []), ...(dialect.kind === 'ash' ? arrays(script, source) : [])]
  const [error] = errors.toSorted((a, b) => a.pos - b.pos)
  const warnings = dialect.kind === 'bash' ? openHereDocuments(script, source) : []
  if (!error) return { statements: script.commands, error: undefined, warnings }
  const statements = statementsBefore(script, error, source)
  return { statements, error: describe(error, source, dialect, errors), warnings }
}

/** Whether a script that was read so far lacks its end, so that more lines could make it right. */
export function describeNested(script: ParsedScript, source: Source, dialect: Dialect): SyntaxFailure | undefined {
  const error = script.errors?.[0]
  return error && describe(error, source, dialect, script.errors ?? [])
}

/** Parses one word's text, as brace expansion leaves it. */
export function parseWord(text: string): Word | undefined {
  if (!words.has(text)) {
    if (words.size > 1000) words.clear()
    const command = parse(`: ${text}`).commands[0]?.command
    const argument = command?.type === 'Command' ? command.suffix[0] : undefined
    words.set(text, argument?.type === 'Word' ? argument : undefined)
  }
  return words.get(text)
}

/** The parts of a text that is expanded as inside double quotes: arithmetic, prompts, subscripts. */
export function parseQuotedText(text: string): readonly WordPart[] {
  const known = hereTexts.get(text)
  if (known) return known
  const command = parse(`: <<\u0001\n${text}\n\u0001\n`).commands[0]?.command
  const here =
    command?.type === 'Command' ? command.suffix.find((item): item is HereDoc => item.type === 'HereDoc') : undefined
  // Text without expansions has no parts; what backslashes quote in it still is to be seen.
  const plain = text.replace(/\\([\\$`])/g, '$1')
  const parts = here?.body.parts ?? [{ type: 'Literal', pos: 0, end: plain.length, text: plain, value: `${plain}\n` }]
  if (hereTexts.size > 1000) hereTexts.clear()
  hereTexts.set(text, parts)
  return parts
}

function statementsBefore(script: ParsedScript, error: ParseError, source: Source): readonly Statement[] {
  const failing = script.commands.findLast((statement) => statement.pos <= error.pos)
  const inside = failing && (failing.end >= error.pos || !source.text.slice(failing.end, error.pos).includes('\n'))
  const line = source.lineAt(inside ? failing.pos : error.pos)
  return script.commands.filter((statement) => statement.end <= error.pos && source.lineAt(statement.end) < line)
}

const matching: readonly (readonly [string, string])[] = [
  ['unterminated double quote', '"'],
  ['unterminated single quote', "'"],
  ['unterminated backtick', '`'],
  ['unterminated command substitution', ')'],
  ['unterminated arithmetic', ')'],
  ['unterminated extended glob', ')'],
  ['unterminated process substitution', ')'],
  ['unterminated parameter expansion', '}'],
]

/** Arrays are no syntax of the shells that are not bash: each is an error at its parenthesis. */
function arrays(script: ParsedScript, source: Source): ParseError[] {
  if (!source.text.includes('=(')) return []
  const found: ParseError[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'ArrayValue') found.push({ message: "unexpected token '('", pos: node.pos })
    forEachChild(node, visit)
  }
  visit(script)
  return found
}

function openHereDocuments(script: ParsedScript, source: Source): string[] {
  if (!source.text.includes('<<')) return []
  const found: string[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc' && node.closing === undefined && node.delimiter) {
      const line = source.lineAt(node.pos)
      found.push(`warning: here-document at line ${line} delimited by end-of-file (wanted \`${node.delimiter.value}')`)
    }
    forEachChild(node, visit)
  }
  visit(script)
  return found
}

function describe(error: ParseError, source: Source, dialect: Dialect, errors: readonly ParseError[]): SyntaxFailure {
  const close = matching.find(([message]) => error.message.startsWith(message))?.[1]
  const lastLine = source.lineAt(source.text.length)
  if (dialect.kind === 'ash') return describeForAsh(error, close, source, dialect, errors)
  if (close) {
    return { line: source.lineAt(error.pos), messages: [`unexpected EOF while looking for matching \`${close}'`] }
  }
  const token = tokenAt(source.text, error.pos)
  const endOfText = source.text.endsWith('\n') ? lastLine : lastLine + 1
  if (token === undefined) return { line: endOfText, messages: [dialect.unexpectedEnd(undefined)] }
  const line = source.lineAt(token.at)
  const name = token.text === '\n' ? 'newline' : token.text
  return { line, messages: [dialect.unexpectedToken(name), `\`${source.line(line)}'`] }
}

function describeForAsh(
  error: ParseError,
  close: string | undefined,
  source: Source,
  dialect: Dialect,
  errors: readonly ParseError[],
): SyntaxFailure {
  const line = source.lineAt(error.pos)
  if (close === '"' || close === "'") return { line, messages: [dialect.unterminatedString] }
  const token = tokenAt(source.text, error.pos)
  const last = source.lineAt(source.text.length)
  if (close || !token) {
    const loopVariable = /(?:^|[\s;&|])for(?:\s+(?![A-Za-z_]\w*(?:[\s;]|$))\S*)?\s*$/.test(source.text)
    if (loopVariable) return { line: last, messages: [dialect.badLoopVariable] }
    // What stands between an opening word and its end is missed first: `if` without `then`.
    const closes = errors
      .map(({ message }) => /^expected '(then|do|in)'|expected '(\w+|[})])' to close/.exec(message))
      .map((match) => match?.[1] ?? match?.[2])
      .find(Boolean)
    const expected = close === undefined || close === '`' ? closes : close
    return { line: last, messages: [dialect.unexpectedEnd(expected)] }
  }
  return { line, messages: [dialect.unexpectedToken(token.text === '\n' ? 'newline' : token.text)] }
}

/** The token that the parser stumbled over: the first one from an offset on; undefined at the end of the text. */
function tokenAt(text: string, offset: number): { text: string; at: number } | undefined {
  const before = text.slice(0, offset)
  // `word (other)`: bash takes `(` for the begin of a function and stumbles over what follows it.
  const called = text[offset] === ')' ? /[^\s;&|()]\s+\(\s*([^\s;&|()<>]+)\s*$/.exec(before) : null
  if (called?.[1]) return { text: called[1], at: before.lastIndexOf(called[1]) }
  const token =
    /(?:[ \t]|\\\n|(?<=\s)#.*)*(\n|;;&|;;|;&|&&|\|\||\|&|&>>|&>|<<<|<<-|<<|>>|<&|>&|>\||<>|[;&|()<>]|[^\s;&|()<>]+)/y
  token.lastIndex = offset
  const match = token.exec(text)
  if (!match?.[1] || (match[1] === '\n' && text.slice(token.lastIndex).trim() === '' && !needsWord(before)))
    return undefined
  return { text: match[1], at: token.lastIndex - match[1].length }
}

/** After a redirection's operator a line's end is an error of its own, not the end of the text. */
function needsWord(before: string): boolean {
  return /[<>]\s*$/.test(before)
}
