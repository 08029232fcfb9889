// Which cells have run, in which order, and which of their outputs no longer follow from the state of the machine.
import type { Cell } from '../notebook/cell.ts'
import type { CellState } from './result.ts'

interface Entry {
  cell: string
  script: string
  wentWell: boolean
}

export class History {
  private entries: Entry[] = []
  /** Cells that ran before the last restart: their outputs may still be shown. */
  private readonly before = new Set<string>()

  get ran(): readonly string[] {
    return this.entries.map((entry) => entry.cell)
  }

  add(cell: string, script: string, wentWell: boolean): void {
    this.entries.push({ cell, script, wentWell })
  }

  restart(): void {
    for (const { cell } of this.entries) this.before.add(cell)
    this.entries = []
  }

  /** Did the cell run to its end with the right exit code, the last time that it ran? */
  wentWell(cell: string): boolean {
    return this.entries.findLast((entry) => entry.cell === cell)?.wentWell ?? false
  }

  /**
   * A cell's output is stale when the cell has another text now, or when a cell that stands before it in the lesson, and
   * is no check, has run after it, or when the session was restarted since.
   */
  state(name: string, cells: readonly Cell[]): CellState {
    const last = this.entries.findLastIndex((entry) => entry.cell === name)
    if (last < 0) return this.before.has(name) ? 'stale' : 'not-run'
    const place = cells.findIndex((cell) => cell.name === name)
    if (place >= 0 && cells[place]?.script !== this.entries[last]?.script) return 'stale'
    // A check only looks: that it has run again changes nothing.
    const before = cells.slice(0, place).filter((cell) => !cell.attributes.check)
    const earlier = new Set(before.map((cell) => cell.name))
    return this.entries.slice(last + 1).some((entry) => earlier.has(entry.cell)) ? 'stale' : 'current'
  }
}
