// The heading under which a cell stands.
import { expect, test } from 'vitest'
import { headingsOf } from '../../extension/common/headings.ts'
import { readLesson } from '../../src/notebook/lesson.ts'

function check(text: string): Record<string, string> {
  return Object.fromEntries(headingsOf(readLesson(new TextEncoder().encode(text))))
}

const cell = (name: string): string => `\n\`\`\`sh { name=${name} }\ntrue\n\`\`\`\n\n`

test('the last heading before the cell, of whatever level, without its marks', () => {
  expect(
    check(`# The \`pause\` container\n\ntext\n${cell('a')}## Try it: *mend* it\n${cell('b')}more\n${cell('c')}`),
  ).toEqual({
    a: 'The pause container',
    b: 'Try it: mend it',
    c: 'Try it: mend it',
  })
})

test('a cell before the first heading has none', () => {
  expect(check(`${cell('a')}# Later\n`)).toEqual({})
})
