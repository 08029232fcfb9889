// Declaration specifiers: storage class, qualifiers, the words of a type, struct, union and enum definitions, attributes.
import { type Context, keywords } from './context.ts'
import { reportUnknownType } from './names.ts'
import { parseExpression, typeKeywords } from './parse-expression.ts'
import type { Location } from './tokenize.ts'
import { errorType, intType, qualified, typeName } from './type-rules.ts'
import type { CType, FloatingName, IntegerName } from './types.ts'

export interface Attributes {
  unused: boolean
  noreturn: boolean
  packed: boolean
  format: { readonly style: string; readonly string: number; readonly first: number } | undefined
}

export interface Specifiers {
  type: CType
  storage: 'typedef' | 'extern' | 'static' | 'register' | 'auto' | undefined
  storageAt: Location | undefined
  isInline: boolean
  attributes: Attributes
  /** Any specifier has been seen. */
  seen: boolean
  /** 'none': no word of a type, so that it is int. 'definition': a struct, union or enum with its body. */
  typeKind: 'none' | 'word' | 'definition' | 'reference' | 'typedef'
  at: Location
  /** The name of a struct, union or enum. */
  tagAt: Location | undefined
  /** The type's own words say const. */
  isConst: boolean
}

/** Reads struct, union and enum specifiers; set by their own file, which reads specifiers in turn. */
export interface TagParser {
  record(c: Context): { readonly type: CType; readonly isDefinition: boolean }
  enumeration(c: Context): { readonly type: CType; readonly isDefinition: boolean }
}

let tags: TagParser | undefined

export function setTagParser(parser: TagParser): void {
  tags = parser
}

function tagParser(): TagParser {
  if (tags === undefined) throw new Error('the parser of tags is not set')
  return tags
}

/** Which words may stand here. */
export interface SpecifierOptions {
  /** Storage classes and function specifiers may. */
  readonly storage: boolean
  /** An unknown name before another one is taken for a type. */
  readonly guess: 'declarator' | 'type' | 'never'
}

const storageWords = ['typedef', 'extern', 'static', 'register', 'auto'] as const
const qualifierWords: ReadonlySet<string> = new Set([
  'const',
  'volatile',
  'restrict',
  '__restrict',
  '__attribute__',
  '__attribute',
])

const declarationWords: ReadonlySet<string> = new Set([
  ...storageWords,
  'inline',
  '__inline',
  '__inline__',
  '_Noreturn',
  '_Thread_local',
  '__thread',
  '_Static_assert',
  '__auto_type',
])

export function startsTypeName(c: Context, guess: SpecifierOptions['guess'] = 'never'): boolean {
  const token = c.peek()
  if (token.kind !== 'identifier') return false
  if (typeKeywords.has(token.text) || c.isTypedefName(token)) return true
  if (guess === 'never' || keywords.has(token.text) || c.lookup(token.text) !== undefined) return false
  if (guess === 'type') return true
  const next = c.peek(1)
  return (next.kind === 'identifier' && !keywords.has(next.text)) || (next.text === '*' && next.kind === 'punctuator')
}

export function startsSpecifiers(c: Context): boolean {
  return startsTypeName(c) || (c.peek().kind === 'identifier' && declarationWords.has(c.peek().text))
}

/** Whether a declaration begins here, in a block. */
export function startsDeclaration(c: Context): boolean {
  const token = c.peek()
  if (token.kind !== 'identifier') return false
  if (c.isName(token) && c.is(':', 1)) return false
  return startsSpecifiers(c) || startsTypeName(c, 'declarator')
}

export function noAttributes(): Attributes {
  return { unused: false, noreturn: false, packed: false, format: undefined }
}

/** Reads `__attribute__((…))`, as many as there are. */
export function parseAttributes(c: Context, into: Attributes): void {
  while (c.is('__attribute__') || c.is('__attribute')) {
    c.next()
    if (!c.require('(', 'expected ‘(’')) return
    if (!c.require('(', 'expected ‘(’')) {
      c.skipUntil(')', undefined)
      return
    }
    while (c.peek().kind === 'identifier' || c.is(',')) {
      if (c.accept(',')) continue
      const name = c.next().text.replace(/^__(.*)__$/, '$1')
      if (name === 'unused') into.unused = true
      if (name === 'noreturn') into.noreturn = true
      if (name === 'packed') into.packed = true
      if (!c.accept('(')) continue
      const words: string[] = []
      while (!c.is(')') && c.peek().kind !== 'end') {
        if (c.is('(')) {
          c.next()
          c.skipUntil(')', undefined)
          continue
        }
        words.push(c.next().text)
      }
      c.accept(')')
      if (name === 'format' && words.length === 5) {
        const style = (words[0] ?? '').replace(/^__(.*)__$/, '$1')
        into.format = { style, string: Number(words[2]), first: Number(words[4]) }
      }
    }
    c.skipUntil(')', 'expected ‘)’')
    c.skipUntil(')', 'expected ‘)’')
  }
}

/** The words of an arithmetic type, counted. */
interface Words {
  base: string | undefined
  long: number
  short: boolean
  signed: boolean
  unsigned: boolean
  at: Location
}

export function parseSpecifiers(c: Context, options: SpecifierOptions): Specifiers {
  const at = c.peek().at
  const result: Specifiers = {
    type: intType,
    storage: undefined,
    storageAt: undefined,
    isInline: false,
    attributes: noAttributes(),
    seen: false,
    typeKind: 'none',
    at,
    tagAt: undefined,
    isConst: false,
  }
  const words: Words = { base: undefined, long: 0, short: false, signed: false, unsigned: false, at }
  const hasWords = () => words.base !== undefined || words.long > 0 || words.short || words.signed || words.unsigned
  let isConst = false
  let isVolatile = false
  let found: CType | undefined
  const twoTypes = (place: Location) => c.reporter.error(place, 'two or more data types in declaration specifiers')
  for (;;) {
    const token = c.peek()
    if (token.kind !== 'identifier') break
    const { text } = token
    // Behind a definition another type is a missing semicolon.
    if (result.typeKind === 'definition' && startsTypeName(c) && !qualifierWords.has(text)) break
    if (!keywords.has(text)) {
      if (found !== undefined || hasWords()) break
      if (c.isTypedefName(token)) {
        const symbol = c.lookup(text)
        c.next()
        if (symbol !== undefined) symbol.used = true
        found = typedefType(symbol?.type ?? errorType, text)
        result.typeKind = 'typedef'
        result.seen = true
        continue
      }
      if (!startsTypeName(c, options.guess)) break
      c.next()
      c.reporter.error(token.at, `unknown type name ‘${text}’`)
      // gcc goes on as if it were int.
      found = intType
      result.typeKind = 'typedef'
      result.seen = true
      continue
    }
    if (text === 'const' || text === '__const' || text === '__const__') isConst = true
    else if (text === 'volatile' || text === '__volatile' || text === '__volatile__') isVolatile = true
    else if (text === '__extension__') {
      c.next()
      continue
    } else if (text === 'restrict' || text === '__restrict' || text === '__restrict__') {
      // Only pointers may have it; nothing here depends on it.
    } else if (text === '__attribute__' || text === '__attribute') {
      parseAttributes(c, result.attributes)
      result.seen = true
      continue
    } else if (text === '_Alignas') {
      c.next()
      result.seen = true
      if (c.require('(', 'expected ‘(’')) c.skipUntil(')', undefined)
      continue
    } else if (options.storage && declarationWords.has(text)) {
      if (text === '_Static_assert') break
      if (text === '_Thread_local' || text === '__thread') c.reporter.sorry(token.at, 'thread-local storage')
      if (text.includes('inline')) result.isInline = true
      else if (text === '_Noreturn') result.attributes.noreturn = true
      else if (text === '__auto_type') {
        c.reporter.sorry(token.at, '__auto_type')
        found = errorType
      } else storageClass(c, result, text, token.at)
      c.next()
      result.seen = true
      continue
    } else if (text === 'struct' || text === 'union') {
      if (found !== undefined || hasWords()) twoTypes(token.at)
      result.tagAt = c.peek(1).at
      const record = tagParser().record(c)
      found ??= record.type
      result.typeKind = record.isDefinition ? 'definition' : 'reference'
      result.seen = true
      continue
    } else if (text === 'enum') {
      if (found !== undefined || hasWords()) twoTypes(token.at)
      const enumeration = tagParser().enumeration(c)
      found ??= enumeration.type
      result.typeKind = enumeration.isDefinition ? 'definition' : 'reference'
      result.seen = true
      continue
    } else if (text.startsWith('__typeof') || text === 'typeof') {
      c.next()
      found = parseTypeof(c)
      result.typeKind = 'typedef'
      result.seen = true
      continue
    } else if (text === '_Complex' || text === '__complex__' || text === '_Atomic') {
      c.reporter.sorry(token.at, text === '_Atomic' ? '_Atomic' : 'complex numbers')
    } else if (typeKeywords.has(text)) {
      if (found !== undefined) twoTypes(token.at)
      else addWord(c, words, text, token.at)
      result.typeKind = 'word'
    } else break
    result.seen = true
    c.next()
  }
  const type = found ?? (hasWords() ? wordsType(words) : intType)
  result.type = type === errorType ? type : qualified(type, isConst, isVolatile)
  result.isConst = isConst
  return result
}

function storageClass(c: Context, result: Specifiers, text: string, at: Location): void {
  const word = storageWords.find((each) => each === text)
  if (word === undefined) return
  if (result.storage === word) c.reporter.error(at, `duplicate ‘${word}’`)
  else if (result.storage !== undefined) c.reporter.error(at, 'multiple storage classes in declaration specifiers')
  if (result.typeKind !== 'none')
    c.reporter.warning(result.at, 'old-style-declaration', `‘${word}’ is not at beginning of declaration`)
  result.storage ??= word
  result.storageAt ??= at
}

/** A typedef's type bears its name in messages. */
function typedefType(type: CType, name: string): CType {
  if (type === errorType) return type
  const named = { ...type, alias: name } as CType
  return type.isConst ? { ...named, aliasConst: true } : named
}

function parseTypeof(c: Context): CType {
  if (!c.require('(', 'expected ‘(’')) return errorType
  const open = c.last
  c.unevaluated += 1
  let type: CType
  if (startsTypeName(c)) type = parseSpecifiers(c, { storage: false, guess: 'never' }).type
  else type = parseExpression(c).node.type
  c.unevaluated -= 1
  while (c.is('*')) {
    c.next()
    type = { kind: 'pointer', to: type }
  }
  c.skipUntil(')', 'expected ‘)’', open)
  return type
}

function addWord(c: Context, words: Words, text: string, at: Location): void {
  const both = (a: string, b: string) => c.reporter.error(at, `both ‘${a}’ and ‘${b}’ in declaration specifiers`)
  const word = text.replace(/^__signed.*/, 'signed')
  words.at = at
  switch (word) {
    case 'long':
      if (words.long >= 2) c.reporter.error(at, '‘long long long’ is too long for GCC')
      else if (words.short) both('long', 'short')
      else if (words.base !== undefined && !['int', 'double'].includes(words.base)) both('long', words.base)
      else words.long += 1
      return
    case 'short':
      if (words.short) c.reporter.error(at, 'duplicate ‘short’')
      else if (words.long > 0) both('long', 'short')
      else if (words.base !== undefined && words.base !== 'int') both('short', words.base)
      words.short = true
      return
    case 'signed':
    case 'unsigned': {
      const otherWord = word === 'signed' ? 'unsigned' : 'signed'
      if (words[word]) c.reporter.error(at, `duplicate ‘${word}’`)
      else if (words[otherWord]) both('signed', 'unsigned')
      else if (words.base !== undefined && !['int', 'char'].includes(words.base)) both(word, words.base)
      words[word] = true
      return
    }
    default:
      if (words.base !== undefined) {
        c.reporter.error(at, 'two or more data types in declaration specifiers')
        return
      }
      if (word !== 'int') {
        if (words.short) both('short', word)
        else if (words.long > 0 && word !== 'double') both('long', word)
        else if (words.unsigned && word !== 'char') both('unsigned', word)
        else if (words.signed && word !== 'char') both('signed', word)
      }
      words.base = word
  }
}

function wordsType({ base, long, short, signed, unsigned }: Words): CType {
  if (base === 'void') return { kind: 'void' }
  if (base === '_Bool') return { kind: 'integer', name: '_Bool' }
  if (base === 'float' || base === 'double') {
    const name: FloatingName = base === 'double' && long > 0 ? 'long double' : base
    return { kind: 'floating', name }
  }
  if (base === 'char') return { kind: 'integer', name: unsigned ? 'unsigned char' : signed ? 'signed char' : 'char' }
  const size: IntegerName = short ? 'short' : long > 1 ? 'long long' : long === 1 ? 'long' : 'int'
  return { kind: 'integer', name: unsigned ? (`unsigned ${size}` as IntegerName) : size }
}

/** A name before another one where no type is known: says so and takes it for a type. Gives whether it did. */
export function guessUnknownType(c: Context, nested: boolean): boolean {
  const token = c.peek()
  if (!c.isOrdinary(token)) return false
  const next = c.peek(1)
  const follows =
    (next.kind === 'identifier' && !keywords.has(next.text)) || (next.text === '*' && next.kind === 'punctuator')
  if (!follows || (nested && c.lookup(token.text) !== undefined)) return false
  for (const form of ['struct', 'union', 'enum'] as const) {
    const tag = c.fileScope.tags.get(token.text) ?? c.scope.tags.get(token.text)
    if (tag?.form !== form) continue
    c.reporter.error(token.at, `unknown type name ‘${token.text}’; use ‘${form}’ keyword to refer to the type`, {
      fixits: [{ kind: 'insert', line: token.at.line, column: token.at.column, text: `${form} ` }],
    })
    return true
  }
  reportUnknownType(c, token.text, token.at)
  return true
}

export { typeName }
