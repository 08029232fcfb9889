// A message about a place in a text: `file:line:column: message`, the line itself, and a caret under the column.

export interface TextPlace {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in characters. */
  readonly column: number
}

/** The place of an offset, in UTF-16 units from 0, of a text whose lines end in LF, CRLF or CR. */
export function placeOf(file: string, text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { file, line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 }
}

/** The message with its line and caret, without a newline at the end. Tabs before the caret are kept, so that it stands right. */
export function caretMessage(place: TextPlace, text: string, message: string): string {
  const line = text.split(/\r\n|\r|\n/)[place.line - 1] ?? ''
  const before = [...line].slice(0, place.column - 1).map((character) => (character === '\t' ? '\t' : ' '))
  return `${place.file}:${place.line}:${place.column}: ${message}\n${line}\n${before.join('')}^`
}
