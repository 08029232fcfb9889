// The cells that are known to differ from the recordings, each with the reason why it may, for now.
import { readFileSync, writeFileSync } from 'node:fs'
import { type GoldenEngine, type GoldenScript, goldenScripts, goldenEngines } from './golden.ts'

/** By script, cell and engine: the reason. `all` stands for every engine. */
export type KnownGaps = Record<string, Record<string, Partial<Record<GoldenEngine | 'all', string>>>>

const file = new URL('known-gaps.json', import.meta.url)

export function readGaps(): KnownGaps {
  return JSON.parse(readFileSync(file, 'utf8')) as KnownGaps
}

/** The reason why a cell may differ; undefined when it may not. */
export function reasonFor(
  gaps: KnownGaps,
  script: GoldenScript,
  engine: GoldenEngine,
  cell: string,
): string | undefined {
  const reasons = gaps[script]?.[cell]
  return reasons?.[engine] ?? reasons?.all
}

/** Cells of a script that may differ on an engine. */
export function knownGaps(gaps: KnownGaps, script: GoldenScript, engine: GoldenEngine): string[] {
  return Object.keys(gaps[script] ?? {}).filter((cell) => reasonFor(gaps, script, engine, cell) !== undefined)
}

/**
 * Writes the list anew from what differs now: old reasons stay, a new gap has none yet.
 * @param differing the cells that differ, by script and engine
 */
export function writeGaps(differing: (script: GoldenScript, engine: GoldenEngine) => readonly string[]): void {
  const old = readGaps()
  const gaps: KnownGaps = {}
  for (const script of goldenScripts) {
    const cells: KnownGaps[string] = {}
    const engines = new Map(goldenEngines.map((engine) => [engine, new Set(differing(script, engine))]))
    for (const cell of new Set([...engines.values()].flatMap((set) => [...set]))) {
      const those = goldenEngines.filter((engine) => engines.get(engine)?.has(cell))
      const reasons = those.map((engine) => reasonFor(old, script, engine, cell) ?? 'not yet looked into')
      cells[cell] =
        those.length === goldenEngines.length && new Set(reasons).size === 1
          ? { all: reasons[0] ?? '' }
          : Object.fromEntries(those.map((engine, i) => [engine, reasons[i] ?? '']))
    }
    if (Object.keys(cells).length > 0) gaps[script] = cells
  }
  writeFileSync(file, `${JSON.stringify(gaps, null, 2)}\n`)
}
