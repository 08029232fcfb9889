// Replaces what varies from run to run by stable names, numbered as they appear: who equals whom stays to be seen.
import { cellSeparator, padRows, scanText, type ScannedLine } from './tables.ts'
import { identityKinds, identityOf, kindsWithinOutput, type Segment } from './variables.ts'

/**
 * One for a whole transcript: the same container id, inode or address gets the same name in all its outputs, the same PID
 * within one output. Two runs of the same story have the same normalized text; if a value equals another in one of them
 * only, they differ.
 */
export class Normalizer {
  private readonly names = new Map<string, string>()
  private readonly counts = new Map<string, number>()

  /** Returns the text with names like `<id#1>` or `<ns#2>` in place of values; normalizing it again changes nothing. */
  normalize(text: string): string {
    for (const kind of kindsWithinOutput) {
      for (const key of this.names.keys()) if (key.startsWith(`${kind} `)) this.names.delete(key)
      this.counts.delete(kind)
    }
    const lines = scanText(text)
    const out: string[] = []
    while (out.length < lines.length) {
      const table = lines[out.length]?.table
      const block = takeWhile(lines.slice(out.length), (line) => line.table === table)
      if (table)
        out.push(
          ...padRows(
            block.map((line) => this.nameLine(line).split(cellSeparator)),
            table,
          ),
        )
      else out.push(...block.map((line) => this.nameLine(line).trimEnd()))
    }
    return out.map((line) => `${line}\n`).join('')
  }

  private nameLine(line: ScannedLine): string {
    return line.segments.map((segment) => this.nameSegment(segment)).join('')
  }

  private nameSegment({ text, rule }: Segment): string {
    if (!rule) return text
    if (!identityKinds.has(rule.kind)) return `<${rule.kind}>`
    const key = identityOf(rule, text)
    let name = this.names.get(key)
    if (name === undefined) {
      const count = (this.counts.get(rule.kind) ?? 0) + 1
      this.counts.set(rule.kind, count)
      name = `${rule.kind}#${count}`
      this.names.set(key, name)
    }
    // The long form of a container id is another text than the short one.
    return rule.kind === 'id' && text.length > 12 ? `<${name}:long>` : `<${name}>`
  }
}

/** Normalizes one text on its own. */
export function normalize(text: string): string {
  return new Normalizer().normalize(text)
}

function takeWhile<T>(items: readonly T[], holds: (item: T) => boolean): T[] {
  const end = items.findIndex((item) => !holds(item))
  return end < 0 ? [...items] : items.slice(0, end)
}
