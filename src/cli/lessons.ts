// `pause-lab lessons`: what the course has.
import type { CliIo } from './io.ts'
import { coursePaths, languageOf, languages, lessonName, readLessonFile } from './lesson-files.ts'
import type { Parsed } from './options.ts'
import { styleOf } from './style.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const language = languageOf(parsed, io)
  const lessons = await Promise.all((await coursePaths(language, io)).map((path) => describe(path, io)))
  if (parsed.values.has('json')) {
    io.write(`${JSON.stringify(lessons, undefined, 2)}\n`)
    return 0
  }
  const style = styleOf(io)
  const width = Math.max(...lessons.map((lesson) => lesson.name.length)) + 2
  for (const { name, title, minutes, needs, summary } of lessons) {
    const facts = [...(minutes === null ? [] : [`${minutes} min`]), ...needs].join(', ')
    io.write(`${style.bold(name.padEnd(width))}${title}${facts === '' ? '' : style.dim(` (${facts})`)}\n`)
    if (summary !== '') io.write(`${' '.repeat(width)}${summary}\n`)
  }
  return 0
}

async function describe(path: string, io: CliIo) {
  const { lesson, shownPath } = await readLessonFile(path, io)
  const { title, summary, minutes, needs, creates, objectives } = lesson.frontMatter
  const { name } = lessonName(path)
  const others = await Promise.all(languages.map(async (each) => [each, await coursePaths(each, io)] as const))
  return {
    name,
    title: title ?? name,
    summary: summary ?? '',
    minutes: minutes ?? null,
    needs,
    creates,
    objectives,
    cells: lesson.cells.map((cell) => cell.name),
    languages: others.filter(([, paths]) => paths.some((each) => lessonName(each).name === name)).map(([each]) => each),
    path: shownPath,
  }
}
