// The cells that are known to differ from the recordings, each with the reason why it may, for now.
import { readFileSync } from 'node:fs'
import type { GoldenEngine, GoldenScript } from './golden.ts'

/** By `SCRIPT.ENGINE`, or `SCRIPT` for all engines, the cells and the reasons. */
type KnownGaps = Readonly<Record<string, Readonly<Record<string, string>>>>

export function knownGaps(script: GoldenScript, engine: GoldenEngine): string[] {
  const all = JSON.parse(readFileSync(new URL('known-gaps.json', import.meta.url), 'utf8')) as KnownGaps
  return [...Object.keys(all[script] ?? {}), ...Object.keys(all[`${script}.${engine}`] ?? {})]
}
