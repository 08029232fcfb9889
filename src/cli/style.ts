// Colours and weights for a terminal; nothing where there is none or where NO_COLOR asks for it (no-color.org).
import type { CliIo } from './io.ts'

export type Style = Readonly<
  Record<'bold' | 'dim' | 'italic' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>
>

/** Turns text on and off by SGR parameters, ECMA-48. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const

export function styleOf(io: CliIo): Style {
  const hasColour = io.outputIsTerminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb'
  const paint =
    ([on, off]: readonly [number, number]) =>
    (text: string): string =>
      hasColour && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    italic: paint(codes.italic),
    red: paint(codes.red),
    green: paint(codes.green),
    yellow: paint(codes.yellow),
    cyan: paint(codes.cyan),
  }
}

/** A unified diff, its lines coloured by what they say. */
export function paintDiff(diff: string, style: Style): string {
  const paint = (line: string): string => {
    if (line.startsWith('---') || line.startsWith('+++')) return style.bold(line)
    if (line.startsWith('-')) return style.red(line)
    if (line.startsWith('+')) return style.green(line)
    return line.startsWith('@@') ? style.cyan(line) : line
  }
  return diff.split('\n').map(paint).join('\n')
}
