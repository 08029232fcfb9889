// The course's lessons are the same in each language: the same files, cells, listings and questions, in other words.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readLesson } from '../../src/notebook/lesson.ts'

const folder = (language: string): URL => new URL(`../../notebooks/${language}/`, import.meta.url)
const names = (language: string): string[] => readdirSync(folder(language)).filter((name) => name.endsWith('.lab.md'))

/** What a translation must keep: everything but prose. A cell's own text may speak the lesson's language. */
function skeleton(language: string, name: string): unknown[] {
  const lesson = readLesson(readFileSync(new URL(name, folder(language))))
  return lesson.segments.flatMap((segment): unknown[] => {
    if (segment.kind === 'cell') return [{ cell: segment.name, ...segment.attributes }]
    if (segment.kind === 'listing') return [{ listing: segment.output, text: segment.expected.text }]
    if (segment.kind === 'hint') return [{ hint: segment.for }]
    if (segment.kind !== 'quiz') return []
    const { name: quiz, before, question } = segment
    return [{ quiz, before, options: question?.options.length, right: question?.right }]
  })
}

test('each lesson is there in both languages', () => {
  expect(names('ru')).toEqual(names('en'))
})

test.for(names('en'))('%s has the same cells, listings and questions in both languages', (name) => {
  expect(skeleton('ru', name)).toEqual(skeleton('en', name))
})

test.for(['en', 'ru'].flatMap((language) => names(language).map((name) => `${language}/${name}`)))(
  '%s has nothing that is not understood',
  (path) => {
    expect(readLesson(readFileSync(new URL(`../../notebooks/${path}`, import.meta.url))).diagnostics).toEqual([])
  },
)
