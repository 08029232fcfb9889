// The text of one run, kept within bounds: all of it for "open all", its end for the notebook.

import type { Chunk } from './output-data.ts'

/** Past this many UTF-16 units the oldest text is dropped: VS Code refuses to open larger documents anyway. */
const keptUnits = 20_000_000
const pieceUnits = 16_384

export interface Visible {
  chunks: Chunk[]
  /** Lines before the first one shown. */
  omittedLines: number
}

export class OutputLog {
  #pieces: Chunk[] = []
  #units = 0
  #lineFeeds = 0
  #droppedUnits = 0

  /** UTF-16 units that were dropped because there were too many. */
  get droppedUnits(): number {
    return this.#droppedUnits
  }

  /** UTF-16 units that came so far, dropped ones included. */
  get units(): number {
    return this.#units + this.#droppedUnits
  }

  append(fd: 1 | 2, text: string): void {
    if (text === '') return
    this.#units += text.length
    this.#lineFeeds += countLineFeeds(text)
    const last = this.#pieces.at(-1)
    if (last !== undefined && last[0] === fd && last[1].length + text.length <= pieceUnits) {
      this.#pieces[this.#pieces.length - 1] = [fd, last[1] + text]
    } else {
      this.#pieces.push([fd, text])
    }
    if (this.#units > keptUnits) this.#dropOldest()
  }

  /** Everything that is kept. */
  all(): readonly Chunk[] {
    return this.#pieces
  }

  /** The end of the text: at most so many lines, and so many units. It begins at the start of a line where it can. */
  visible(maxLines: number, maxUnits: number): Visible {
    const chunks: Chunk[] = []
    let units = 0
    let lines = 0
    for (let i = this.#pieces.length - 1; i >= 0; i -= 1) {
      const piece = this.#pieces[i]
      if (piece === undefined) break
      const [fd, text] = piece
      const from = cutAt(text, maxLines - lines, maxUnits - units)
      if (from < text.length) chunks.unshift([fd, text.slice(from)])
      if (from > 0) break
      units += text.length
      lines += countLineFeeds(text)
    }
    const shown = chunks.reduce((sum, [, text]) => sum + countLineFeeds(text), 0)
    return { chunks, omittedLines: this.#lineFeeds - shown }
  }

  #dropOldest(): void {
    let drop = 0
    while (this.#units > keptUnits * 0.9 && drop < this.#pieces.length) {
      const piece = this.#pieces[drop]
      if (piece === undefined) break
      this.#units -= piece[1].length
      this.#droppedUnits += piece[1].length
      drop += 1
    }
    this.#pieces = this.#pieces.slice(drop)
  }
}

/** Where the shown part of a piece begins, when the lines and units after it are already spent. */
function cutAt(text: string, maxLines: number, maxUnits: number): number {
  let from = 0
  if (text.length > maxUnits) {
    const start = text.length - Math.max(0, maxUnits)
    const lineFeed = text.indexOf('\n', start - 1)
    from = lineFeed === -1 || lineFeed === text.length - 1 ? start : lineFeed + 1
  }
  let lines = 0
  for (let at = text.length - 1; at >= from; at -= 1) {
    if (text.charCodeAt(at) !== 10) continue
    lines += 1
    if (lines > maxLines) return at + 1
  }
  return from
}

function countLineFeeds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
