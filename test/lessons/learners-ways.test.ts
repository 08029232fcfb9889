// A learner's real ways through each lesson of the course, in the simulation: any cell first, a cell twice, a typo, a reset.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../src/notebook/cell.ts'
import { type Lesson, readLesson } from '../../src/notebook/lesson.ts'
import type { CellResult } from '../../src/session/result.ts'
import { isOrdinary, LessonSession, type RunnableCell } from '../../src/session/session.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'

const folder = new URL('../../notebooks/en/', import.meta.url)
const lessons = readdirSync(folder)
  .filter((name) => name.endsWith('.lab.md'))
  .map((name) => [name.replace('.lab.md', ''), readLesson(readFileSync(new URL(name, folder)))] as const)

/** Uses a session on a fresh simulated machine. */
async function withSession<T>(lesson: Lesson, use: (session: LessonSession) => Promise<T>): Promise<T> {
  const open = () => createSimulatedBackend({ needs: lesson.frontMatter.needs })
  const session = new LessonSession(lesson, open(), { reopen: async () => open() })
  try {
    return await use(session)
  } finally {
    await session.dispose()
  }
}

const all = { withPrerequisites: true }
const stackTrace = /^\s+at \S.*:\d+:\d+|\b(?:TypeError|RangeError|ReferenceError)\b/m

/** What is wrong with the answer of a cell that must go well. */
function wrongWith({ cell, ok, output, listing, refusal, ranFirst }: CellResult): string[] {
  return [
    ...ranFirst.flatMap(wrongWith),
    ...(ok ? [] : [`${cell}: ${refusal?.code ?? output}`]),
    ...(listing === undefined || listing.matches ? [] : [`${cell}: ${listing.diff ?? ''}`]),
  ]
}

/** What is wrong with the answer of a cell that may fail: it must say why, or which cell that it needs failed. */
function unclearIn({ cell, ok, output, status, refusal, ranFirst }: CellResult): string[] {
  const before = ranFirst.flatMap(unclearIn)
  if (stackTrace.test(output)) return [...before, `${cell} shows a stack trace: ${output}`]
  const isExplained =
    ok || status === 'timeout' || refusal?.code === 'needs-failed' || (status === 'ran' && output !== '')
  return isExplained ? before : [...before, `${cell} does not say what is wrong: ${status}`]
}

const typo: RunnableCell = {
  name: '',
  script: 'docker rnu alpine; kubectl gte pods; ecoh done',
  attributes: {
    background: false,
    interactive: false,
    excludeFromRunAll: false,
    needs: [],
    on: 'client',
    exit: 127,
    after: [],
    check: false,
    unknown: {},
  },
}

describe.each(lessons)('%s', (_, lesson) => {
  const ordinary = lesson.cells.filter(isOrdinary)
  const checks = lesson.cells.filter((cell) => cell.attributes.check)

  test('each cell is right on a fresh machine, after what it needs', async () => {
    const wrong: string[] = []
    for (const cell of ordinary.filter(isLast(ordinary))) {
      wrong.push(
        ...(await withSession(lesson, async (session) => wrongWith(await session.runCell(cell, undefined, all)))),
      )
    }
    expect(wrong).toEqual([])
  })

  test('a cell that needs others says which, and nothing runs', async () => {
    await withSession(lesson, async (session) => {
      const waiting = lesson.cells.filter((cell) => cell.attributes.after.length > 0)
      const asked: unknown[] = []
      for (const cell of waiting) asked.push((await session.runCell(cell)).refusal)
      expect([asked, session.ran]).toEqual([
        waiting.map(({ name, attributes }) => ({ code: 'needs-cells', cell: name, missing: attributes.after })),
        [],
      ])
    })
  })

  test('in reverse order, each cell twice: whatever fails says why', async () => {
    await withSession(lesson, async (session) => {
      const unclear: string[] = []
      for (const cell of lesson.cells.toReversed().flatMap((each) => [each, each])) {
        unclear.push(...unclearIn(await session.runCell(cell, undefined, all)))
      }
      expect(unclear).toEqual([])
    })
  })

  test('no check is green by itself', async () => {
    const green: string[] = []
    for (const check of checks) {
      await withSession(lesson, async (session) => {
        const result = await session.runCell(check, undefined, all)
        if (result.ok) green.push(check.name)
        green.push(...unclearIn(result))
      })
    }
    expect(green).toEqual([])
  })

  test('a typo between any two cells harms none', async () => {
    await withSession(lesson, async (session) => {
      const wrong: string[] = []
      for (const cell of ordinary) {
        const mistyped = await session.runCell(typo)
        wrong.push(...unclearIn(mistyped), ...wrongWith(mistyped), ...wrongWith(await session.runCell(cell)))
      }
      expect(wrong).toEqual([])
    })
  })

  test('after a reset in the middle the next cell finds what it needs', async () => {
    await withSession(lesson, async (session) => {
      const middle = Math.floor(ordinary.length / 2)
      for (const cell of ordinary.slice(0, middle)) await session.runCell(cell)
      await session.restart()
      const next = ordinary[middle]
      expect(next ? wrongWith(await session.runCell(next, undefined, all)) : []).toEqual([])
    })
  })
})

/** Is a cell not needed by a later one? Those that are needed run with it. */
function isLast(cells: readonly Cell[]): (cell: Cell) => boolean {
  const needed = new Set(cells.flatMap((cell) => cell.attributes.after))
  return (cell) => !needed.has(cell.name)
}
