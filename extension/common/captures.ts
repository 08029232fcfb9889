// What a recorded listing shows where a value differs from run to run: `<pid:alp1>` of the file becomes ‹PID alp1›.

import type { Capture, CaptureKind } from '../../src/notebook/listing.ts'

/** A word for each kind of capture, in the learner's language. */
export type CaptureWords = Readonly<Record<CaptureKind, string>>

/** Kinds whose name says nothing to a reader: `<time:t>`. */
const nameless: readonly CaptureKind[] = ['time', 'any']

/**
 * The text with every capture in words, between ‹ and ›. The blank in it is a no-break space, so that what stands in a
 * column of a table stays one word.
 *
 * @param captures all captures of the text, in order
 */
export function showCaptures(text: string, captures: readonly Capture[], words: CaptureWords): string {
  let shown = ''
  let done = 0
  for (const { kind, name, start, end } of captures) {
    const label = nameless.includes(kind) ? words[kind] : `${words[kind]}\u00a0${name}`
    shown += `${text.slice(done, start)}‹${label}›`
    done = end
  }
  return shown + text.slice(done)
}
