// The own scripts on real engines and in the simulation, compared byte by byte.
// Fails for a difference that is not in scripts/known-gaps.json, and for one in there that has closed. On real engines the
// machine may be busy: there it fails when more than two of a hundred scripts differ that are not in the list.
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { type Difference, readGaps, reasonFor, writeGaps } from './gaps.ts'
import { compareAlone } from './own-comparison.ts'
import { type Printed, runAlone } from './printed.ts'
import { didNotEnd, prepareMachine, RealMachine } from './real-machine.ts'
import { Recordings } from './recorded.ts'
import { type OwnScript, readOwnScripts } from './scripts.ts'

const engines = ['docker-20.10', 'docker-26.1', 'docker-28.5']
const gapsFile = 'scripts/known-gaps.json'

/** How many of the scripts may differ by luck on real engines. */
const luckShare = 0.02

/** Limit of one script, on the simulated clock. */
const simulatedLimitMs = 20_000

const args = process.argv.slice(2)
const [recorded, record, everywhere, half, renew, showDiffs, showTimes] = [
  '--recorded',
  '--record',
  '--everywhere',
  '--half',
  '--renew',
  '--diff',
  '--times',
].map((option) => args.includes(option))
const words = args.filter((arg) => !arg.startsWith('--'))
const scripts = readOwnScripts()
const named = (names: readonly string[]): readonly string[] => {
  const some = names.filter((name) => words.includes(name))
  return some.length === 0 ? names : some
}
const subjects = named([...new Set(scripts.map(({ subject }) => subject))])

interface Result {
  script: OwnScript
  engine: string
  diff: string
}

async function measure(engine: string): Promise<Result[]> {
  const chosen = scripts.filter((script) => subjects.includes(script.subject) && isFor(script, engine))
  const real = recorded ? new Recordings(engine) : new RealOutputs(engine)
  const measured: Result[] = []
  for (const script of chosen) {
    // A recording of the same text stays, unless its subject is named.
    if (record && words.length === 0 && new Recordings(engine).of(script) !== undefined) continue
    const expected = await real.of(script)
    if (expected === undefined || record) continue
    const printed = await simulate(script, engine)
    let diff = compareAlone(expected, printed, engine)
    // Once more, so that a busy machine is not taken for a difference.
    if (diff !== '' && !recorded && reasonFor(gaps, script.subject, engine, script.title) === undefined)
      diff = compareAlone((await real.of(script)) ?? expected, printed, engine)
    measured.push({ script, engine, diff })
  }
  if (real instanceof RealOutputs) await real.close()
  return measured
}

/** A simulation that fails has printed why, so that one defect of it does not hide all else. */
async function simulate(script: OwnScript, engine: string): Promise<Printed> {
  try {
    return await runAlone(createSimulatedBackend({ persona: engine }), script.text, simulatedLimitMs)
  } catch (error) {
    return { stdout: '', stderr: `the simulation failed: ${String(error)}\n`, exitCode: didNotEnd }
  }
}

/** What the real engine prints now; with `--record` it is kept. */
class RealOutputs {
  readonly #engine: string
  readonly #recordings: Recordings
  #machine: RealMachine

  constructor(engine: string) {
    this.#engine = engine
    this.#recordings = new Recordings(engine)
    this.#machine = new RealMachine(engine)
  }

  async of(script: OwnScript): Promise<Printed> {
    const started = Date.now()
    const result = await this.#machine.run(script.text)
    if (showTimes) console.error(`${Date.now() - started} ms ${this.#engine} ${script.subject}: ${script.title}`)
    if (result.exitCode === didNotEnd) this.#machine = new RealMachine(this.#engine)
    if (record) {
      this.#recordings.set(script, result)
      this.#recordings.save(scripts)
    }
    return result
  }

  async close(): Promise<void> {
    await this.#machine.close()
  }
}

/**
 * Whether a script runs on an engine. All of them on all real engines take half an hour, so that each runs on one, in turn,
 * unless more is asked for; what the others printed is recorded. With `--half` every second script runs.
 */
function isFor(script: OwnScript, engine: string): boolean {
  const its = script.engines ?? engines
  if (!its.includes(engine)) return false
  const isWhole = recorded || record || everywhere
  const at = scripts.indexOf(script)
  if (isWhole) return true
  return its[at % its.length] === engine && !(half && at % 2 === 1)
}

function report(): void {
  const differing: Difference[] = []
  const failures: string[] = []
  for (const { script, engine, diff } of results) {
    const { subject, title } = script
    const reason = reasonFor(gaps, subject, engine, title)
    if (diff === '') {
      if (reason !== undefined)
        failures.push(`a gap has closed, take it out of ${gapsFile}: ${subject}: ${title}, ${engine}`)
      continue
    }
    differing.push({ script: subject, cell: title, engine })
    if (reason === undefined) failures.push(`differs: ${subject}: ${title}, ${engine}`)
    if (reason !== undefined && !showDiffs) continue
    console.log(`${subject}: ${title}, ${engine}${reason === undefined ? '' : ` (known: ${reason})`}`)
    console.log(`${script.text.trimEnd().replaceAll(/^/gm, '    $ ')}\n${diff.replaceAll(/^/gm, '    ')}\n`)
  }
  if (renew) writeGaps(gapsFile, differing, compared)
  printSummary()
  for (const engine of skipped) console.log(`${engine}: NOT COMPARED, its root file system could not be built`)
  for (const failure of renew ? [] : failures) console.log(failure)
  const differences = failures.filter((failure) => failure.startsWith('differs'))
  const tooMany = recorded ? failures.length > 0 : differences.length > results.length * luckShare
  if (!renew && tooMany) process.exitCode = 1
}

/** Scripts that are equal of all, by subject and engine. */
function printSummary(): void {
  const width = Math.max(...subjects.map((subject) => subject.length))
  const row = (name: string, cells: readonly string[]): void =>
    console.log([name.padEnd(width), ...cells.map((cell) => cell.padStart(15))].join(' '))
  row('', compared)
  const share = (of: readonly Result[]): string => `${of.filter(({ diff }) => diff === '').length}/${of.length}`
  for (const subject of subjects) {
    const those = results.filter(({ script }) => script.subject === subject)
    row(
      subject,
      compared.map((engine) => share(those.filter((result) => result.engine === engine))),
    )
  }
  row(
    'in all',
    compared.map((engine) => share(results.filter((result) => result.engine === engine))),
  )
  const equal = results.filter(({ diff }) => diff === '').length
  console.log(
    `in all: ${share(results)} scripts the same, ${((equal / Math.max(1, results.length)) * 100).toFixed(1)} %`,
  )
}

const gaps = readGaps(gapsFile)
const results: Result[] = []
const skipped: string[] = []
const compared: string[] = []
for (const engine of named(engines)) {
  // The first one is what everybody has who runs this on Debian 12: without it nothing is proved.
  if (recorded || prepareMachine(engine)) compared.push(engine)
  else if (engine === engines[0]) process.exit(1)
  else skipped.push(engine)
}
await Promise.all(compared.map(async (engine) => results.push(...(await measure(engine)))))
if (!record) report()
