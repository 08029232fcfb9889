// What Tab offers in the terminal: commands for a line's first word, files for the others. The machine's own shell is asked.

import type { Completion } from './line-editor.ts'

/** Runs a script in the shell and returns what it prints to standard output. */
export type RunQuietly = (script: string) => Promise<string>

/** @param line the line up to the cursor */
export async function completeWord(line: string, run: RunQuietly): Promise<Completion> {
  const word = /[^\s|;&<>()]*$/.exec(line)?.[0] ?? ''
  const start = line.length - word.length
  const isCommand = /(?:^|[|;&(])\s*$/.test(line.slice(0, start)) && !word.includes('/')
  const names = isCommand ? await commands(run) : await files(word, run)
  const candidates = [...new Set(names)].filter((name) => name.startsWith(word)).toSorted()
  return { start, candidates }
}

async function commands(run: RunQuietly): Promise<string[]> {
  const listed = await run('for directory in ${PATH//:/ }; do ls -1 "$directory"; done 2>/dev/null')
  return linesOf(listed)
}

async function files(word: string, run: RunQuietly): Promise<string[]> {
  const directory = word.slice(0, word.lastIndexOf('/') + 1)
  const listed = await run(`ls -1ap -- ${quote(directory === '' ? '.' : directory)} 2>/dev/null`)
  const isHidden = word.slice(directory.length).startsWith('.')
  return linesOf(listed)
    .filter((name) => name !== './' && name !== '../' && (isHidden || !name.startsWith('.')))
    .map((name) => directory + name)
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((name) => name !== '')
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
