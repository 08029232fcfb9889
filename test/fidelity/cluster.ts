// `npm run fidelity -- --cluster`: the scripts for kubectl on a real cluster and in the simulation, in one run, compared byte by
// byte. Needs the cluster of test/lab-host/kubernetes-start.sh. `--record` keeps what it printed; `--recorded` compares with that
// instead, which is no proof that a real one prints it today.
// Fails for a difference that is not in scripts/kubernetes/known-gaps.json, and for one in there that has closed.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { type Difference, readGaps, reasonFor, writeGaps } from './gaps.ts'
import { compareAlone } from './own-comparison.ts'
import { type Printed, runAlone } from './printed.ts'
import { didNotEnd } from './real-machine.ts'
import { Recordings } from './recorded.ts'
import { type OwnScript, readOwnScripts } from './scripts.ts'

const engine = 'kubernetes-1.20'
const gapsFile = 'scripts/kubernetes/known-gaps.json'
/** Limits of one script: on the real clock, with what it takes to empty the cluster after it, and on the simulated one. */
const realLimitMs = 240_000
const simulatedLimitMs = 200_000

const args = process.argv.slice(2)
const [recorded, record, renew, showDiffs, showTimes] = ['--recorded', '--record', '--renew', '--diff', '--times'].map(
  (option) => args.includes(option),
)
const words = args.filter((arg) => !arg.startsWith('--'))
const scripts = readOwnScripts('kubernetes/')
const chosen = scripts.filter(({ subject, title }) =>
  words.length === 0 ? true : words.some((word) => word === subject || word === title),
)
const recordings = new Recordings(engine)
const gaps = readGaps(gapsFile)
const differing: Difference[] = []
const failures: string[] = []
let equal = 0
let compared = 0
for (const script of chosen) await measure(script)
report()

async function measure(script: OwnScript): Promise<void> {
  const { subject, title } = script
  const started = Date.now()
  const expected = recorded ? recordings.of(script) : await runOnCluster(script.text)
  if (showTimes) console.error(`${Date.now() - started} ms ${subject}: ${title}`)
  if (expected === undefined) return
  if (record) recordings.set(script, expected)
  compared += 1
  let diff = compareAlone(expected, await simulate(script), engine)
  const reason = reasonFor(gaps, subject, engine, title)
  // Once more, so that a busy machine is not taken for a difference.
  if (diff !== '' && !recorded && !record && reason === undefined)
    diff = compareAlone(await runOnCluster(script.text), await simulate(script), engine)
  if (diff === '') {
    equal += 1
    if (reason !== undefined) failures.push(`a gap has closed, take it out of ${gapsFile}: ${subject}: ${title}`)
    return
  }
  differing.push({ script: subject, cell: title, engine })
  if (reason === undefined) failures.push(`differs: ${subject}: ${title}`)
  if (reason !== undefined && !showDiffs) return
  console.log(`${subject}: ${title}${reason === undefined ? '' : ` (known: ${reason})`}`)
  console.log(`${script.text.trimEnd().replaceAll(/^/gm, '    $ ')}\n${diff.replaceAll(/^/gm, '    ')}\n`)
}

/** Runs a script on the real cluster as the one before left it: empty. */
async function runOnCluster(text: string): Promise<Printed> {
  const program = fileURLToPath(new URL('../lab-host/kubernetes-script.sh', import.meta.url))
  // Node's own pipes are sockets, which /dev/stderr cannot reopen; the two `cat` make them pipes, as in a terminal.
  const piped = 'set -o pipefail; "$1" 2> >(cat >&2) | cat'
  const child = spawn('bash', ['-c', piped, 'bash', program], { stdio: 'pipe', detached: true })
  const read = (stream: NodeJS.ReadableStream): { text: string } => {
    const kept = { text: '' }
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => (kept.text += chunk))
    return kept
  }
  const [stdout, stderr] = [read(child.stdout), read(child.stderr)]
  const limit = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, realLimitMs)
  child.stdin.end(text)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearTimeout(limit)
  return { stdout: stdout.text, stderr: stderr.text, exitCode: code ?? didNotEnd }
}

/** A simulation that fails has printed why, so that one defect of it does not hide all else. */
async function simulate(script: OwnScript): Promise<Printed> {
  try {
    return await runAlone(createSimulatedBackend({ persona: engine }), script.text, simulatedLimitMs)
  } catch (error) {
    return { stdout: '', stderr: `the simulation failed: ${String(error)}\n`, exitCode: didNotEnd }
  }
}

function report(): void {
  if (record) recordings.save(scripts)
  if (renew) writeGaps(gapsFile, differing, [engine])
  const where = recorded ? 'what a real cluster printed once (RECORDED: no real cluster ran)' : 'the real cluster'
  console.log(`${equal} of ${compared} scripts print the same as ${where}`)
  if (compared < chosen.length)
    console.log(`NOT COMPARED: ${chosen.length - compared} scripts, which have no recording`)
  for (const failure of renew ? [] : failures) console.log(failure)
  if (!renew && failures.length > 0) process.exitCode = 1
}
