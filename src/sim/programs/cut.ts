// cut(1): bytes, characters or fields of each line.
import type { Main } from '../kernel/system.ts'
import { decodeText, encodeText } from './bytes.ts'
import { eachInput } from './input-files.ts'
import { BufferedOutput, LineReader } from './stdio.ts'
import { Failure, type Family, misuse, utility } from './utility.ts'

const options = [
  { names: ['b', 'bytes'], value: 'required' },
  { names: ['c', 'characters'], value: 'required' },
  { names: ['f', 'fields'], value: 'required' },
  { names: ['d', 'delimiter'], value: 'required' },
  { names: ['s', 'only-delimited'] },
  { names: ['n'] },
  { names: ['complement'] },
  { names: ['output-delimiter'], value: 'required' },
] as const

type Range = readonly [from: number, to: number]

/** @throws Failure for what is no list of ranges */
function parseList(text: string, what: string, quote: (text: string) => string): Range[] {
  return text.split(/[,\s]/).map((part) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (match === null || (match[1] === '' && match[3] === '')) {
      throw misuse(part === '-' ? 'invalid range with no endpoint: -' : `invalid ${what} value ${quote(part)}`)
    }
    const from = match[1] === '' ? 1 : Number(match[1])
    const to = match[2] === '' ? from : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])
    if (from === 0)
      throw misuse(what === 'field' ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1')
    if (to < from) throw misuse('invalid decreasing range')
    return [from, to]
  })
}

export const cutMain = (family: Family): Main =>
  utility(family, { name: 'cut', options, synopsis: 'OPTION... [FILE]...' }, function* cut(call) {
    const { system, has, value, operands } = call
    const kinds = (['b', 'c', 'f'] as const).filter(has)
    const [kind] = kinds
    if (kind === undefined) {
      if (family === 'busybox') throw new Failure('expected a list of bytes, characters, or fields')
      throw misuse('you must specify a list of bytes, characters, or fields')
    }
    if (kinds.length > 1) throw misuse('only one list may be specified')
    const delimiter = value('d') ?? '\t'
    if ([...delimiter].length !== 1 && family === 'gnu') throw misuse('the delimiter must be a single character')
    if (kind !== 'f' && has('d')) throw misuse('an input delimiter may be specified only when operating on fields')
    const ranges = parseList(value(kind) ?? '', kind === 'f' ? 'field' : 'byte/character', call.quote)
    const chosen = (position: number) =>
      ranges.some(([from, to]) => position >= from && position <= to) !== has('complement')
    const out = new BufferedOutput(system)
    const glue = value('output-delimiter')
    const pick = (line: string): string | undefined => {
      if (kind === 'f') {
        if (!line.includes(delimiter)) return has('s') ? undefined : line
        const fields = line.split(delimiter).filter((_field, index) => chosen(index + 1))
        return fields.join(glue ?? delimiter)
      }
      if (kind === 'b') return decodeText(encodeText(line).filter((_byte, index) => chosen(index + 1)))
      return [...line].filter((_character, index) => chosen(index + 1)).join('')
    }
    const status = yield* eachInput(
      system,
      operands,
      function* each(fd) {
        const reader = new LineReader(system, fd)
        for (let line = yield* reader.nextText(); line !== undefined; line = yield* reader.nextText()) {
          const picked = pick(line)
          if (picked !== undefined) yield* out.write(`${picked}\n`)
          if (!reader.buffered) yield* out.flush()
        }
      },
      (path, error) => `${call.name}: ${path}: ${error.message}`,
    )
    yield* out.flush()
    return status
  })
