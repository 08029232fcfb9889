// Columns of tables that name processes and namespaces: ps(1), `docker top`, lsns(8). Their header says which column it is.

import type { Identity, IdentityKind } from './identity.ts'

/** Headers as ps and lsns print them. */
const kinds: ReadonlyMap<string, IdentityKind> = new Map([
  ['PID', 'process'],
  ['PPID', 'process'],
  ['NS', 'namespace'],
])

interface Column {
  /** Which word of the line, from 0. */
  place: number
  kind: IdentityKind
}

export class TableReader {
  #columns: readonly Column[] = []

  /** Reads the next line: a header begins a table, a line that does not fit ends it. */
  read(line: string): Identity[] {
    const words = [...line.matchAll(/[^ \t]+/g)]
    if (isHeader(words.map(([word]) => word))) {
      this.#columns = words.flatMap(([word], place) => {
        const kind = kinds.get(word)
        return kind === undefined ? [] : [{ place, kind }]
      })
      return []
    }
    const found: Identity[] = []
    for (const { place, kind } of this.#columns) {
      const word = words[place]
      if (word === undefined || !/^\d+$|^‹[^‹›]+›$/.test(word[0])) {
        this.#columns = []
        return []
      }
      // The parent of init is 0: no process.
      if (!/^\d*[1-9]\d*$/.test(word[0])) continue
      found.push({ kind, key: word[0], start: word.index, end: word.index + word[0].length })
    }
    return found
  }
}

function isHeader(words: readonly string[]): boolean {
  return words.length > 1 && words.includes('PID') && words.every((word) => /^[A-Z%][A-Z%:_]*$/.test(word))
}
