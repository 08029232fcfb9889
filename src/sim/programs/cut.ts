// cut(1): fields, characters or bytes of each line.
import type { Main } from '../kernel/system.ts'
import { decodeText, encodeText } from './bytes.ts'
import { command, eachInput, ProgramError } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { OptionError } from './getopt.ts'
import { BufferedOutput, LineReader } from './stdio.ts'

const rows: readonly OptionRow[] = [
  { names: ['f', 'fields'], value: 'required' },
  { names: ['c', 'characters'], value: 'required' },
  { names: ['b', 'bytes'], value: 'required' },
  { names: ['d', 'delimiter'], value: 'required' },
  { names: ['s', 'only-delimited'] },
  { names: ['complement'] },
  { names: ['output-delimiter'], value: 'required' },
  { names: ['n'] },
]

type Range = readonly [first: number, last: number]

export const cut: Main = command('cut', rows, function* run(invocation) {
  const { system } = invocation
  const list = invocation.value('f') ?? invocation.value('c') ?? invocation.value('b')
  if (list === undefined) throw new OptionError('you must specify a list of bytes, characters, or fields')
  const byFields = invocation.has('f')
  const delimiter = invocation.value('d') ?? '\t'
  if (delimiter.length > 1) throw new OptionError('the delimiter must be a single character')
  if (!byFields && invocation.has('d')) {
    throw new OptionError('an input delimiter may be specified only when operating on fields')
  }
  const ranges = parseList(list, byFields)
  const wanted = (position: number): boolean =>
    ranges.some(([first, last]) => position >= first && position <= last) !== invocation.has('complement')
  const joiner = invocation.value('output-delimiter') ?? (byFields ? delimiter : '')
  const output = new BufferedOutput(system)
  const status = yield* eachInput(invocation, invocation.operands, function* read(fd) {
    const reader = new LineReader(system, fd)
    for (let line = yield* reader.nextText(); line !== undefined; line = yield* reader.nextText()) {
      if (!byFields) {
        const units = invocation.has('b')
          ? Array.from(encodeText(line), (byte) => decodeText(Uint8Array.of(byte)))
          : [...line]
        yield* output.write(`${units.filter((_unit, index) => wanted(index + 1)).join(joiner)}\n`)
      } else if (line.includes(delimiter)) {
        yield* output.write(
          `${line
            .split(delimiter)
            .filter((_field, index) => wanted(index + 1))
            .join(joiner)}\n`,
        )
      } else if (!invocation.has('s')) yield* output.write(`${line}\n`)
    }
  })
  yield* output.flush()
  return status
})

function parseList(list: string, byFields: boolean): Range[] {
  return list.split(/[, ]/).map((part) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (!match || (match[1] === '' && match[3] === '')) {
      throw new ProgramError(
        `invalid ${byFields ? 'field value' : 'byte or character position'} '${part}'\nTry 'cut --help' for more information.`,
      )
    }
    const first = Number(match[1] || 1)
    if (match[1] === '0') {
      const what = byFields ? 'fields are' : 'byte/character positions are'
      throw new ProgramError(`${what} numbered from 1\nTry 'cut --help' for more information.`)
    }
    const last = match[2] === '' ? first : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])
    if (last < first) throw new ProgramError("invalid decreasing range\nTry 'cut --help' for more information.")
    return [first, last]
  })
}
