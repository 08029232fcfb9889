// `pause-lab progress`: how far the learner has come, for the learner and for who teaches; kept in one JSON file.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type CourseProgress,
  noProgress,
  type Progress,
  readCourseProgress,
  shareDone,
  withResult,
} from '../session/progress.ts'
import type { Lesson } from '../notebook/lesson.ts'
import type { CellResult } from '../session/result.ts'
import { CliError, fileErrorMessage } from './errors.ts'
import type { CliIo } from './io.ts'
import { coursePaths, findLesson, languageOf, lessonName, readLessonFile } from './lesson-files.ts'
import type { Parsed } from './options.ts'
import { progressWords } from './start-words.ts'
import { styleOf } from './style.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const language = languageOf(parsed, io)
  const [named] = parsed.operands
  const only = named === undefined ? undefined : lessonName((await findLesson(named, language, io)).path).name
  if (parsed.values.has('reset')) await reset(only, io)
  const lessons = await report(language, only, io)
  if (parsed.values.has('json')) {
    io.write(`${JSON.stringify({ date: io.today(), lessons }, undefined, 2)}\n`)
    return 0
  }
  const style = styleOf(io)
  const words = progressWords[language]
  const width = Math.max(0, ...lessons.map(({ name }) => name.length)) + 2
  for (const { name, share, checks, checksOf, guesses, rightGuesses } of lessons) {
    const facts = [
      ...(checksOf === 0 ? [] : [words.checks(checks.length, checksOf)]),
      ...(guesses === 0 ? [] : [words.guesses(rightGuesses, guesses)]),
    ]
    io.write(`${style.bold(name.padEnd(width))}${`${Math.round(share * 100)} %`.padStart(5)}  ${facts.join(', ')}\n`)
  }
  return 0
}

/** One lesson of the report; `share` goes from 0 to 1. */
interface LessonReport extends Progress {
  name: string
  title: string
  share: number
  cellsOf: number
  checksOf: number
}

async function report(language: string, only: string | undefined, io: CliIo): Promise<LessonReport[]> {
  const all = await readProgress(io)
  const lessons: LessonReport[] = []
  for (const path of await coursePaths(language, io)) {
    const { name } = lessonName(path)
    if (only !== undefined && name !== only) continue
    const { lesson } = await readLessonFile(path, io)
    const progress = all[name] ?? noProgress
    const wanted = lesson.cells.filter((cell) => cell.attributes.solution === undefined)
    lessons.push({
      name,
      title: lesson.frontMatter.title ?? name,
      share: shareDone(progress, lesson),
      cellsOf: wanted.length,
      checksOf: wanted.filter((cell) => cell.attributes.check).length,
      ...progress,
    })
  }
  return lessons
}

/** Notes what a cell's run adds. What cannot be kept is not worth an error in the middle of a lesson. */
export async function noteProgress(path: string, lesson: Lesson, result: CellResult, io: CliIo): Promise<void> {
  const { name } = lessonName(path)
  const all = await readProgress(io)
  const before = all[name] ?? noProgress
  const after = [...result.ranFirst, result].reduce((progress, each) => withResult(progress, lesson, each), before)
  if (after === before) return
  await writeProgress({ ...all, [name]: after }, io).catch(() => undefined)
}

async function readProgress(io: CliIo): Promise<CourseProgress> {
  try {
    return readCourseProgress(JSON.parse(await readFile(io.progressFile, 'utf8')))
  } catch {
    // Not there, or not ours: the learner begins anew.
    return {}
  }
}

/** Writes the file so that it is never seen half written. */
async function writeProgress(progress: CourseProgress, io: CliIo): Promise<void> {
  await mkdir(dirname(io.progressFile), { recursive: true })
  const draft = `${io.progressFile}.new`
  await writeFile(draft, `${JSON.stringify(progress, undefined, 2)}\n`)
  await rename(draft, io.progressFile)
}

async function reset(only: string | undefined, io: CliIo): Promise<void> {
  try {
    if (only === undefined) return await rm(io.progressFile, { force: true })
    const { [only]: _, ...rest } = await readProgress(io)
    await writeProgress(rest, io)
  } catch (error) {
    throw new CliError(fileErrorMessage(error, io.progressFile), { cause: error })
  }
}
