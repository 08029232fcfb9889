// `pause-lab doctor`: what this machine has, which lessons can run on it, and what to do where one cannot.
import { examine, lessonReadiness } from '../machine/doctor.ts'
import type { ProbeResult } from '../machine/probes.ts'
import type { CliIo } from './io.ts'
import { coursePaths, languageOf, lessonName, readLessonFile } from './lesson-files.ts'
import type { Parsed } from './options.ts'
import { type Style, styleOf } from './style.ts'
import { wrapText } from './wrap.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const probes = await examine()
  const lessons = []
  for (const path of await coursePaths(languageOf(parsed, io), io)) {
    const { lesson } = await readLessonFile(path, io)
    const { ready, missing } = await lessonReadiness(lesson.frontMatter.needs, probes)
    const title = lesson.frontMatter.title ?? ''
    lessons.push({ name: lessonName(path).name, title, ready, missing: missing.map(({ id }) => id) })
  }
  if (parsed.values.has('json')) {
    io.write(`${JSON.stringify({ probes, lessons }, undefined, 2)}\n`)
    return 0
  }
  const style = styleOf(io)
  for (const line of probes.flatMap((probe) => probeLines(probe, style, io.columns))) io.write(`${line}\n`)
  io.write('\n')
  for (const { name, ready, missing } of lessons) {
    const verdict = ready ? style.green('can run on this machine') : style.yellow(`needs ${missing.join(', ')}`)
    io.write(`${name}: ${verdict}\n`)
  }
  io.write('Every lesson runs in the simulated machine, which needs nothing.\n')
  return 0
}

const nameWidth = 17
const statusWidth = 9

function probeLines({ id, status, found, advice }: ProbeResult, style: Style, columns: number): string[] {
  const paint = { ok: style.green, warn: style.yellow, fail: style.red, missing: style.dim }[status]
  const margin = ' '.repeat(nameWidth + statusWidth)
  const text = wrapText(found, columns - margin.length)
  const help = advice === '' ? [] : wrapText(advice, columns - margin.length)
  const [first = '', ...rest] = [...text, ...help]
  return [`${id.padEnd(nameWidth)}${paint(status.padEnd(statusWidth))}${first}`, ...rest.map((line) => margin + line)]
}
