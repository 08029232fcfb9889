// cat(1): files, or its input, to its output, as they come.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import type { OptionRow } from './getopt.ts'
import { readSize, writeOut } from './stdio.ts'
import { attempt, type Family, utility, warn } from './utility.ts'

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

const busyboxUsage =
  '[-nbvteA] [FILE]...\n\nPrint FILEs to stdout\n\n\t-n\tNumber output lines\n\t-b\tNumber nonempty lines\n\t-v\tShow nonprinting characters as ^x or M-x\n\t-t\t...and tabs as ^I\n\t-e\t...and end lines with $\n\t-A\tSame as -vte'

export const catMain = (family: Family): Main =>
  utility(family, { name: 'cat', options: optionRows, shortName: true, busyboxUsage }, function* cat(call) {
    const { system, has, parsed, operands } = call
    const plain = parsed.order.every(({ name }) => name === 'u')
    const decorate = decorator(has)
    let status = 0
    for (const path of operands.length === 0 ? ['-'] : operands) {
      const fd = path === '-' ? 0 : yield* attempt(system.open(path))
      if (fd instanceof SystemCallError) {
        yield* warn(call, family === 'gnu' ? `${path}: ${fd.message}` : `can't open '${path}': ${fd.message}`)
        status = 1
        continue
      }
      for (;;) {
        const chunk = yield* attempt(system.read(fd, readSize))
        if (chunk instanceof SystemCallError) {
          yield* warn(call, family === 'gnu' ? `${path}: ${chunk.message}` : `read error: ${chunk.message}`)
          status = 1
          break
        }
        if (chunk.length === 0) break
        yield* writeOut(system, plain ? chunk : decorate(decodeText(chunk)))
      }
      if (path !== '-') yield* system.close(fd)
    }
    return status
  })

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
