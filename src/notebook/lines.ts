// Lines as CommonMark counts them: a line ends with CRLF, LF or a CR that no LF follows.

export type LineEnd = '\n' | '\r\n' | '\r'

/**
 * Where each line starts.
 *
 * @returns offsets in UTF-16 units; the last one is the text's length, so that line `n` is `[starts[n], starts[n + 1])`
 */
export function lineStarts(text: string): readonly number[] {
  const starts = text.length > 0 ? [0] : []
  if (text.includes('\r')) {
    const ends = /\r\n?|\n/g
    while (ends.exec(text)) starts.push(ends.lastIndex)
  } else {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  }
  if (starts.at(-1) !== text.length || starts.length === 0) starts.push(text.length)
  return starts
}

/** The lines of a text, each with its line end. They add up to the text. */
export function splitLines(text: string): string[] {
  const starts = lineStarts(text)
  return starts.slice(1).map((end, index) => text.slice(starts[index], end))
}

/** The line end that this line has; empty for a last line without one. */
export function lineEndOf(line: string): LineEnd | '' {
  if (line.endsWith('\r\n')) return '\r\n'
  if (line.endsWith('\n')) return '\n'
  return line.endsWith('\r') ? '\r' : ''
}

/** The text with LF line ends only. */
export function withLf(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** LF text with other line ends. */
export function withLineEnd(text: string, lineEnd: LineEnd): string {
  return lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd)
}

/** The text without its last line end. */
export function withoutLastLineEnd(text: string): string {
  return text.slice(0, text.length - lineEndOf(text).length)
}

/** The line end that most lines of a text have; LF if none or as many. */
export function mainLineEnd(text: string): LineEnd {
  if (!text.includes('\r')) return '\n'
  const count: Record<LineEnd, number> = { '\n': 0, '\r\n': 0, '\r': 0 }
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) count[end === '\r\n' || end === '\r' ? end : '\n'] += 1
  if (count['\r\n'] > count['\n'] && count['\r\n'] >= count['\r']) return '\r\n'
  return count['\r'] > count['\n'] ? '\r' : '\n'
}

/** A blank line holds nothing but spaces and tabs (CommonMark 2.1). */
export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text)
}

/** A line without as many of the spaces that it starts with. */
export function outdented(line: string, spaces: number): string {
  let count = 0
  while (count < spaces && line[count] === ' ') count += 1
  return line.slice(count)
}

/**
 * Lines, or stretches of them, one behind the other. Where a CR would meet the LF of an empty line they would become one
 * line end, so that line gets CRLF.
 */
export function joinLines(lines: readonly string[]): string {
  let before = ''
  const joined = lines.map((line) => {
    const separate = before.endsWith('\r') && line.startsWith('\n') ? `\r${line}` : line
    if (line !== '') before = line
    return separate
  })
  return joined.join('')
}
