// Rare conversions of the machine: floats to integers, bits, and arguments that do not fit their parameters.
import type { Value } from './bytecode.ts'
import * as integers from './integers.ts'
import { signatureText } from './link.ts'

/** A floating value as int; what does not fit gives the least int, as cvttsd2si does. */
export function ftoi32(value: number): number {
  const whole = Math.trunc(value)
  return whole >= -2_147_483_648 && whole <= 2_147_483_647 ? whole + 0 : -2_147_483_648
}

export function readBits(unit: Value, place: number): Value {
  return integers.getBits(unit, place)
}

/** A value that goes into bits: of whatever width, without loss in the bits that count. */
export function truncated(value: Value): Value {
  return typeof value === 'number' ? Math.trunc(value) : value
}

/** Makes arguments that were passed as `given` what the parameters of a function need; what was not passed is 0. */
export function signatureFits(registers: Value[], base: number, given: number, parameters: string): void {
  const passed = signatureText(given)
  for (const [index, wanted] of [...parameters].entries()) {
    const kind = passed[index]
    const value = registers[base + index] ?? 0
    if (wanted === kind) continue
    if (wanted === 'i') registers[base + index] = kind === 'd' || kind === undefined ? 0 : integers.low32(value)
    else if (wanted === 'd') registers[base + index] = kind === 'd' ? value : 0
    else registers[base + index] = kind === 'd' || kind === undefined ? 0 : value
  }
}
