// Everything that annotated listings need on a page. Pages import it when the first listing is there, not before.

import { englishListingWords, type ListingWords, readListingWords } from '../common/listing-words.ts'
import { listingStyles } from './listing-styles.ts'
import { ListingView } from './listing-view.ts'
import { SteppingPanel } from './stepping-panel.ts'
import type { SteppingLink } from './stepping-link.ts'
import { steppingStyles } from './stepping-styles.ts'
import { onThemeChange } from './theme.ts'

const views = new Map<HTMLElement, ListingView>()
const panels = new Map<HTMLElement, SteppingPanel>()
let sheet: CSSStyleSheet | undefined

/**
 * Makes every annotated listing under a root one that can be stepped through. Those that are so already stay.
 *
 * @param root of the page, or of a part of it with a style of its own
 * @param words in the learner's language; a listing's own `data-words` come first
 * @param link to who runs programs; without one they cannot be stepped through
 * @returns when all are in colour
 */
export async function drawListings(
  root: Document | ShadowRoot,
  words?: ListingWords,
  link?: SteppingLink,
): Promise<void> {
  const figures = [...root.querySelectorAll<HTMLElement>('.annotated-listing')]
  if (figures.length === 0) return
  addStyle(root)
  for (const [figure, view] of views) if (!view.isConnected) forget(figure)
  const drawn = figures.map((figure) => {
    const code = figure.querySelector<HTMLElement>(':scope > pre')
    const notes = figure.querySelector<HTMLElement>(':scope > ol')
    if (code === null || notes === null) return undefined
    forget(figure)
    const own = readListingWords(figure.dataset['words'])
    const said = own ?? words ?? englishListingWords
    const view = new ListingView(figure, code, notes, said)
    views.set(figure, view)
    if (link !== undefined && figure.dataset['step'] !== undefined) {
      panels.set(figure, new SteppingPanel(figure, view, said, link))
    }
    return view.colour()
  })
  await Promise.all(drawn)
}

/** Takes the focus to the first listing under a root. */
export function enterListing(root: Document | ShadowRoot): void {
  const figure = root.querySelector<HTMLElement>('.annotated-listing')
  if (figure !== null) views.get(figure)?.enter()
}

function forget(figure: HTMLElement): void {
  views.get(figure)?.dispose()
  views.delete(figure)
  panels.get(figure)?.dispose()
  panels.delete(figure)
}

function addStyle(root: Document | ShadowRoot): void {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(listingStyles + steppingStyles)
    onThemeChange(() => {
      for (const view of views.values()) void view.colour()
    })
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
