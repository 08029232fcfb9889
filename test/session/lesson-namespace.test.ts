// A session's namespace reads as the one of the listings.
import { expect, test } from 'vitest'
import { inDefaultNamespace } from '../../src/session/lesson-namespace.ts'

const renamed = (text: string): string => inDefaultNamespace({ output: text, stdout: text, stderr: '' }).output

test("the session's namespace becomes default, in the names of containers too", () => {
  expect(renamed('No resources found in lesson-0123456789ab namespace.\nk8s_POD_web_lesson-0123456789ab_1\n')).toBe(
    'No resources found in default namespace.\nk8s_POD_web_default_1\n',
  )
})

test('what only looks like it stays', () => {
  expect(renamed('my-lesson-0123456789ab lesson-0123456789abc')).toBe('my-lesson-0123456789ab lesson-0123456789abc')
})
