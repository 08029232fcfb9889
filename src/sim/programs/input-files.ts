// What filters share: their operands as open files, `-` and none meaning standard input.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { writeError } from './stdio.ts'
import { type Call, Failure } from './utility.ts'

/** Numbers with the suffixes of head, tail and their like: 2k, 1M, 1kB; undefined when it is none. */
export function sizeOf(text: string): number | undefined {
  const match = /^(\d+)(b|kB|[KMG]B|[kKMG]i?B?|)$/.exec(text)
  if (match === null) return undefined
  const [, digits, suffix = ''] = match
  const power = 'kMG'.indexOf((suffix[0] ?? '').replace('K', 'k')) + 1
  if (suffix === 'b') return Number(digits) * 512
  return Number(digits) * (/^[kKMG]B$/.test(suffix) ? 1000 : 1024) ** (suffix === '' ? 0 : power)
}

/** How much head and tail are asked for: bytes with -c, else lines, 10 by default; the text may begin with a sign. */
export interface Amount {
  readonly unit: 'c' | 'n'
  readonly text: string
  readonly count: number
}

/** @throws Failure when it is no number */
export function amountOf({ family, has, value, quote }: Call): Amount {
  const unit = has('c') ? 'c' : 'n'
  const text = value(unit) ?? '10'
  const count = sizeOf(text.replace(/^[-+]/, ''))
  if (count !== undefined) return { unit, text, count }
  const what = unit === 'c' ? 'bytes' : 'lines'
  throw new Failure(family === 'gnu' ? `invalid number of ${what}: ${quote(text)}` : `invalid number '${text}'`)
}

/**
 * Runs `each` for every operand in turn. A file that fails is told of by `complaint`, and the rest goes on.
 * @returns 0, or 1 when one has failed
 */
export function* eachInput(
  system: System,
  operands: readonly string[],
  each: (fd: number, path: string, index: number) => Program<void>,
  complaint: (path: string, error: SystemCallError) => string,
): Program {
  let status = 0
  for (const [index, path] of (operands.length === 0 ? ['-'] : operands).entries()) {
    let fd = 0
    try {
      if (path !== '-') fd = yield* system.open(path)
      yield* each(fd, path, index)
    } catch (error) {
      if (!(error instanceof SystemCallError) || error.errno === 'EPIPE') throw error
      yield* writeError(system, `${complaint(path, error)}\n`)
      status = 1
    } finally {
      if (fd !== 0) yield* system.close(fd)
    }
  }
  return status
}
