// Runs the cells of a recording in one shell of a backend and compares what they print with what the real engine printed:
// stdout, stderr and exit code of each, after values that differ by nature have got names in order of appearance.
import { readFileSync } from 'node:fs'
import type { Backend } from '../../src/session/backend.ts'
import { Normalizer } from '../../src/session/normalize.ts'
import type { GoldenCell } from './golden.ts'
import { asText, difference, type Printed, RecordedShell } from './printed.ts'

export interface CellComparison {
  cell: string
  script: string
  same: boolean
  /** A unified diff of what was recorded and what was printed now; empty when they are the same. */
  diff: string
}

/**
 * Before the first cell: the recorder's session, without job control, in a directory of its own that holds pause.c. Where
 * ctr was used it looked at the pods.
 */
const source = readFileSync(new URL('golden/pause.c', import.meta.url), 'utf8')
const preamble = `set +m; mkdir -p /tmp/lab && cd /tmp/lab && cat > pause.c <<'END'\n${source}END\nexport CONTAINERD_NAMESPACE=k8s.io`

/** @param timeoutMs limit of one cell, in milliseconds of the machine's own clock */
export async function replay(
  backend: Backend,
  cells: readonly GoldenCell[],
  timeoutMs = 120_000,
): Promise<CellComparison[]> {
  const shell = new RecordedShell(await backend.open({}))
  await shell.run(preamble, timeoutMs)
  const recorded = new Normalizer()
  const printed = new Normalizer()
  const comparisons: CellComparison[] = []
  for (const golden of cells) {
    const found = await shell.run(golden.script, timeoutMs)
    const known = namePids(golden)
    const now = namePids({ ...found, script: golden.script })
    const diff = difference(asText(recorded, known), asText(printed, now), {
      from: `recorded: ${golden.cell}`,
      to: `printed now: ${golden.cell}`,
    })
    comparisons.push({ cell: golden.cell, script: golden.script, same: diff === '', diff })
  }
  return comparisons
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
