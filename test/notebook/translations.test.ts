// The course's lessons are the same in each language: the same files, cells, listings and questions, in other words.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { linkedTerms, readGlossary } from '../../src/notebook/glossary.ts'
import { type Lesson, readLesson } from '../../src/notebook/lesson.ts'
import { linksOf } from '../../src/notebook/links.ts'
import { translationProblems } from '../../src/notebook/translation.ts'

const languages = ['en', 'ru'] as const
const folder = (language: string): URL => new URL(`../../notebooks/${language}/`, import.meta.url)
const names = (language: string): string[] => readdirSync(folder(language)).filter((name) => name.endsWith('.lab.md'))
const lessonOf = (language: string, name: string): Lesson => readLesson(readFileSync(new URL(name, folder(language))))
const termsOf = (language: string) => readGlossary(readFileSync(new URL('glossary.md', folder(language)), 'utf8'))
const paths = languages.flatMap((language) => names(language).map((name) => [language, name] as const))

test('each lesson is there in both languages', () => {
  expect(names('ru')).toEqual(names('en'))
})

test.for(names('en'))('%s has the same cells, listings and questions in both languages', (name) => {
  const [english, russian] = [lessonOf('en', name), lessonOf('ru', name)]
  const problems = [...translationProblems(english, russian, 'ru'), ...translationProblems(russian, english, 'en')]
  expect(problems).toEqual([])
})

test.for(paths)('%s/%s has nothing that is not understood', ([language, name]) => {
  expect(lessonOf(language, name).diagnostics).toEqual([])
})

test('the glossaries have as many terms, in groups of the same size', () => {
  const sizes = (language: string): number[] =>
    readFileSync(new URL('glossary.md', folder(language)), 'utf8')
      .split(/^## /m)
      .map((group) => group.split(/^### /m).length)
  expect(sizes('ru')).toEqual(sizes('en'))
})

test.for(paths)('%s/%s links only terms of the glossary, and files that are there', ([language, name]) => {
  const lesson = lessonOf(language, name)
  const files = new Set(readdirSync(folder(language)))
  const anchors = new Set(termsOf(language).map(({ anchor }) => anchor))
  const targets = linksOf(lesson).map(({ target }) => target.replace(/#.*$/, ''))
  const dead = targets.filter((target) => !/^[a-z]+:|^\.\.|^$/.test(target) && !files.has(target))
  expect([...dead, ...[...linkedTerms(lesson)].filter((anchor) => !anchors.has(anchor))]).toEqual([])
})
