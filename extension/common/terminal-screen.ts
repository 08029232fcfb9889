// What a terminal would show after all that was written to it: carriage return, backspace, cursor moves and erasing,
// ECMA-48 (console_codes(4)). Colours are kept as SGR parameters beside the text; who draws the lines reads them.

import type { Chunk } from './output-data.ts'

/** Text of one colour and one stream. */
export interface Run {
  text: string
  /** SGR parameters in force, as in `ESC [ 1;31 m`; empty for plain text. */
  pen: string
  fd: 1 | 2
}

export type Line = readonly Run[]

interface Row {
  runs: Run[]
  length: number
}

/** No program needs more; a hostile one would fill the memory with blanks. */
const maxColumn = 4096
const maxPendingEscape = 4096

// One token: a control sequence (CSI), a string that ends in BEL or ST (OSC, DCS, SOS, PM, APC), another escape, one
// control character, or text up to the next of these. An escape that the input cuts off matches none of the first three.
const token =
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b([ -/]*[0-OQ-WYZ\\`-~])|([\0-\x1f\x7f-\x9f])|([^\0-\x1f\x7f-\x9f]+)/y

export class TerminalScreen {
  readonly #rows: Row[] = [{ runs: [], length: 0 }]
  readonly #pen = new Map<string, string>()
  #penText = ''
  #row = 0
  #column = 0
  #pending = ''

  /** Writes text as it came; an escape sequence may be cut anywhere and goes on in the next call. */
  write(text: string, fd: 1 | 2): void {
    const input = this.#pending + text
    this.#pending = ''
    token.lastIndex = 0
    while (token.lastIndex < input.length) {
      const at = token.lastIndex
      const match = token.exec(input)
      if (match === null || (match[4] === '\x1b' && input.length - at <= maxPendingEscape && isCutEscape(input, at))) {
        this.#pending = input.slice(at)
        return
      }
      const [, parameters, final, , control, plain] = match
      if (plain !== undefined) this.#put(plain, fd)
      else if (control !== undefined) this.#control(control, fd)
      else if (final !== undefined) this.#sequence(final, parameters ?? '')
      else if (match[3] === 'c') this.#reset()
    }
  }

  /** The lines so far. The last one is left out when nothing was written after the final line feed. */
  lines(): Line[] {
    const lines = this.#rows.map((row) => row.runs.filter((run) => run.text !== ''))
    if (lines.at(-1)?.length === 0) lines.pop()
    return lines
  }

  #control(control: string, fd: 1 | 2): void {
    if (control === '\n') {
      this.#row += 1
      this.#column = 0
      if (this.#row === this.#rows.length) this.#rows.push({ runs: [], length: 0 })
    } else if (control === '\r') this.#column = 0
    else if (control === '\b') this.#column = Math.max(0, this.#column - 1)
    else if (control === '\t') this.#put('\t', fd)
    // All others, BEL and NUL among them, show nothing.
  }

  #sequence(final: string, parameters: string): void {
    if (final === 'm') return this.#setPen(parameters)
    if (/^[<-?]/.test(parameters)) return // private modes: show or hide the cursor and the like
    const numbers = parameters.split(';').map((number) => Number.parseInt(number, 10))
    const first = numbers[0] ?? Number.NaN
    const count = Math.min(Number.isNaN(first) || first === 0 ? 1 : first, maxColumn)
    const mode = Number.isNaN(first) ? 0 : first
    if (final === 'A' || final === 'F') this.#row = Math.max(0, this.#row - count)
    if (final === 'B' || final === 'E') this.#row = Math.min(this.#rows.length - 1, this.#row + count)
    if (final === 'E' || final === 'F') this.#column = 0
    if (final === 'C') this.#column = Math.min(maxColumn, this.#column + count)
    if (final === 'D') this.#column = Math.max(0, this.#column - count)
    if (final === 'G') this.#column = count - 1
    if (final === 'H' || final === 'f') {
      this.#row = Math.min(this.#rows.length, count) - 1
      this.#column = Math.min(maxColumn, (numbers[1] || 1) - 1)
    }
    if (final === 'K') this.#eraseInLine(mode)
    if (final === 'J') this.#eraseInDisplay(mode)
  }

  #put(text: string, fd: 1 | 2): void {
    const row = this.#currentRow()
    if (this.#column > row.length) {
      const gap = ' '.repeat(this.#column - row.length)
      row.runs.push({ text: gap, pen: '', fd })
      row.length = this.#column
    }
    const last = row.runs.at(-1)
    if (this.#column === row.length && last?.pen === this.#penText && last.fd === fd) last.text += text
    else this.#replace(row, this.#column, this.#column + text.length, { text, pen: this.#penText, fd })
    this.#column += text.length
    row.length = Math.max(row.length, this.#column)
  }

  /** Puts `run`, or nothing, in the place of the columns from `start` up to `end`. */
  #replace(row: Row, start: number, end: number, run: Run | undefined): void {
    const before: Run[] = []
    const after: Run[] = []
    let column = 0
    for (const old of row.runs) {
      const oldEnd = column + old.text.length
      if (column < start) before.push({ ...old, text: old.text.slice(0, start - column) })
      if (oldEnd > end) after.push({ ...old, text: old.text.slice(Math.max(0, end - column)) })
      column = oldEnd
    }
    row.runs = run === undefined ? [...before, ...after] : [...before, run, ...after]
  }

  #eraseInLine(mode: number): void {
    const row = this.#currentRow()
    if (mode === 2) {
      row.runs = []
      row.length = 0
    } else if (mode === 1) {
      const end = Math.min(row.length, this.#column + 1)
      this.#replace(row, 0, end, { text: ' '.repeat(end), pen: '', fd: 1 })
    } else {
      this.#replace(row, this.#column, row.length, undefined)
      row.length = Math.min(row.length, this.#column)
    }
  }

  #eraseInDisplay(mode: number): void {
    if (mode >= 2) {
      const rows = this.#rows.splice(0, this.#rows.length, { runs: [], length: 0 })
      this.#row = 0
      if (rows.length === 0) this.#column = 0
    } else if (mode === 0) {
      this.#eraseInLine(0)
      this.#rows.splice(this.#row + 1)
    }
  }

  #reset(): void {
    this.#eraseInDisplay(2)
    this.#setPen('')
    this.#column = 0
  }

  #setPen(parameters: string): void {
    const codes = parameters.split(/[;:]/).map((code) => Number.parseInt(code, 10) || 0)
    for (let i = 0; i < codes.length; i += 1) {
      const code = codes[i] ?? 0
      if (code === 38 || code === 48) {
        const length = codes[i + 1] === 2 ? 5 : 3
        this.#pen.set(code === 38 ? 'colour' : 'background', codes.slice(i, i + length).join(';'))
        i += length - 1
      } else if (code === 0) this.#pen.clear()
      else if (inRange(code, 30, 37) || inRange(code, 90, 97)) this.#pen.set('colour', String(code))
      else if (inRange(code, 40, 47) || inRange(code, 100, 107)) this.#pen.set('background', String(code))
      else if (code === 39) this.#pen.delete('colour')
      else if (code === 49) this.#pen.delete('background')
      else if (inRange(code, 1, 9)) this.#pen.set(String(code), String(code))
      else if (code === 22) {
        this.#pen.delete('1')
        this.#pen.delete('2')
      } else if (inRange(code, 23, 29)) this.#pen.delete(String(code - 20))
    }
    this.#penText = [...this.#pen.values()].join(';')
  }

  #currentRow(): Row {
    const row = this.#rows[this.#row]
    if (row === undefined) throw new Error(`terminal screen: no row ${this.#row}`)
    return row
  }
}

/** The lines that a terminal shows after these pieces of output. */
export function terminalLines(chunks: readonly Chunk[]): Line[] {
  const screen = new TerminalScreen()
  for (const [fd, text] of chunks) screen.write(text, fd)
  return screen.lines()
}

/** The same as text alone, each line ended by a line feed. */
export function terminalText(chunks: readonly Chunk[]): string {
  return terminalLines(chunks)
    .map((line) => `${line.map((run) => run.text).join('')}\n`)
    .join('')
}

/** Whether the escape at `at` may still become a sequence when more text comes. */
function isCutEscape(input: string, at: number): boolean {
  const rest = input.slice(at)
  return /^\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)$/.test(rest)
}

function inRange(code: number, low: number, high: number): boolean {
  return code >= low && code <= high
}
