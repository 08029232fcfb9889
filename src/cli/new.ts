// `pause-lab new`: begins a lesson, a skeleton in each language that `check` finds right.
import { access, readdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CliError, fileErrorMessage, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { languages, lessonName } from './lesson-files.ts'
import { lessonSkeleton } from './lesson-skeleton.ts'
import type { Parsed } from './options.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const [named = ''] = parsed.operands
  const { number, slug } = lessonName(named)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new UsageError(`a lesson's name has small letters, digits and hyphens: ${named}`)
  }
  const folder = join(io.cwd, 'notebooks')
  const present = await Promise.all(languages.map((language) => lessonsIn(join(folder, language))))
  const taken = present.flat().find((lesson) => lesson.slug === slug || lesson.number === number)
  if (taken) throw new CliError(`there is a lesson ${taken.name} already`)
  const last = Math.max(0, ...present.flat().map((lesson) => lesson.number))
  const name = `${String(number < 0 ? last + 1 : number).padStart(2, '0')}-${slug}`
  for (const language of languages) {
    const path = join(folder, language, `${name}.lab.md`)
    try {
      await writeFile(path, lessonSkeleton(language, slug), { flag: 'wx' })
    } catch (error) {
      throw new CliError(fileErrorMessage(error, path), { cause: error })
    }
    io.write(`${relative(io.cwd, path)}\n`)
  }
  return 0
}

async function lessonsIn(folder: string): Promise<ReturnType<typeof lessonName>[]> {
  try {
    await access(folder)
  } catch (error) {
    const hint = 'a course has the folders notebooks/en and notebooks/ru; go to where they are'
    throw new CliError(`${fileErrorMessage(error, folder)}; ${hint}`, { cause: error })
  }
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.lab.md')).map((name) => lessonName(name))
}
