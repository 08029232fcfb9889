// The lines of a recorded listing that have notes: what the notes need beside them when the listing itself stands
// elsewhere, as a cell's output, or has made way for the learner's own.
import { withoutLastLineEnd } from './lines.ts'
import type { FencedSegment } from './segment.ts'

/** Stands for lines that are left out. */
const gap = '⋯'

/**
 * A fenced block of those lines, markers included, and of the first, which is often a table's head.
 *
 * @returns without last line end; undefined for a block without notes
 */
export function excerptOf({ fence, text, notes }: FencedSegment): string | undefined {
  if (notes.notes.length === 0) return undefined
  const shown = new Set([0, ...notes.markers.map(({ line }) => line)])
  const lines = text.split('\n').flatMap((line, index) => {
    if (shown.has(index)) return [line]
    return shown.has(index - 1) ? [gap] : []
  })
  const open = withoutLastLineEnd(fence.open).slice(fence.indent)
  return [open, ...lines, fence.marker].join('\n')
}
