// What of shiki is needed to colour code: its tokenizer and the JavaScript regex engine. A module of its own, so that it is
// loaded with the first listing, and without shiki's writer of HTML: the page is built from elements.
import { codeToTokensBase, createShikiPrimitive } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'

// Forgiving: a rule that this engine cannot read is left out, the text itself never is.
export const core = createShikiPrimitive({
  engine: createJavaScriptRegexEngine({ forgiving: true }),
  langs: [],
  themes: [],
})

export { codeToTokensBase }
