// The simulated machine prints what real engines printed, but for the known gaps: a new difference fails, and so does a gap
// that has closed, so that the list stays true.
import { describe, expect, it } from 'vitest'
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { knownGaps, readGaps } from './gaps.ts'
import { goldenEngines, readGolden, scriptsOf } from './golden.ts'
import { replay } from './replay.ts'

const gaps = readGaps('known-gaps.json')

describe.each(goldenEngines)('%s', (engine) => {
  it.each(scriptsOf(engine))('prints %s as recorded', async (script) => {
    const backend = createSimulatedBackend({ persona: engine })
    const comparisons = await replay(backend, readGolden(script, engine))
    await backend.dispose()
    const different = comparisons.filter(({ same }) => !same)
    const known = new Set(knownGaps(gaps, script, engine))
    const unexpected = different.filter(({ cell }) => !known.has(cell)).map(({ diff }) => diff)
    expect(unexpected.join('\n\n')).toBe('')
    const closed = [...known].filter((cell) => !different.some((comparison) => comparison.cell === cell))
    expect(closed).toEqual([])
  })
})
