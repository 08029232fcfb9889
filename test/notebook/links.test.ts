// Links in prose, and the anchors of headings.
import { expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { anchorOf, anchorsOf, linksOf } from '../../src/notebook/links.ts'

test('links are found in prose, notes and quotes, with their place', () => {
  const lesson = readLessonText(`# A [page](a.md)

\`\`\`sh { name=one }
echo '[no](link.md)' # (1)
\`\`\`

1. A note with a [long
   text](glossary.md#pid-1).

> \`[code](no.md)\` and [a page](https://example.org/a).
`)
  expect(linksOf(lesson)).toEqual([
    { target: 'a.md', line: 1, column: 12 },
    { target: 'glossary.md#pid-1', line: 8, column: 10 },
    { target: 'https://example.org/a', line: 10, column: 32 },
  ])
})

test.each([
  ['PID 1', 'pid-1'],
  ['`docker run`, twice', 'docker-run-twice'],
  ['Пространство имён PID', 'пространство-имён-pid'],
])('the anchor of the heading %s', (heading, anchor) => {
  expect(anchorOf(heading)).toBe(anchor)
})

test('equal headings get numbers, and what stands in a fence is no heading', () => {
  expect([...anchorsOf('# A\n\n## A\n\n```sh\n# B\n```\n\n### C d ###\n')]).toEqual(['a', 'a-1', 'c-d'])
})
