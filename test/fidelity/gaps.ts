// The cells that are known to differ from the real engines, each with the reason why it may, for now.
import { readFileSync, writeFileSync } from 'node:fs'

/** By script, cell and engine: the reason. `all` stands for every engine. */
export type KnownGaps = Record<string, Record<string, Record<string, string>>>

/** A file of gaps: `known-gaps.json` for the recordings, `scripts/known-gaps.json` for the project's own scripts. */
export function readGaps(name: string): KnownGaps {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as KnownGaps
}

/** The reason why a cell may differ; undefined when it may not. */
export function reasonFor(gaps: KnownGaps, script: string, engine: string, cell: string): string | undefined {
  const reasons = gaps[script]?.[cell]
  return reasons?.[engine] ?? reasons?.['all']
}

/** Cells of a script that may differ on an engine. */
export function knownGaps(gaps: KnownGaps, script: string, engine: string): string[] {
  return Object.keys(gaps[script] ?? {}).filter((cell) => reasonFor(gaps, script, engine, cell) !== undefined)
}

/** A cell that differs on an engine. */
export interface Difference {
  readonly script: string
  readonly cell: string
  readonly engine: string
}

/**
 * Writes a list anew from what differs now: old reasons stay, a new gap has none yet.
 * @param engines those that were compared; what the list says of others stays
 */
export function writeGaps(name: string, differences: readonly Difference[], engines: readonly string[]): void {
  const old = readGaps(name)
  const gaps: KnownGaps = {}
  const notCompared = Object.entries(old).flatMap(([script, cells]) =>
    Object.entries(cells).flatMap(([cell, reasons]) =>
      Object.keys(reasons)
        .filter((engine) => engine !== 'all' && !engines.includes(engine))
        .map((engine) => ({ script, cell, engine })),
    ),
  )
  for (const { script, cell, engine } of [...differences, ...notCompared]) {
    const cells = (gaps[script] ??= {})
    const reasons = (cells[cell] ??= {})
    reasons[engine] = reasonFor(old, script, engine, cell) ?? 'not yet looked into'
  }
  for (const cells of Object.values(gaps)) {
    for (const [cell, reasons] of Object.entries(cells)) {
      const texts = new Set(Object.values(reasons))
      const [only] = texts
      if (Object.keys(reasons).length === 3 && texts.size === 1 && only !== undefined) cells[cell] = { all: only }
    }
  }
  writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(gaps, null, 2)}\n`)
}
