// `pause-lab run`: runs a lesson's cells and prints the transcript.
import { engineName } from '../session/engine.ts'
import { UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { findLesson, languageOf, type LessonFile } from './lesson-files.ts'
import { type Parsed, textOption } from './options.ts'
import { backendKind, withSession } from './session-run.ts'
import { printTranscript, recordTranscript } from './transcript.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const language = languageOf(parsed, io)
  const file = await findLesson(parsed.operands[0] ?? '', language, io)
  const until = untilOption(parsed, file)
  const options = { language, ...(until === undefined ? {} : { until }) }
  return withSession(file, parsed, io, async (session) => {
    if (!parsed.values.has('json')) return (await printTranscript(session, io, options)) ? 0 : 1
    const cells = await recordTranscript(session, until)
    const ok = cells.every((cell) => cell.ok)
    const engine = engineName(await session.versions())
    const title = file.lesson.frontMatter.title ?? ''
    const data = { file: file.shownPath, title, backend: backendKind(parsed), engine, ok, cells }
    io.write(`${JSON.stringify(data, undefined, 2)}\n`)
    return ok ? 0 : 1
  })
}

/** `--until`, which must name a cell. */
export function untilOption(parsed: Parsed, file: LessonFile): string | undefined {
  const until = textOption(parsed, 'until')
  const names = file.lesson.cells.map((cell) => cell.name)
  if (until === undefined || names.includes(until)) return until
  throw new UsageError(`no cell ${until} in ${file.shownPath}; its cells are ${names.join(', ')}`)
}
