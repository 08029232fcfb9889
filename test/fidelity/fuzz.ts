// `npm run fidelity -- --fuzz N [--seed S] [ENGINE]`: N random scripts on a real engine and in the simulation. A difference
// is shrunk to the smallest script that shows it. The seed is fixed unless given, so that CI runs the same scripts each time;
// PAUSE_LAB_FUZZ_RUNS and PAUSE_LAB_FUZZ_SEED give more and others.
import { asyncProperty, check } from 'fast-check'
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { fuzzScript } from './fuzz-commands.ts'
import { compareAlone } from './own-comparison.ts'
import { runAlone } from './printed.ts'
import { didNotEnd, prepareMachine, RealMachine } from './real-machine.ts'

const args = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}
const runs = Number(process.env['PAUSE_LAB_FUZZ_RUNS'] ?? option('--fuzz') ?? 20)
const seed = Number(process.env['PAUSE_LAB_FUZZ_SEED'] ?? option('--seed') ?? 1)
const engine = args.find((arg) => arg.startsWith('docker-')) ?? 'docker-20.10'

if (!(runs > 0) || !Number.isInteger(seed)) {
  console.error('usage: npm run fidelity -- --fuzz N [--seed S] [ENGINE]')
  process.exit(2)
}
if (!prepareMachine(engine)) process.exit(1)
let machine = new RealMachine(engine)

/** What differs; a real engine is asked twice, so that luck on its side is not taken for a difference. */
async function differenceOf(script: string): Promise<string> {
  const simulated = await runAlone(createSimulatedBackend({ persona: engine }), script, 20_000)
  let diff = ''
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const real = await machine.run(script)
    if (real.exitCode === didNotEnd) {
      // Nothing to compare with: the script waits for what does not come, or the engine is stuck.
      machine = new RealMachine(engine)
      return ''
    }
    diff = compareAlone(real, simulated, engine)
    if (diff === '') return ''
  }
  return diff
}

const result = await check(
  asyncProperty(fuzzScript, async (script) => (await differenceOf(script)) === ''),
  // Shrinking runs on the real engine too: it gets a bound.
  { numRuns: runs, seed, endOnFailure: false, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: false },
)
const smallest = result.counterexample?.[0]
if (smallest === undefined) console.log(`${engine}: ${result.numRuns} random scripts, seed ${seed}: all the same`)
else {
  console.log(`${engine}: differs after ${result.numRuns} random scripts, seed ${seed}; the smallest that shows it:`)
  console.log(smallest.replaceAll(/^(?=.)/gm, '    $ '))
  console.log(await differenceOf(smallest))
  process.exitCode = 1
}
await machine.close()
