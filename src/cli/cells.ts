// `pause-lab cells`: what the parser makes of a file.
import { formatDiagnostic } from '../notebook/diagnostics.ts'
import { writeLesson } from '../notebook/lesson.ts'
import { conditionText, listingsFor } from '../notebook/listing.ts'
import { UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { readLessonFile, type LessonFile } from './lesson-files.ts'
import type { Parsed } from './options.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  if (parsed.values.has('json') && parsed.values.has('roundtrip')) {
    throw new UsageError('options --json and --roundtrip exclude each other')
  }
  const file = await readLessonFile(parsed.operands[0] ?? '', io)
  if (parsed.values.has('roundtrip')) {
    io.write(writeLesson(file.lesson))
    return 0
  }
  if (parsed.values.has('json')) {
    io.write(`${JSON.stringify(cellsOf(file), undefined, 2)}\n`)
    return 0
  }
  for (const { name, line, language, script, attributes } of cellsOf(file)) {
    const words = Object.entries(attributes).map(([key, value]) => (value === true ? key : `${key}=${String(value)}`))
    io.write(`${[`${line}: ${name}`, language, ...words].join(' ')}\n`)
    for (const text of script.split('\n')) io.write(`    ${text}\n`)
  }
  printDiagnostics(file, io)
  return 0
}

/** The cells as data: the attributes that are written in the file only. */
function cellsOf({ lesson }: LessonFile) {
  return lesson.cells.map((cell) => ({
    name: cell.name,
    line: cell.line,
    language: cell.language,
    script: cell.script,
    attributes: Object.fromEntries(
      [...cell.info.attributes.values()].filter(({ name }) => name !== 'name').map(({ name, value }) => [name, value]),
    ),
    listings: listingsFor(lesson, cell.name).map((listing) => ({
      line: listing.line,
      when: listing.when.map(conditionText),
      text: listing.expected.text,
    })),
  }))
}

/** What is wrong in a file goes to standard error, with its place. @returns whether one of them is an error */
export function printDiagnostics({ lesson, bytes, shownPath }: LessonFile, io: CliIo): boolean {
  if (lesson.diagnostics.length === 0) return false
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/)
  for (const diagnostic of lesson.diagnostics) {
    io.writeError(`${formatDiagnostic(diagnostic, shownPath, lines[diagnostic.line - 1] ?? '')}\n`)
  }
  return lesson.diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}
