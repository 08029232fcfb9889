// Tables in columns as Go's text/tabwriter lays them out: a column is as wide as its longest cell and the padding.

/** How a tool lays out its tables: docker (10, 3), kubectl (6, 3). */
export interface ColumnLayout {
  /** Least width of a column, padding included. */
  readonly minimumWidth: number
  /** Blanks after the longest cell. */
  readonly padding: number
}

export const dockerColumns: ColumnLayout = { minimumWidth: 10, padding: 3 }
export const kubectlColumns: ColumnLayout = { minimumWidth: 6, padding: 3 }

/**
 * Pads tab-separated lines. The last cell of a line is never padded, and a column ends where a line has no cell in it, so
 * that the lines before and after are aligned on their own.
 */
export function alignColumns(text: string, layout: ColumnLayout): string {
  const lines = text.split('\n').map((line) => line.split('\t'))
  const output = lines.map(() => '')
  alignBlock(lines, output, 0, lines.length, 0, layout)
  return output.join('\n')
}

/** Rows of cells as one text, a newline after each row. */
export function tableText(rows: readonly (readonly string[])[], layout: ColumnLayout): string {
  return alignColumns(rows.map((row) => `${row.join('\t')}\n`).join(''), layout)
}

function alignBlock(
  lines: readonly (readonly string[])[],
  output: string[],
  from: number,
  to: number,
  column: number,
  layout: ColumnLayout,
): void {
  let at = from
  while (at < to) {
    if (isLast(lines[at], column)) {
      output[at] += lines[at]?.[column] ?? ''
      at++
      continue
    }
    let end = at
    while (end < to && !isLast(lines[end], column)) end++
    const cells = lines.slice(at, end).map((line) => line[column] ?? '')
    const widest = Math.max(...cells.map(displayWidth))
    // A column of empty cells keeps the padding but not the minimum only when tabwriter is told to discard them: not here.
    const width = Math.max(widest + layout.padding, layout.minimumWidth)
    for (const [i, cell] of cells.entries()) output[at + i] += cell + ' '.repeat(width - displayWidth(cell))
    alignBlock(lines, output, at, end, column + 1, layout)
    at = end
  }
}

function isLast(line: readonly string[] | undefined, column: number): boolean {
  return line === undefined || column >= line.length - 1
}

/** tabwriter counts code points. */
function displayWidth(cell: string): number {
  let width = 0
  for (const _ of cell) width++
  return width
}
