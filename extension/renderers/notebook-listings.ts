// Draws annotated listings in VS Code's markdown in notebooks. In notebooks that are not ours it changes nothing, and what
// draws them is loaded with the first listing.

import type { MarkdownIt } from 'markdown-it'
import type { ActivationFunction } from 'vscode-notebook-renderer'
import { annotatedListings } from '../../src/notebook/annotated-listing.ts'
import { type ListingWords, readListingWords, readStepNotes } from '../common/listing-words.ts'
import { readSteppingAnswer } from '../common/stepping-messages.ts'
import type { Env } from './markdown-it-types.ts'
import type { SteppingLink } from './stepping-link.ts'

export const activate: ActivationFunction = async (context) => {
  const markdown = (await context.getRenderer('vscode.markdown-it-renderer')) as
    | { extendMarkdownIt(plugin: (md: MarkdownIt) => void): void }
    | undefined
  if (markdown === undefined) throw new Error('The markdown renderer of VS Code is not there.')
  let words: Promise<ListingWords | undefined> | undefined
  const link = linkTo(context)
  const draw = async (id: string): Promise<void> => {
    words ??= wordsFrom(context)
    const { drawListings } = await import('./listings.ts')
    const root = document.getElementById(id)?.shadowRoot
    if (root) await drawListings(root, await words, link)
  }
  /** The elements of cells that have listings, by what tells a cell from others in its metadata. */
  const drawn = new Map<number, string>()
  context.onDidReceiveMessage?.((message) => {
    const cell = readStepNotes(message)
    const root = cell === undefined ? undefined : document.getElementById(drawn.get(cell) ?? '')?.shadowRoot
    if (root) void import('./listings.ts').then(({ enterListing }) => enterListing(root))
  })
  markdown.extendMarkdownIt(
    annotatedListings({
      isWanted: (env) => 'pauseLab' in metadataOf(env),
      before: annotatedBefore,
      onDraw(env) {
        const id = (env as Env & { outputItem?: { id?: string } })?.outputItem?.id
        if (id === undefined) return
        drawn.set(Number(ownMetadata(env)['from']), id)
        // The renderer puts the HTML into the page right after this.
        queueMicrotask(() => void draw(id))
      },
    }),
  )
}

/** The extension as the one that runs programs; undefined where there is none to ask. */
function linkTo({ onDidReceiveMessage, postMessage }: Parameters<ActivationFunction>[0]): SteppingLink | undefined {
  if (onDidReceiveMessage === undefined || postMessage === undefined) return undefined
  return {
    send: (request) => postMessage(request),
    onAnswer: (listener) =>
      onDidReceiveMessage((message) => {
        const answer = readSteppingAnswer(message)
        if (answer !== undefined) listener(answer)
      }),
  }
}

/** The extension's words; undefined where there is no extension to ask. */
function wordsFrom(context: Parameters<ActivationFunction>[0]): Promise<ListingWords | undefined> {
  const { onDidReceiveMessage, postMessage } = context
  if (onDidReceiveMessage === undefined || postMessage === undefined) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const subscription = onDidReceiveMessage((message) => {
      const words = readListingWords(message)
      if (words === undefined) return
      subscription.dispose()
      resolve(words)
    })
    postMessage({ type: 'listing-words-wanted' })
  })
}

/** The recorded listing that the cell's first notes explain: it stands in the cell before. */
function annotatedBefore(env: unknown): string | undefined {
  const { annotates } = ownMetadata(env)
  return typeof annotates === 'string' ? annotates : undefined
}

function ownMetadata(env: unknown): Readonly<Record<string, unknown>> {
  const own = metadataOf(env)['pauseLab']
  return typeof own === 'object' && own !== null ? { ...own } : {}
}

function metadataOf(env: unknown): Readonly<Record<string, unknown>> {
  const metadata = (env as Env | undefined)?.outputItem?.metadata
  return typeof metadata === 'object' && metadata !== null ? { ...metadata } : {}
}
