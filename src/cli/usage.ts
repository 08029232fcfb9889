// The usage texts, printed from the tables.
import { type CommandRow, commands } from './commands.ts'
import { helpOption, type OptionRow } from './options.ts'
import { wrapText } from './wrap.ts'

/** The text of `pause-lab --help`. */
export function generalUsage(columns: number): string {
  const rows = commands.map((command): [string, string] => [command.name, command.summary])
  return [
    'Usage: pause-lab COMMAND [OPTION...] [OPERAND...]',
    '',
    'What holds a Kubernetes pod together: a course whose cells run, on this machine or in a simulated one.',
    '',
    'Commands:',
    ...aligned(rows, columns),
    '',
    "Options of the program itself: --help, --version. 'pause-lab COMMAND --help' shows those of a command.",
    'Exit codes: 0 right, 1 a lesson is not as it says, 2 wrong usage.',
    '',
  ].join('\n')
}

/** The text of `pause-lab COMMAND --help`. */
export function commandUsage(command: CommandRow, columns: number): string {
  const line = ['Usage: pause-lab', command.name, '[OPTION...]', command.operands]
    .filter((word) => word !== '')
    .join(' ')
  const summary = `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`
  const rows = [...command.options, helpOption].map((row): [string, string] => [optionName(row), row.help])
  return [
    line,
    '',
    ...wrapText(`${summary} ${command.details}`.trim(), columns),
    '',
    'Options:',
    ...aligned(rows, columns),
    '',
  ].join('\n')
}

function optionName(row: OptionRow): string {
  const short = row.short === undefined ? '    ' : `-${row.short}, `
  return `${short}--${row.name}${row.value === undefined ? '' : ` ${row.value}`}`
}

function aligned(rows: readonly [string, string][], columns: number): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4
  return rows.flatMap(([name, help]) =>
    wrapText(help, Math.max(20, columns - width)).map((text, index) =>
      index === 0 ? `  ${name}`.padEnd(width) + text : ' '.repeat(width) + text,
    ),
  )
}
