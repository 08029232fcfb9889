// The lines of a block that its notes need beside them, when the block itself stands elsewhere: as a cell, or as a cell's
// output that has made way for the learner's own.
import { withoutLastLineEnd } from './lines.ts'
import type { FencedSegment } from './segment.ts'

/** Stands for lines that are left out. */
const gap = '⋯'

/**
 * A fenced block of those lines, markers included, and of the first, which is often a table's head.
 *
 * @param isWhole no line is left out: what is to be read as a whole, such as a program's source
 * @returns without last line end; undefined for a block without notes
 */
export function excerptOf({ fence, text, notes }: FencedSegment, isWhole = false): string | undefined {
  if (notes.notes.length === 0) return undefined
  const shown = new Set([0, ...notes.markers.map(({ line }) => line)])
  const lines = text.split('\n').flatMap((line, index) => {
    if (isWhole || shown.has(index)) return [line]
    return shown.has(index - 1) ? [gap] : []
  })
  const open = withoutLastLineEnd(fence.open).slice(fence.indent)
  return [open, ...lines, fence.marker].join('\n')
}
