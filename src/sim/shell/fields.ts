// Fields of a word under expansion: pieces that are quoted or not, cut at IFS where an unquoted expansion put them.
import { escapePattern } from './pattern.ts'

export interface Piece {
  text: string
  /** Neither split nor matched against file names. */
  quoted: boolean
}

export type Field = Piece[]

export class Fields {
  readonly #fields: Field[] = []
  #current: Field | undefined
  readonly #separators: string
  /** What ended the field before: IFS white space may still swallow one separator that is not white space. */
  #afterBlank = false
  /** Without splitting (assignments, redirections' targets, patterns) there is one field at most. */
  readonly #splits: boolean

  constructor(separators: string, splits: boolean) {
    this.#separators = separators
    this.#splits = splits
  }

  /** Adds text that was quoted; also an empty one makes a field. */
  quoted(text: string): void {
    this.#open().push({ text, quoted: true })
  }

  /** Adds text that stands in the word itself, without quotes: it is not split. */
  literal(text: string): void {
    if (text !== '') this.#open().push({ text, quoted: false })
  }

  /** Adds the result of an unquoted expansion. */
  split(text: string): void {
    if (!this.#splits) {
      this.literal(text)
      return
    }
    let from = 0
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at] ?? ''
      if (!this.#separators.includes(char)) continue
      this.literal(text.slice(from, at))
      from = at + 1
      this.#separate(char === ' ' || char === '\t' || char === '\n')
    }
    this.literal(text.slice(from))
  }

  /** Begins a new field, as between the elements of "$@". */
  break(): void {
    if (this.#splits) this.#close()
    else this.#open().push({ text: ' ', quoted: true })
  }

  finish(): Field[] {
    this.#close()
    return this.#fields
  }

  #separate(blank: boolean): void {
    if (this.#current) {
      this.#close()
      this.#afterBlank = blank
    } else if (!blank && this.#afterBlank) {
      this.#afterBlank = false
    } else if (!blank) {
      this.#fields.push([{ text: '', quoted: true }])
    }
  }

  #open(): Field {
    this.#afterBlank = false
    this.#current ??= []
    return this.#current
  }

  #close(): void {
    if (this.#current) this.#fields.push(this.#current)
    this.#current = undefined
  }
}

/** A field's text after quote removal. */
export function fieldText(field: Field | undefined): string {
  return field === undefined ? '' : field.map((piece) => piece.text).join('')
}

/** A field as a pattern: what was quoted is escaped. */
export function fieldPattern(field: Field | undefined): string {
  return field === undefined
    ? ''
    : field.map((piece) => (piece.quoted ? escapePattern(piece.text) : piece.text)).join('')
}

/** A field as the replacement of `${x/p/r}`: an unquoted `&` is what was matched. */
export function fieldReplacement(field: Field | undefined): (match: string) => string {
  const pieces = field ?? []
  return (match) =>
    pieces
      .map(({ text, quoted }) =>
        quoted
          ? text
          : text.replace(/\\([\s\S])|&/g, (whole, escaped: string | undefined) =>
              escaped === undefined ? match : escaped === '&' || escaped === '\\' ? escaped : whole,
            ),
      )
      .join('')
}

/** A field as a regular expression of regex(7): what was quoted stands for itself. */
export function fieldRegex(field: Field | undefined): string {
  const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return field === undefined ? '' : field.map((piece) => (piece.quoted ? escape(piece.text) : piece.text)).join('')
}
