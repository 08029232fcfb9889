// cat(1): files, or its input, to its output, as they come.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { complain, getopt, OptionError, type OptionRow } from './getopt.ts'
import { perror, readSize, writeOut } from './stdio.ts'

const optionRows: readonly OptionRow[] = [
  { names: ['n', 'number'] },
  { names: ['b', 'number-nonblank'] },
  { names: ['s', 'squeeze-blank'] },
  { names: ['A', 'show-all'] },
  { names: ['E', 'show-ends'] },
  { names: ['T', 'show-tabs'] },
  { names: ['v', 'show-nonprinting'] },
  { names: ['e'] },
  { names: ['t'] },
  { names: ['u'] },
]

export const cat: Main = function* cat(system, argv) {
  let parsed: ReturnType<typeof getopt>
  try {
    parsed = getopt(argv, optionRows)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    return yield* complain(system, 'cat', error)
  }
  const plain = parsed.order.every(({ name }) => name === 'u')
  const decorate = decorator((name) => parsed.given.has(name))
  let status = 0
  for (const path of parsed.operands.length === 0 ? ['-'] : parsed.operands) {
    try {
      const fd = path === '-' ? 0 : yield* system.open(path)
      for (;;) {
        const chunk = yield* system.read(fd, readSize)
        if (chunk.length === 0) break
        yield* writeOut(system, plain ? chunk : decorate(decodeText(chunk)))
      }
      if (path !== '-') yield* system.close(fd)
    } catch (error) {
      if (error instanceof SystemCallError && error.errno === 'EPIPE') return 1
      yield* perror(system, 'cat', path, error)
      status = 1
    }
  }
  return status
}

/** Numbers lines and shows what is not seen, over chunk borders. */
function decorator(has: (option: string) => boolean): (text: string) => string {
  const ends = has('E') || has('A') || has('e')
  const tabs = has('T') || has('A') || has('t')
  const controls = has('v') || has('A') || has('e') || has('t')
  let number = 0
  let atStart = true
  let blankBefore = false
  return (text) => {
    let out = ''
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      const body = line.replace(/\n$/, '')
      const blank = atStart && body === '' && line.endsWith('\n')
      if (blank && blankBefore && has('s')) continue
      blankBefore = blank
      if (atStart && (has('b') ? !blank : has('n'))) out += `${String(++number).padStart(6)}\t`
      let shown = controls ? body.replace(/[\0-\x08\x0b-\x1f\x7f]/g, caret) : body
      if (tabs) shown = shown.replaceAll('\t', '^I')
      out += shown + (line.endsWith('\n') ? `${ends ? '$' : ''}\n` : '')
      atStart = line.endsWith('\n')
    }
    return out
  }
}

function caret(character: string): string {
  return character === '\x7f' ? '^?' : `^${String.fromCharCode(character.charCodeAt(0) + 64)}`
}
