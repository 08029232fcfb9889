// Wraps text to a terminal's width. Escape sequences take no room.

/** Lines of at most `columns` characters; a longer word stands alone and sticks out. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/[ \n]+/)) {
    if (line !== '' && visibleLength(line) + 1 + visibleLength(word) > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Characters that the terminal shows. */
export function visibleLength(text: string): number {
  return [...text.replaceAll(/\x1b\[[0-9;]*m/g, '')].length
}
