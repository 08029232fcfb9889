// Terms, and the lessons that use them.
import { expect, test } from 'vitest'
import { linkedTerms, readGlossary, unlinkedTerms } from '../../src/notebook/glossary.ts'
import { readLessonText } from '../../src/notebook/lesson.ts'

const terms = readGlossary('# Glossary\n\n## Kernel\n\n### namespace\n\nA.\n\n### PID namespace\n\nB.\n\n### PID 1\n')

test('headings of the third level are the terms', () => {
  expect(terms).toEqual([
    { name: 'namespace', anchor: 'namespace' },
    { name: 'PID namespace', anchor: 'pid-namespace' },
    { name: 'PID 1', anchor: 'pid-1' },
  ])
})

test('a term that is used and never linked is told where it stands first', () => {
  const lesson = readLessonText(
    '# A PID namespace\n\nTwo PID namespaces, one `namespace`.\nThen [PID 1](glossary.md#pid-1).\n',
  )
  expect(unlinkedTerms(lesson, terms)).toEqual([
    { code: 'term-not-linked', severity: 'warning', line: 3, column: 5, found: 'PID namespace' },
  ])
})

test('linked terms, in a script that an editor may have encoded', () => {
  expect([
    ...linkedTerms(readLessonText('[a](glossary.md#%D0%BF%D0%BE%D0%B4) [b](./glossary.md#b) [c](c.md#c)\n')),
  ]).toEqual(['под', 'b'])
})
