// Finds tables in an output, so that a column which got wider with one of its values is not taken for a difference.
import { durationColumns, processColumns, scanCell, scanLine, type Segment } from './variables.ts'

/** Stands between two cells where a table's padding was; no output holds it. */
export const cellSeparator = '\u241f'

/** A line as it is compared: values that may differ marked, padding that follows from them taken out. */
export interface ScannedLine {
  /** The line as it was printed, without its end and without blanks at its end, which no terminal shows. */
  raw: string
  segments: readonly Segment[]
  /** The table that it is a row of, when it is one whose padding was taken out. */
  table?: Table
}

export interface Table {
  /** How the writer of the table pads: at least `minimum` columns a cell, and `gap` blanks after the longest. */
  minimum: number
  gap: number
}

// text/tabwriter's settings: docker, kubectl, and tables without a minimum.
const writers: readonly Table[] = [
  { minimum: 10, gap: 3 },
  { minimum: 6, gap: 3 },
  { minimum: 20, gap: 1 },
  { minimum: 0, gap: 3 },
  { minimum: 0, gap: 2 },
]

const tableHeader = /^[A-Z][A-Z0-9%()/:_-]*(?: [A-Z0-9%()/:_-]+)*(?: {2,}[A-Z][A-Z0-9%()/:_-]*(?: [A-Z0-9%()/:_-]+)*)+$/
const processHeader = /^ *[A-Z%]+(?: +[A-Z%]+)+$/

/** Whether a line can be the header of a table as docker and kubectl print it. */
export function isTableHeader(line: string): boolean {
  return tableHeader.test(line)
}

/** Splits an output into lines and scans them, tables as tables. */
export function scanText(text: string): ScannedLine[] {
  const lines = linesOf(text)
  const scanned: ScannedLine[] = []
  while (scanned.length < lines.length) {
    const rest = lines.slice(scanned.length)
    const block = processTable(rest) ?? columnTable(rest)
    if (block) scanned.push(...block)
    else scanned.push({ raw: rest[0] ?? '', segments: scanLine(rest[0] ?? '') })
  }
  return scanned
}

/** The lines of a text without their ends and the blanks before these. A final newline begins no line. */
export function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[ \t\r]+$/, ''))
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** `ps`, `docker top`, `lsns`: cells without blanks but for the last column, numbers aligned to the right. */
function processTable(lines: readonly string[]): ScannedLine[] | undefined {
  const header = lines[0] ?? ''
  if (!processHeader.test(header)) return undefined
  const names = header.trim().split(/ +/)
  const key = names.findIndex((name) => name === 'PID' || name === 'NS')
  if (key < 0) return undefined
  const block = [processRow(header, names)]
  for (const line of lines.slice(1)) {
    const cell = line.trim().split(/ +/)[key]
    if (cell === undefined || !/^(?:\d+|<.+>)$/.test(cell) || processHeader.test(line)) break
    block.push(processRow(line, names))
  }
  return block
}

function processRow(line: string, names: readonly string[]): ScannedLine {
  const segments: Segment[] = []
  let rest = line
  let loose = true
  for (const [index, name] of names.entries()) {
    const match = /^( *)(\S+)/.exec(rest)
    if (!match) break
    const [, blanks = '', field = ''] = match
    const isLast = index === names.length - 1
    const cell = isLast ? rest.slice(blanks.length) : field
    const isAligned = name in processColumns
    // Beside a number the padding depends on how long numbers are on this machine; elsewhere it must be the same.
    if (index > 0) segments.push({ text: loose || isAligned ? ' ' : blanks })
    else if (!isAligned) segments.push({ text: blanks })
    const rule = processColumns[name]
    segments.push(...scanCell(cell, rule?.kind === 'ns' ? { ...rule, scope: namespaceType(line, names) } : rule))
    rest = isLast ? '' : rest.slice(match[0].length)
    loose = isAligned
  }
  if (rest !== '') segments.push({ text: rest })
  return { raw: line, segments: segments.filter((segment) => segment.text !== '') }
}

/** What lsns(8) says of a row's namespace in the column TYPE. */
function namespaceType(line: string, names: readonly string[]): string {
  return line.trim().split(/ +/)[names.indexOf('TYPE')] ?? ''
}

/** docker's and kubectl's tables: columns start where their headers start. Undefined unless the padding is right. */
function columnTable(lines: readonly string[]): ScannedLine[] | undefined {
  const header = lines[0] ?? ''
  if (!tableHeader.test(header)) return undefined
  const names = header.split(/ {2,}/)
  const starts: number[] = []
  for (const name of names) starts.push(header.indexOf(name, (starts.at(-1) ?? -1) + 1))
  const rows = [names]
  for (const line of lines.slice(1)) {
    const cells = line === '' || tableHeader.test(line) ? undefined : cutCells(line, starts)
    if (!cells) break
    rows.push(cells)
  }
  // A line that follows the table may look like one more row; then the rows before it alone are padded rightly.
  for (let count = rows.length; count > 1; count -= 1) {
    const taken = rows.slice(0, count)
    const table = writers.find((writer) => padRows(taken, writer).every((row, index) => row === lines[index]))
    if (table) return taken.map((cells, index) => columnRow(lines[index] ?? '', cells, names, table))
  }
  return undefined
}

function cutCells(line: string, starts: readonly number[]): string[] | undefined {
  const cells: string[] = []
  for (const [index, start] of starts.entries()) {
    if (index > 0 && line.length >= start && line[start - 1] !== ' ') return undefined
    cells.push(line.slice(start, starts[index + 1]).trimEnd())
  }
  return cells.some((cell) => cell.startsWith(' ')) ? undefined : cells
}

function columnRow(raw: string, cells: readonly string[], names: readonly string[], table: Table): ScannedLine {
  const segments: Segment[] = []
  for (const [index, cell] of cells.entries()) {
    if (index > 0) segments.push({ text: cellSeparator })
    if (cell !== '') segments.push(...scanCell(cell, durationColumns[names[index] ?? '']))
  }
  return { raw, segments, table }
}

/** Pads rows of cells as Go's text/tabwriter does; blanks at the ends of lines left out. */
export function padRows(rows: readonly (readonly string[])[], writer: Table): string[] {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths: number[] = []
  for (let column = 0; column < columns - 1; column += 1) {
    const longest = Math.max(...rows.map((row) => [...(row[column] ?? '')].length))
    widths.push(Math.max(writer.minimum, longest + writer.gap))
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)))
      .join('')
      .trimEnd(),
  )
}
