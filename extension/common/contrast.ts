// Colours that can be read on a given background: contrast as WCAG 2.2 computes it (relative luminance).

export type Rgb = readonly [red: number, green: number, blue: number]

/** Reads `#rgb`, `#rrggbb`, `#rrggbbaa` (alpha ignored) and `rgb(r, g, b)`; undefined for anything else. */
export function parseColour(text: string): Rgb | undefined {
  const hex = /^#(?:([0-9a-f]{3})|([0-9a-f]{6})(?:[0-9a-f]{2})?)$/i.exec(text.trim())
  if (hex !== null) {
    const digits = hex[2] ?? [...(hex[1] ?? '')].map((digit) => digit + digit).join('')
    const value = Number.parseInt(digits, 16)
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
  }
  const numbers = /^(?:rgba?\()?\s*(\d+)[ ,]+(\d+)[ ,]+(\d+)/.exec(text.trim())
  if (numbers === null) return undefined
  return [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])]
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** The colour itself when it reaches the ratio on the background, else the nearest mix with black or white that does. */
export function readable(colour: Rgb, background: Rgb, ratio: number): Rgb {
  const target: Rgb =
    contrast([0, 0, 0], background) > contrast([255, 255, 255], background) ? [0, 0, 0] : [255, 255, 255]
  for (let step = 0; step < 20; step += 1) {
    const candidate = mixed(colour, target, step / 20)
    if (contrast(candidate, background) >= ratio) return candidate
  }
  return target
}

/** A colour of medium lightness and the given hue in degrees. */
export function colourOfHue(hue: number): Rgb {
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12
    return Math.round(255 * (0.5 - 0.35 * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}

/** A colour of the 256-colour palette (console_codes(4)) from number 16 on. */
export function paletteColour(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return [grey, grey, grey]
  }
  const at = index - 16
  return [cubeLevel(Math.floor(at / 36)), cubeLevel(Math.floor(at / 6) % 6), cubeLevel(at % 6)]
}

export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`
}

/** A colour between two. @param share of the second, 0 to 1 */
export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const [red, green, blue] = from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * share))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function cubeLevel(step: number): number {
  return step === 0 ? 0 : 55 + step * 40
}
