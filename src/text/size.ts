// Sizes in bytes as docker writes and reads them (go-units): 1.98MB, 64MiB; `-m 512m`.

const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/** Decimal units with at most `precision` significant digits: `1.98MB`, `767kB`, `0B`. */
export function humanSize(bytes: number, precision = 4): string {
  return scaled(bytes, 1000, decimalUnits, precision)
}

/** HumanSize with three digits, as `docker images` and `docker ps -s` print it. */
export function humanSizeShort(bytes: number): string {
  return humanSize(bytes, 3)
}

/** Binary units, as `docker stats` prints memory: `1.5MiB`. */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, binaryUnits, 4)
}

/**
 * Reads a size with binary multiples, as `docker run -m` does: `512`, `64k`, `1.5g`, `2GiB`.
 * @throws Error with go-units' text of that version
 */
export function parseRamSize(text: string, style: 'suffix' | 'size' = 'suffix'): number {
  // Docker up to 26 says only that the size is invalid.
  if (style === 'size') {
    const old = /^(\d+(?:\.\d+)*) ?([kKmMgGtTpP])?[iI]?[bB]?$/.exec(text)
    if (!old) throw new Error(`invalid size: '${text}'`)
    return multiply(Number(old[1]), old[2] ?? '')
  }
  const digits = /^-?[\d.]*/.exec(text)?.[0] ?? ''
  const number = Number(digits === '' ? Number.NaN : digits)
  if (Number.isNaN(number)) {
    throw new Error(text === '' ? `invalid size: ''` : `invalid size: '${text}'`)
  }
  if (number < 0) throw new Error(`invalid size: '${text}'`)
  const suffix = text.slice(digits.length).trimStart()
  if (suffix === '') return number
  const unit = /^([kKmMgGtTpP])?([iI]?[bB])?$/.exec(suffix)
  if (!unit || /^[iI]/.test(suffix)) throw new Error(`invalid suffix: '${suffix}'`)
  return multiply(number, unit[1] ?? '')
}

function multiply(number: number, letter: string): number {
  const power = letter === '' ? 0 : 'kmgtp'.indexOf(letter.toLowerCase()) + 1
  return Math.trunc(number * 1024 ** power)
}

function scaled(bytes: number, base: number, units: readonly string[], precision: number): string {
  let value = bytes
  let unit = 0
  while (value >= base && unit < units.length - 1) {
    value /= base
    unit++
  }
  return significant(value, precision) + units[unit]
}

/** As C's %.Ng for numbers from 0 to 1024: N significant digits, no trailing zeros. */
function significant(value: number, precision: number): string {
  const text = value.toPrecision(precision)
  if (text.includes('e')) {
    const [mantissa, exponent] = text.split('e')
    const digits = Number(exponent)
    return `${trimZeros(mantissa ?? '')}e${digits < 0 ? '-' : '+'}${String(Math.abs(digits)).padStart(2, '0')}`
  }
  return trimZeros(text)
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
