// Finds lessons by number, name or path, and reads their files.
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { readLesson, type Lesson } from '../notebook/lesson.ts'
import { CliError, fileErrorMessage, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { textOption, type Parsed } from './options.ts'

export interface LessonFile {
  path: string
  /** The path as the user would write it. */
  shownPath: string
  bytes: Uint8Array
  lesson: Lesson
}

export const languages = ['en', 'ru'] as const
export type CourseLanguage = (typeof languages)[number]

/** `--lang`, or that of the locale, or English. */
export function languageOf(parsed: Parsed, io: CliIo): CourseLanguage {
  const asked = textOption(parsed, 'lang')
  const locale = io.env['LC_ALL'] || io.env['LC_MESSAGES'] || io.env['LANG'] || ''
  return asked === 'ru' || (asked === undefined && locale.startsWith('ru')) ? 'ru' : 'en'
}

/** Reads a file. @throws {CliError} when it cannot be read */
export async function readLessonFile(path: string, io: CliIo): Promise<LessonFile> {
  const full = resolve(io.cwd, path)
  try {
    const bytes = await readFile(full)
    return { path: full, shownPath: shownPath(full, io), bytes, lesson: readLesson(bytes) }
  } catch (error) {
    throw new CliError(fileErrorMessage(error, path), { cause: error })
  }
}

/** Paths of the course's lessons in one language, in order. */
export async function coursePaths(language: string, io: CliIo): Promise<string[]> {
  const folder = join(io.notebooks, language)
  const names = await readdir(folder).catch((): string[] => [])
  return names
    .filter((name) => name.endsWith('.lab.md'))
    .toSorted()
    .map((name) => join(folder, name))
}

/** The lesson that is meant by `1`, `01`, `alp1-alp2`, `01-alp1-alp2`, or the path of any file. */
export async function findLesson(named: string, language: string, io: CliIo): Promise<LessonFile> {
  if (named.includes('/') || named.endsWith('.md')) return readLessonFile(named, io)
  const paths = await coursePaths(language, io)
  const path = paths.find((each) => {
    const { number, slug, name } = lessonName(each)
    return named === name || named === slug || (/^\d+$/.test(named) && Number(named) === number)
  })
  if (path !== undefined) return readLessonFile(path, io)
  const names = paths.map((each) => lessonName(each).name)
  const known = names.length === 0 ? 'the course has no lessons here' : `the lessons are ${names.join(', ')}`
  throw new UsageError(`no such lesson: ${named}; ${known}`)
}

/** What a lesson's file name says: `01-alp1-alp2.lab.md`. */
export function lessonName(path: string): { number: number; slug: string; name: string } {
  const name = basename(path).replace(/\.lab\.md$|\.md$/, '')
  const [, digits = '', slug = name] = /^(\d+)-(.+)$/.exec(name) ?? []
  return { number: digits === '' ? -1 : Number(digits), slug, name }
}

function shownPath(path: string, io: CliIo): string {
  const short = relative(io.cwd, path)
  return short.startsWith('..') ? path : short
}
