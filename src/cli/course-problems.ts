// What is wrong with a lesson that its own text does not tell: its links, its terms, its translations.
import { access, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Diagnostic } from '../notebook/diagnostics.ts'
import { glossaryFile, linkedTerms, readGlossary, type Term, unlinkedTerms } from '../notebook/glossary.ts'
import type { Lesson } from '../notebook/lesson.ts'
import { anchorsOf, type Link, linksOf } from '../notebook/links.ts'
import { translationProblems } from '../notebook/translation.ts'
import type { CliIo } from './io.ts'
import { languages, type LessonFile, readLessonFile } from './lesson-files.ts'

/** A file that is no lesson of a course, `notebooks/LANGUAGE/NN-slug.lab.md`, is asked for its links alone. */
export async function courseProblems(file: LessonFile, io: CliIo): Promise<Diagnostic[]> {
  const folder = dirname(file.path)
  const links = await Promise.all(linksOf(file.lesson).map((link) => linkProblem(link, file.path)))
  const problems = links.filter((problem) => problem !== undefined)
  const language = basename(folder)
  if (!languages.some((each) => each === language) || !file.path.endsWith('.lab.md')) return problems
  const terms = readGlossary(await textOf(join(folder, glossaryFile)))
  if (language === 'en') problems.push(...unlinkedTerms(file.lesson, terms))
  for (const other of languages) {
    const otherFolder = join(folder, '..', other)
    if (other === language || !(await exists(otherFolder))) continue
    const path = join(otherFolder, basename(file.path))
    const otherName = `${other}/${basename(file.path)}`
    if (!(await exists(path))) {
      problems.push({ code: 'translation-missing', severity: 'error', line: 1, column: 1, found: otherName })
      continue
    }
    const { lesson } = await readLessonFile(path, io)
    problems.push(...translationProblems(file.lesson, lesson, otherName))
    if (other !== 'en') continue
    const otherTerms = readGlossary(await textOf(join(otherFolder, glossaryFile)))
    problems.push(...missingTerms(file.lesson, terms, lesson, otherTerms, otherName))
  }
  return problems
}

async function linkProblem({ target, line, column }: Link, path: string): Promise<Diagnostic | undefined> {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return undefined
  const [name = '', anchor] = decoded(target).split('#', 2)
  const full = name === '' ? path : resolve(dirname(path), name)
  const problem = { severity: 'error', line, column } as const
  if (!(await exists(full))) return { ...problem, code: 'link-dead', found: name }
  if (anchor === undefined || !full.endsWith('.md') || anchorsOf(await textOf(full)).has(anchor)) return undefined
  const code = basename(full) === glossaryFile ? 'term-missing' : 'anchor-dead'
  return { ...problem, code, found: anchor, expected: name === '' ? 'this file' : name }
}

/** Terms that the English lesson links and this one does not. The glossaries have the same terms in the same order. */
function missingTerms(
  lesson: Lesson,
  terms: readonly Term[],
  english: Lesson,
  englishTerms: readonly Term[],
  englishName: string,
): Diagnostic[] {
  const linked = linkedTerms(lesson)
  const wanted = linkedTerms(english)
  return terms
    .filter(({ anchor }, index) => wanted.has(englishTerms[index]?.anchor ?? '') && !linked.has(anchor))
    .map(({ name }) => {
      return { code: 'term-linked-there', severity: 'warning', line: 1, column: 1, found: name, expected: englishName }
    })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** The text of a file; empty if there is none. */
async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

function decoded(target: string): string {
  try {
    return decodeURI(target)
  } catch {
    return target
  }
}
