// `npm run fidelity [-- --diff] [SCRIPT|ENGINE…]`: how much of the recordings the simulated machine prints, byte for byte.
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { knownGaps } from './gaps.ts'
import { goldenEngines, goldenScripts, readGolden } from './golden.ts'
import { replay } from './replay.ts'

const args = process.argv.slice(2)
const showDiffs = args.includes('--diff')
const wanted = args.filter((arg) => !arg.startsWith('--'))

let right = 0
let total = 0
for (const script of goldenScripts) {
  for (const engine of goldenEngines) {
    if (!wanted.every((word) => word === script || word === engine)) continue
    const backend = createSimulatedBackend({ persona: engine })
    const comparisons = await replay(backend, readGolden(script, engine))
    await backend.dispose()
    const different = comparisons.filter((comparison) => !comparison.same)
    const known = new Set(knownGaps(script, engine))
    const same = comparisons.length - different.length
    right += same
    total += comparisons.length
    const share = ((same / comparisons.length) * 100).toFixed(1)
    console.log(`${script}.${engine}: ${same} of ${comparisons.length} cells the same, ${share} %`)
    for (const { cell, script: text, diff } of different) {
      console.log(`  differs${known.has(cell) ? ', known' : ''}: ${cell}`)
      if (showDiffs) console.log(`${text.trimEnd().replaceAll(/^/gm, '    $ ')}\n${diff.replaceAll(/^/gm, '    ')}`)
    }
  }
}
console.log(`in all: ${right} of ${total} cells, ${((right / Math.max(1, total)) * 100).toFixed(1)} %`)
