// `npm run fidelity [-- --diff] [SCRIPT|ENGINE…]`: how much of the recordings the simulated machine prints, byte for byte.
// `npm run fidelity -- --renew` writes the list of known gaps anew; what is new in it waits for its reason.
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { type Difference, readGaps, reasonFor, writeGaps } from './gaps.ts'
import { type GoldenEngine, goldenEngines, type GoldenScript, readGolden, scriptsOf } from './golden.ts'
import { replay } from './replay.ts'

const args = process.argv.slice(2)
const showDiffs = args.includes('--diff')
const renew = args.includes('--renew')
const wanted = renew ? [] : args.filter((arg) => !arg.startsWith('--'))

const gaps = readGaps('known-gaps.json')
const differing: Difference[] = []
let right = 0
let total = 0
for (const engine of goldenEngines) for (const script of scriptsOf(engine)) await measure(script, engine)
console.log(`in all: ${right} of ${total} cells, ${((right / Math.max(1, total)) * 100).toFixed(1)} %`)
if (renew) writeGaps('known-gaps.json', differing, goldenEngines)

async function measure(script: GoldenScript, engine: GoldenEngine): Promise<void> {
  if (!wanted.every((word) => word === script || word === engine)) return
  const backend = createSimulatedBackend({ persona: engine })
  const comparisons = await replay(backend, readGolden(script, engine))
  await backend.dispose()
  const different = comparisons.filter((comparison) => !comparison.same)
  const same = comparisons.length - different.length
  right += same
  total += comparisons.length
  differing.push(...different.map(({ cell }) => ({ script, cell, engine })))
  const share = ((same / comparisons.length) * 100).toFixed(1)
  console.log(`${script}.${engine}: ${same} of ${comparisons.length} cells the same, ${share} %`)
  for (const { cell, script: text, diff } of different) {
    const reason = reasonFor(gaps, script, engine, cell)
    console.log(`  differs${reason === undefined ? '' : `, known (${reason})`}: ${cell}`)
    if (showDiffs) console.log(`${text.trimEnd().replaceAll(/^/gm, '    $ ')}\n${diff.replaceAll(/^/gm, '    ')}`)
  }
}
