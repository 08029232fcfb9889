// The table of subcommands: what parsing, usage texts and the start of a command are made from.
import { backendKinds, type CliIo } from './io.ts'
import type { OptionRow, Parsed } from './options.ts'

export interface CommandRow {
  name: string
  /** What stands behind the name and the options in the usage line. */
  operands: string
  /** How many operands there may be. */
  maximum: number
  minimum: number
  summary: string
  /** More to say, as paragraphs. */
  details: string
  options: readonly OptionRow[]
  load(): Promise<{ run: Command }>
}

/** Runs a command; the number is the program's exit code. */
export type Command = (parsed: Parsed, io: CliIo) => Promise<number>

const json: OptionRow = { name: 'json', help: 'print JSON' }
const backend: OptionRow = {
  name: 'backend',
  value: 'KIND',
  choices: backendKinds,
  help: 'where cells run: sim, the simulated machine (default), or machine, this very one',
}
const language: OptionRow = {
  name: 'lang',
  value: 'LANGUAGE',
  choices: ['en', 'ru'],
  help: "the lessons' language: en or ru; by default that of your locale",
}
const yes: OptionRow = { name: 'yes', short: 'y', help: 'do not ask' }
const persona: OptionRow = {
  name: 'persona',
  value: 'NAME',
  help: 'what the simulated machine poses as: today (default), docker-20.10, docker-26.1, docker-28.5',
}
const until: OptionRow = { name: 'until', value: 'CELL', help: 'stop after the cell with this name' }

export const commands: readonly CommandRow[] = [
  {
    name: 'start',
    operands: '[LESSON]',
    minimum: 0,
    maximum: 1,
    summary: 'step through a lesson, a cell a keypress',
    details: 'Begins with the lesson on network namespaces. Where there is no terminal it prints the transcript.',
    options: [backend, language],
    load: () => import('./start.ts'),
  },
  {
    name: 'lessons',
    operands: '',
    minimum: 0,
    maximum: 0,
    summary: 'list the lessons of the course',
    details: '',
    options: [json, language],
    load: () => import('./lessons.ts'),
  },
  {
    name: 'run',
    operands: 'LESSON|FILE',
    minimum: 1,
    maximum: 1,
    summary: 'run a lesson and print its transcript',
    details: 'A lesson is named by its number, its name, or the path of its file. Exit code 1: a cell did not go well.',
    options: [backend, until, json, language, persona],
    load: () => import('./run.ts'),
  },
  {
    name: 'progress',
    operands: '[LESSON]',
    minimum: 0,
    maximum: 1,
    summary: 'show how far you have come in each lesson',
    details: 'It counts what was done with `pause-lab start`. The JSON is what a host collects.',
    options: [json, { name: 'reset', help: 'forget it, of all lessons or of one' }, language],
    load: () => import('./progress.ts'),
  },
  {
    name: 'check',
    operands: '[FILE...]',
    minimum: 0,
    maximum: Number.POSITIVE_INFINITY,
    summary: 'prove listings and checks; without files, of the whole course',
    details:
      'Exit code 1: a listing is not what is printed, a check is not red before its solution and green after it, a link leads nowhere, a translation is missing or has other cells.',
    options: [backend, json, persona],
    load: () => import('./check.ts'),
  },
  {
    name: 'new',
    operands: 'NAME',
    minimum: 1,
    maximum: 1,
    summary: 'begin a lesson, in both languages',
    details:
      'NAME is 18-cgroups, or cgroups: then it gets the next number. Made in notebooks/en and notebooks/ru, here.',
    options: [],
    load: () => import('./new.ts'),
  },
  {
    name: 'record',
    operands: 'FILE',
    minimum: 1,
    maximum: 1,
    summary: "renew a lesson's listings, asking for each",
    details: 'What differs by nature alone (ids, PIDs, times) is left as it is.',
    options: [backend, yes, persona],
    load: () => import('./record.ts'),
  },
  {
    name: 'cells',
    operands: 'FILE',
    minimum: 1,
    maximum: 1,
    summary: "show what a file's cells are",
    details: '',
    options: [json, { name: 'roundtrip', help: "print the file's own bytes, through the parser" }],
    load: () => import('./cells.ts'),
  },
  {
    name: 'sh',
    operands: '[FILE]',
    minimum: 0,
    maximum: 1,
    summary: 'a shell in a fresh machine',
    details:
      "Prints the script's own output, nothing more, and ends with its exit code. The script comes from -c, from a file, or from standard input; in a terminal it is typed line by line.",
    options: [{ name: 'command', short: 'c', value: 'SCRIPT', help: 'the script' }, backend, persona],
    load: () => import('./sh.ts'),
  },
  {
    name: 'xray',
    operands: '[LESSON|FILE]',
    minimum: 0,
    maximum: 1,
    summary: 'show processes, namespaces and containers as they are now',
    details: 'With a lesson: as they are when it has run.',
    options: [json, backend, until, language, persona],
    load: () => import('./xray.ts'),
  },
  {
    name: 'step',
    operands: 'LESSON|FILE [LISTING]',
    minimum: 1,
    maximum: 2,
    summary: "follow a lesson's C program line by line while it runs",
    details:
      'In the simulated machine. Without a listing it is the first that can be followed. In a pipe it prints the lines until the program sleeps or ends.',
    options: [language],
    load: () => import('./step.ts'),
  },
  {
    name: 'doctor',
    operands: '',
    minimum: 0,
    maximum: 0,
    summary: 'find out what this machine has, and which lessons can run on it',
    details: '',
    options: [json, language],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'cleanup',
    operands: '',
    minimum: 0,
    maximum: 0,
    summary: 'remove what lessons have made on this machine',
    details: 'Only what Pause Lab made is listed, and nothing is removed before you have seen it.',
    options: [yes],
    load: () => import('./cleanup.ts'),
  },
]
