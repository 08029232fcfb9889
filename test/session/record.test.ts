// Renewing listings: what differs by nature stays, what differs in truth is asked for and taken.
import { expect, test } from 'vitest'
import { lessonText, readLessonText } from '../../src/notebook/lesson.ts'
import { recordLesson, type ListingChange } from '../../src/session/record.ts'
import { FakeBackend } from './fake-backend.ts'

const markdown = `\`\`\`sh { name=list }
docker ps
\`\`\`

\`\`\`text { output=list ignore=true }
a53ea8be109d running   # (1)
e72ecc03cafa running
<id:third> created
\`\`\`

1. The first one.

\`\`\`sh { name=first }
docker inspect
\`\`\`

\`\`\`text { output=first ignore=true }
a53ea8be109d
\`\`\`
`

async function record(
  answers: Readonly<Record<string, string>>,
  accept: (change: ListingChange) => boolean = () => true,
): Promise<{ text: string; changes: readonly ListingChange[] }> {
  const lesson = readLessonText(`---\nneeds: [docker]\n---\n\n${markdown}`)
  const backend = new FakeBackend({ "docker version --format '{{.Server.Version}}'": '26.1.5\n', ...answers })
  const options = { file: 'x.lab.md', accept: async (change: ListingChange) => accept(change) }
  const result = await recordLesson(lesson, backend, options)
  return { text: lessonText(result.lesson).split('---\n\n')[1] ?? '', changes: result.accepted }
}

const proved = markdown.replaceAll('ignore=true }', 'ignore=true proved=docker-26.1 }')

test('a listing that differs only by nature keeps its text', async () => {
  const answers = {
    'docker ps': '000000000001 running\n000000000002 running\n000000000003 created\n',
    'docker inspect': '000000000001\n',
  }
  expect(await record(answers)).toEqual({ text: proved, changes: [] })
})

test('a line that differs is renewed; the others keep values, captures and markers', async () => {
  const answers = {
    'docker ps': '000000000001 running\n000000000002 exited\n000000000003 created\n',
    'docker inspect': '000000000001\n',
  }
  const { text } = await record(answers)
  expect(text).toBe(proved.replace('e72ecc03cafa running', '000000000002 exited'))
})

test('a change is shown as a diff before it is taken', async () => {
  const { changes } = await record({
    'docker ps': '000000000001 running\n000000000002 exited\n000000000003 created\n',
    'docker inspect': '000000000001\n',
  })
  expect(changes).toEqual([
    {
      cell: 'list',
      when: '',
      line: 10,
      diff: `--- x.lab.md:10 listing of the cell list
+++ printed now by docker 26.1.5
@@ -10,3 +10,3 @@
 a53ea8be109d running
-e72ecc03cafa running
+000000000002 exited
 <id:third> created`,
    },
  ])
})

test('a change that is declined leaves the listing as it is', async () => {
  const answers = { 'docker ps': 'nothing\n', 'docker inspect': '000000000001\n' }
  const { text } = await record(answers, () => false)
  expect(text.slice(0, text.indexOf('```sh { name=first'))).toBe(
    markdown.slice(0, markdown.indexOf('```sh { name=first')),
  )
})

test('what is recorded twice is recorded the same', async () => {
  const answers = {
    'docker ps': '000000000001 running\n000000000002 exited\n000000000003 created\n',
    'docker inspect': '000000000002\n',
  }
  const { text } = await record(answers)
  const again = new FakeBackend({ "docker version --format '{{.Server.Version}}'": '26.1.5\n', ...answers })
  const lesson = readLessonText(`---\nneeds: [docker]\n---\n\n${text}`)
  const result = await recordLesson(lesson, again, { file: 'x.lab.md', accept: async () => true })
  expect([result.accepted, lessonText(result.lesson)]).toEqual([[], lessonText(lesson)])
})

test('the date of a proof is renewed, and proofs on other engines stay', async () => {
  const lesson = readLessonText(`---
needs: [docker]
---

\`\`\`sh { name=one }
echo one
\`\`\`

\`\`\`text { output=one ignore=true proved=docker-26.1@2026-01-01,docker-20.10 }
one
\`\`\`
`)
  const backend = new FakeBackend({
    "docker version --format '{{.Server.Version}}'": '26.1.5\n',
    'echo one': 'one\n',
  })
  const options = { file: 'x.lab.md', today: '2026-11-25', accept: async () => true }
  const result = await recordLesson(lesson, backend, options)
  expect(lessonText(result.lesson)).toBe(lessonText(lesson).replace('2026-01-01', '2026-11-25'))
})
