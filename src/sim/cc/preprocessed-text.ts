// What `gcc -E` prints: the tokens of a source with its macros replaced, and markers of lines and files.
import { outermost } from './macro-expansion.ts'
import type { Preprocessor } from './preprocess.ts'

/** More empty lines than this become a line marker. */
const mostEmptyLines = 8

/** Reads all tokens and gives them as text. */
export function preprocessedText(preprocessor: Preprocessor, file: string, markers: boolean): string {
  const marker = (line: number, name: string, flag = '') => (markers ? `# ${line} "${name}"${flag}\n` : '')
  let text = `${marker(0, file)}${marker(0, '<built-in>')}${marker(0, '<command-line>')}${marker(1, file)}`
  let current = file
  let line = 1
  let isLineStart = true
  const seen = new Set([file])
  for (let token = preprocessor.next(); token.kind !== 'end'; token = preprocessor.next()) {
    const at = outermost(token.at)
    if (at.file !== current) {
      if (!isLineStart) text += '\n'
      const system = at.file.startsWith('/usr/') ? ' 3 4' : ''
      text += marker(at.line, at.file, `${seen.has(at.file) ? ' 2' : ' 1'}${system}`)
      seen.add(at.file)
      current = at.file
      line = at.line
      isLineStart = true
    } else if (at.line > line) {
      if (!isLineStart) {
        text += '\n'
        line += 1
      }
      if (at.line - line > mostEmptyLines) text += marker(at.line, current)
      else text += '\n'.repeat(at.line - line)
      line = at.line
      isLineStart = true
    }
    if (isLineStart) text += ' '.repeat(Math.max(0, token.first ? at.column - 1 : 0))
    else if (token.space) text += ' '
    text += token.text
    isLineStart = false
  }
  return isLineStart ? text : `${text}\n`
}
