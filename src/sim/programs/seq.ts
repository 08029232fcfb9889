// seq(1): numbers from, by, to.
import type { Main } from '../kernel/system.ts'
import { BufferedOutput } from './stdio.ts'
import { Failure, type Family, misuse, utility } from './utility.ts'

const options = [
  { names: ['s', 'separator'], value: 'required' },
  { names: ['w', 'equal-width'] },
  { names: ['f', 'format'], value: 'required' },
] as const

/** A negative number before any other operand is no option: it is kept from getopt. */
const protectNumbers = (argv: readonly string[]) => {
  let at = 1
  while (/^-[^\d.]/.test(argv[at] ?? '')) at += /^-[sf]$/.test(argv[at] ?? '') ? 2 : 1
  return /^-[\d.]/.test(argv[at] ?? '') ? [...argv.slice(0, at), '--', ...argv.slice(at)] : argv
}

const decimals = (text: string) => (/\.(\d+)$/.exec(text)?.[1] ?? '').length

export const seqMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'seq',
      options,
      synopsis: '[OPTION]... [FIRST [INCREMENT]] LAST',
      stopAtOperand: true,
      rewrite: protectNumbers,
    },
    function* seq(call) {
      const { system, has, value, operands } = call
      if (operands.length === 0) throw misuse('missing operand')
      if (operands[3] !== undefined) throw misuse(`extra operand ${call.quote(operands[3])}`)
      const wrong = operands.find((word) => word.trim() === '' || Number.isNaN(Number(word)))
      if (wrong !== undefined) throw misuse(`invalid floating point argument: ${call.quote(wrong)}`)
      const [a = '1', b = '1', c = '1'] = operands
      const [first, step, last] =
        operands.length === 1 ? ['1', '1', a] : operands.length === 2 ? [a, '1', b] : [a, b, c]
      if (Number(step) === 0) throw misuse(`invalid Zero increment value: ${call.quote(step)}`)
      const format = value('f')
      const places = Math.max(decimals(first), decimals(step))
      const shape = /^([^%]*)%(0?)(\d*)(?:\.(\d+))?([fge])([^%]*)$/.exec(format ?? '%g')
      if (shape === null) throw new Failure(`format ${call.quote(format ?? '')} has no % directive`)
      const [, before = '', zero = '', width = '', precision, letter, after = ''] = shape
      const plain = (number: number) =>
        format === undefined || letter === 'g' ? number.toFixed(places) : number.toFixed(Number(precision ?? 6))
      const count = Math.floor((Number(last) - Number(first)) / Number(step) + 1e-10)
      const at = (index: number) => Number(first) + index * Number(step)
      const widest = has('w') ? Math.max(plain(at(0)).length, plain(Number(last)).length) : Number(width)
      const padded = (text: string) => {
        if (!has('w') && zero === '') return text.padStart(widest)
        return text.startsWith('-') ? `-${text.slice(1).padStart(widest - 1, '0')}` : text.padStart(widest, '0')
      }
      const out = new BufferedOutput(system)
      const separator = value('s') ?? '\n'
      for (let index = 0; index <= count; index++) {
        yield* out.write(`${before}${padded(plain(at(index)))}${after}${index < count ? separator : ''}`)
        if (index % 4096 === 0) yield* system.spend(40)
      }
      if (count >= 0) yield* out.write('\n')
      yield* out.flush()
      return 0
    },
  )
