// A shell text and where its lines are: what `line N` in a message and LINENO are counted by.

export class Source {
  readonly text: string
  /** Number of its first line; greater than 1 for text that `eval` runs. */
  readonly firstLine: number
  /** The file that it was sourced from; messages name it. */
  readonly file: string | undefined
  #lineStarts: number[] | undefined

  constructor(text: string, firstLine = 1, file?: string) {
    this.text = text
    this.firstLine = firstLine
    this.file = file
  }

  /** The line number, from `firstLine` on, of an offset into the text. */
  lineAt(offset: number): number {
    const starts = this.#starts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.firstLine + low
  }

  /** The text of a line by its number. */
  line(number: number): string {
    const start = this.#starts()[number - this.firstLine] ?? this.text.length
    const end = this.text.indexOf('\n', start)
    return this.text.slice(start, end < 0 ? undefined : end)
  }

  #starts(): number[] {
    if (this.#lineStarts) return this.#lineStarts
    const starts = [0]
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#lineStarts = starts
    return starts
  }
}
