// Finds the recorded listing of a cell that fits the engine, and compares it with what the cell printed.
import type { Lesson } from '../notebook/lesson.ts'
import { chooseListing, listingsFor, type Listing } from '../notebook/listing.ts'
import { Correspondence, type AlignedListing, type PrintedOutput } from './compare.ts'
import { engineName } from './engine.ts'
import { inDefaultNamespace } from './lesson-namespace.ts'
import type { EngineVersions, ListingComparison } from './result.ts'

/** Compares the listings of one run of a lesson, so that a value which comes again must be the same again. */
export class ListingChecker {
  private readonly file: string
  private correspondence = new Correspondence()
  private readonly compared = new Set<string>()

  constructor(file: string) {
    this.file = file
  }

  /** Undefined when the cell has no listing that fits. `versions` is asked only if it matters. */
  async compare(
    lesson: Lesson,
    cell: string,
    printed: PrintedOutput,
    versions: () => Promise<EngineVersions>,
  ): Promise<ListingComparison | undefined> {
    return (await this.align(lesson, cell, printed, versions))?.comparison
  }

  /** The same with the lines side by side, for recording. */
  async align(
    lesson: Lesson,
    cell: string,
    printed: PrintedOutput,
    versions: () => Promise<EngineVersions>,
  ): Promise<(AlignedListing & { listing: Listing }) | undefined> {
    const candidates = listingsFor(lesson, cell)
    if (candidates.length === 0) return undefined
    const engine = await versions()
    const listing = chooseListing(candidates, { ...engine })
    if (!listing) return undefined
    // A cell that runs again prints new values; what stood for the listings' values before is no longer binding.
    if (this.compared.has(cell)) this.correspondence = new Correspondence()
    this.compared.add(cell)
    const place = { file: this.file, line: listing.line + 1, cell, engine: engineName(engine) }
    const compared = this.correspondence.compare(listing.expected.text, inDefaultNamespace(printed), place)
    return { ...compared, listing }
  }

  /** Takes a renewed listing's values as those that later listings mean. */
  learn(cell: string, text: string, printed: PrintedOutput): void {
    this.correspondence.compare(text, inDefaultNamespace(printed), { file: this.file, line: 1, cell, engine: '' })
  }
}
