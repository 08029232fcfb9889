// Floating values as printf(3) writes them: exact decimal digits, rounded half to even as glibc does.

/** The value as an integer times a power of two. Precondition: finite. */
function decompose(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xf_ffff_ffff_ffffn
  return exponent === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10_0000_0000_0000n, exponent: exponent - 1075 }
}

/** round(value * 10^digits), half to even; `digits` may be negative. */
function scaled(value: number, digits: number): bigint {
  const { mantissa, exponent } = decompose(Math.abs(value))
  let numerator = mantissa
  let denominator = 1n
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  if (digits >= 0) numerator *= 10n ** BigInt(digits)
  else denominator *= 10n ** BigInt(-digits)
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient
}

/** The digits of %f, without the sign. */
export function fixed(value: number, precision: number, point: boolean): string {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0')
  const whole = digits.slice(0, digits.length - precision)
  return precision > 0 ? `${whole}.${digits.slice(digits.length - precision)}` : whole + (point ? '.' : '')
}

/** Digits and decimal exponent of %e. */
function scientific(value: number, precision: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(precision + 1), exponent: 0 }
  let exponent = Math.floor(Math.log10(Math.abs(value)))
  // The logarithm may be off by one, and rounding may add a digit.
  for (exponent -= 1; ; exponent++) {
    const digits = scaled(value, precision - exponent).toString()
    if (digits.length === precision + 1) return { digits, exponent }
    if (digits.length < precision + 1) return { digits: digits.padEnd(precision + 1, '0'), exponent }
  }
}

/** The text of %e, without the sign. */
export function exponential(value: number, precision: number, point: boolean): string {
  const { digits, exponent } = scientific(value, precision)
  const fraction = precision > 0 ? `.${digits.slice(1)}` : point ? '.' : ''
  return `${digits[0]}${fraction}e${exponentText(exponent)}`
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** The text of %g, without the sign. */
export function general(value: number, precision: number, keepZeros: boolean): string {
  const significant = precision === 0 ? 1 : precision
  const { exponent } = scientific(value, significant - 1)
  const plain = exponent < significant && exponent >= -4
  const text = plain
    ? fixed(value, significant - 1 - exponent, keepZeros)
    : exponential(value, significant - 1, keepZeros)
  if (keepZeros || !text.includes('.')) return text
  return text.replace(/\.?0+(?=e|$)/, '')
}

/** The text of %a, without the sign; precision undefined gives as many digits as are needed. */
export function hexadecimal(value: number, precision: number | undefined, point: boolean): string {
  const { mantissa, exponent } = decompose(Math.abs(value))
  if (mantissa === 0n) return `0x0${precision ? `.${'0'.repeat(precision)}` : point ? '.' : ''}p+0`
  let bits = mantissa
  const normal = mantissa >= 1n << 52n
  if (precision !== undefined && precision < 13) {
    const drop = BigInt(4 * (13 - precision))
    const half = 1n << (drop - 1n)
    const rest = bits & ((1n << drop) - 1n)
    bits >>= drop
    if (rest > half || (rest === half && (bits & 1n) === 1n)) bits += 1n
    bits <<= drop
  }
  const lead = bits >> 52n
  let fraction = (bits & ((1n << 52n) - 1n)).toString(16).padStart(13, '0')
  fraction = precision === undefined ? fraction.replace(/0+$/, '') : fraction.padEnd(precision, '0').slice(0, precision)
  const power = normal ? exponent + 52 : -1022
  return `0x${lead}${fraction === '' && !point ? '' : `.${fraction}`}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
}
