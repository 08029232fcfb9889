// Runs the cells of a recording in one shell of a backend and compares what they print with what the real engine printed:
// stdout, stderr and exit code of each, after values that differ by nature have got names in order of appearance.
import type { Backend, Shell } from '../../src/session/backend.ts'
import { editScript, unifiedDiff } from '../../src/session/diff.ts'
import { Normalizer } from '../../src/session/normalize.ts'
import type { GoldenCell } from './golden.ts'

export interface CellComparison {
  cell: string
  script: string
  same: boolean
  /** A unified diff of what was recorded and what was printed now; empty when they are the same. */
  diff: string
}

/** Before the first cell: the recorder's session, without job control, in a directory of its own. */
const preamble = 'set +m; mkdir -p /tmp/lab && cd /tmp/lab'

/** @param timeoutMs limit of one cell, in milliseconds of the machine's own clock */
export async function replay(
  backend: Backend,
  cells: readonly GoldenCell[],
  timeoutMs = 120_000,
): Promise<CellComparison[]> {
  const shell = await backend.open({})
  await runCell(shell, preamble, timeoutMs)
  const recorded = new Normalizer()
  const printed = new Normalizer()
  const comparisons: CellComparison[] = []
  for (const golden of cells) {
    const found = await runCell(shell, golden.script, timeoutMs)
    const known = namePids(golden)
    const now = namePids({ ...found, script: golden.script })
    const diff = difference(golden.cell, asText(recorded, known), asText(printed, now))
    comparisons.push({ cell: golden.cell, script: golden.script, same: diff === '', diff })
  }
  return comparisons
}

type Printed = Pick<GoldenCell, 'stdout' | 'stderr' | 'exitCode'>

async function runCell(shell: Shell, script: string, timeoutMs: number): Promise<Printed> {
  const streams = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  const result = { stdout: '', stderr: '' }
  const collect = (stream: 'stdout' | 'stderr') => (chunk: Uint8Array) => {
    result[stream] += streams[stream].decode(chunk, { stream: true })
  }
  const { exitCode } = await shell.run(script, { stdout: collect('stdout'), stderr: collect('stderr'), timeoutMs })
  return { ...result, exitCode }
}

/** Both streams and the exit code as one text, so that one diff shows all. */
function asText(normalizer: Normalizer, printed: Printed): string {
  const stdout = normalizer.normalize(markBlanks(printed.stdout))
  const stderr = normalizer.normalize(markBlanks(withoutLuck(printed.stderr)))
  return `${stdout}--- stderr\n${stderr}--- exit code ${printed.exitCode}\n`
}

/** Lines whose numbers are PIDs, which only the script that asked for them tells. The last group is kept as it is. */
const pidLines: readonly { script: RegExp; line: RegExp }[] = [
  // A number alone, or after a word.
  { script: /\{\{\.State\.Pid\}\}/, line: /^((?!exited)\w+ )?([2-9]|[1-9]\d+)()$/gm },
  { script: /echo \S* ?i?s? ?\\?\$!/, line: /^(orphan is )?([2-9]|[1-9]\d+)()$/gm },
  // A row of ps whose header grep has cut off; who has no parent in here, or init, stays to be seen.
  { script: /\bps\b.*\|/, line: /^( *)([2-9]|[1-9]\d+)( +\d+ [A-Z]\S* .*| root .*)$/gm },
]

function namePids(printed: Printed & { script: string }): Printed {
  let { stdout } = printed
  for (const { script, line } of pidLines) {
    if (!script.test(printed.script)) continue
    stdout = stdout.replaceAll(line, (_, before: string | undefined, _pid, after: string) => {
      const parent = after.replace(/^( +)([2-9]|[1-9]\d+)( [A-Z])/, ' <pid>$3').replace(/^ +(?=[01] )/, ' ')
      return `${(before ?? '').trimStart()}<pid>${parent}`
    })
  }
  return { ...printed, stdout }
}

/** The normalizer takes blanks at the end of a line for padding; here they count. */
function markBlanks(text: string): string {
  return text.replaceAll(/[ \t]+$/gm, (blanks) => ` ${'␠'.repeat(blanks.length)}`)
}

/** Docker 20.10 writes this line or not, as its own threads happen to run. */
function withoutLuck(stderr: string): string {
  return stderr.replaceAll(/^time="[^"]*" level=error msg="error waiting for container: context canceled"\n/gm, '')
}

function difference(cell: string, recorded: string, printed: string): string {
  if (recorded === printed) return ''
  const a = recorded.split('\n')
  const b = printed.split('\n')
  const edits = editScript(a.length, b.length, (i, j) => a[i] === b[j])
  return unifiedDiff(edits, a, b, { from: `recorded: ${cell}`, to: `printed now: ${cell}`, firstLine: 1 })
}
