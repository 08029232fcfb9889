// New text in place of old, line by line: lines that stay keep their exact bytes, line ends and indentation included.
import { isClosing } from './blocks.ts'
import { displayText } from './bytes.ts'
import { joinLines, lineEndOf, type LineEnd, outdented, splitLines, withLf, withoutLastLineEnd } from './lines.ts'
import type { Fence } from './segment.ts'

/**
 * Markdown source with other text.
 *
 * @param source as it stands in the file; its last line end stays
 * @param text any line ends
 * @param lineEnd of the lines that are new
 */
export function rewriteText(source: string, text: string, lineEnd: LineEnd): string {
  const old = splitLines(source)
  const lines = mergeLines(old, displayed(old, 0), withLf(text).split('\n'), (line) => line + lineEnd)
  const ended = lines.map((line) => (lineEndOf(line) === '' ? line + lineEnd : line))
  const last = withoutLastLineEnd(ended.pop() ?? '')
  return joinLines([...ended, last + lineEndOf(source)])
}

/**
 * A fenced block with other text in it; the fence gets longer if the text holds a line that would close it.
 *
 * @param text any line ends; new lines get the line end of the opening fence
 */
export function rewriteFence(fence: Fence, text: string): Fence {
  const old = splitLines(fence.body)
  const indent = ' '.repeat(fence.indent)
  const lineEnd = lineEndOf(fence.open)
  const wanted = text === '' ? [] : withLf(text).split('\n')
  const lines = mergeLines(old, displayed(old, fence.indent), wanted, (line) => {
    return (line === '' ? '' : indent + line) + lineEnd
  })
  const marker = markerFor(lines.map(withoutLastLineEnd), fence.marker)
  const closingRun = /[`~]+/.exec(fence.close)?.[0] ?? ''
  return {
    ...fence,
    marker,
    open: indent + marker + fence.open.slice(fence.indent + fence.marker.length),
    body: joinLines([fence.open, ...lines]).slice(fence.open.length),
    close: closingRun.length < marker.length ? fence.close.replace(closingRun, marker) : fence.close,
  }
}

/** What a fence holds: each line without as many spaces as its fence is indented (CommonMark 4.5), LF line ends. */
export function fenceText(body: string, indent: number): string {
  const text = withoutLastLineEnd(withLf(body))
  return indent === 0
    ? text
    : text
        .split('\n')
        .map((line) => outdented(line, indent))
        .join('\n')
}

/** The parts of a closed fenced block. */
export function fenceOf(source: string): Fence {
  const lines = splitLines(source)
  const open = lines[0] ?? ''
  const marker = /[`~]+/.exec(open)?.[0] ?? ''
  return { indent: open.indexOf(marker), marker, open, body: lines.slice(1, -1).join(''), close: lines.at(-1) ?? '' }
}

export function fenceSource(fence: Fence): string {
  return fence.open + fence.body + fence.close
}

/** A new fenced block. */
export function newFence(info: string, text: string, lineEnd: LineEnd): string {
  const plain: Fence = {
    indent: 0,
    marker: '```',
    open: `\`\`\`${info}${lineEnd}`,
    body: '',
    close: `\`\`\`${lineEnd}`,
  }
  return fenceSource(rewriteFence(plain, text))
}

/** A run as long as the given one, or longer if a line of the text would close it. */
function markerFor(lines: readonly string[], marker: string): string {
  let longest = marker.length
  for (const line of lines) {
    if (isClosing(line, marker)) longest = Math.max(longest, line.trim().length + 1)
  }
  return marker.slice(0, 1).repeat(longest)
}

/** Lines as an editor shows them. */
function displayed(lines: readonly string[], indent: number): string[] {
  return lines.map((line) => displayText(outdented(withoutLastLineEnd(line), indent)))
}

/** The old lines at the start and at the end that the new text has too, and between them what is new. */
function mergeLines(
  old: readonly string[],
  shown: readonly string[],
  wanted: readonly string[],
  write: (line: string) => string,
): string[] {
  const most = Math.min(old.length, wanted.length)
  let head = 0
  while (head < most && shown[head] === wanted[head]) head += 1
  let tail = 0
  while (tail < most - head && shown[old.length - 1 - tail] === wanted[wanted.length - 1 - tail]) tail += 1
  const middle = wanted.slice(head, wanted.length - tail).map(write)
  return [...old.slice(0, head), ...middle, ...old.slice(old.length - tail)]
}
