// Cells with `on=node` run on the Linux machine that runs the containers.
import { expect, test } from 'vitest'
import { readLessonText } from '../../src/notebook/lesson.ts'
import { LessonSession } from '../../src/session/session.ts'
import { FakeBackend } from './fake-backend.ts'

const lesson = readLessonText('```sh { name=look on=node }\nls /proc\n```\n')

test('a cell with on=node goes to the shell of the node', async () => {
  const here = new FakeBackend()
  const node = new FakeBackend()
  const session = new LessonSession(lesson, here, { openNode: () => node.open() })
  await session.runCell('look')
  expect({ here: here.scripts, node: node.scripts }).toEqual({ here: [], node: ['ls /proc'] })
})

test('where the node is this machine, it runs in the shell of the other cells', async () => {
  const here = new FakeBackend()
  const session = new LessonSession(lesson, here, { openNode: async () => undefined })
  await session.runCell('look')
  expect(here.scripts).toEqual(['ls /proc'])
})

test('without a way to the node the cell is refused, and the next run asks again', async () => {
  const node = new FakeBackend()
  let asked = 0
  const openNode = async () => {
    asked += 1
    if (asked === 1) throw new Error('no cluster')
    return node.open()
  }
  const session = new LessonSession(lesson, new FakeBackend(), { openNode })
  const statuses = [(await session.runCell('look')).refusal?.code, (await session.runCell('look')).status]
  expect(statuses).toEqual(['no-node', 'ran'])
})
