// What real engines printed for the project's own scripts: recorded/ENGINE.jsonl, one script a line, in the scripts' order.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Printed } from './printed.ts'
import type { OwnScript } from './scripts.ts'

interface Line extends Printed {
  readonly subject: string
  readonly title: string
  readonly script: string
}

/** The recordings of one engine. A script whose text has changed since has none. */
export class Recordings {
  readonly #file: URL
  readonly #lines = new Map<string, Line>()

  constructor(engine: string) {
    this.#file = new URL(`recorded/${engine}.jsonl`, import.meta.url)
    for (const text of read(this.#file).split('\n')) {
      if (text === '') continue
      const line = JSON.parse(text) as Line
      this.#lines.set(keyOf(line), line)
    }
  }

  of({ subject, title, text }: OwnScript): Printed | undefined {
    const line = this.#lines.get(keyOf({ subject, title, script: text }))
    return line && { stdout: line.stdout, stderr: line.stderr, exitCode: line.exitCode }
  }

  set({ subject, title, text }: OwnScript, printed: Printed): void {
    const line = { subject, title, script: text, ...printed }
    this.#lines.set(keyOf(line), line)
  }

  /** Writes what is recorded of these scripts; what others left is dropped. */
  save(scripts: readonly OwnScript[]): void {
    const lines = scripts.map(({ subject, title, text }) => this.#lines.get(keyOf({ subject, title, script: text })))
    const kept = lines.filter((line) => line !== undefined)
    writeFileSync(this.#file, kept.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

function read(file: URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function keyOf({ subject, title, script }: Pick<Line, 'subject' | 'title' | 'script'>): string {
  return `${subject}: ${title}\n${script}`
}
