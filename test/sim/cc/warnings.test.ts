// Programs that are right: no message, and with -Wall -Wextra the warnings of gcc 12, recorded in warnings/ by record.sh.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { messages, withoutHeaderPlaces } from './compile.ts'
import { programFolder } from './compiled.ts'

const names = readdirSync(programFolder)
  .filter((name) => name.endsWith('.c'))
  .map((name) => name.slice(0, -2))

/** Warnings that gcc finds by following values and calls through the program: not done here. */
const notFollowed =
  /\[-W(use-after-free|free-nonheap-object|absolute-value|alloc-size-larger-than=|format-overflow=|format-truncation=|infinite-recursion|stringop-[a-z]+|array-bounds|nonnull|unused-result|sizeof-array-div|maybe-uninitialized|restrict|memset-[a-z-]+|clobbered|cast-function-type|implicit-fallthrough=|overflow|return-local-addr|dangling-pointer=|address|uninitialized)\]$/

/** gcc tells of a variable that is changed three times in one expression at other places, and twice. */
const toldElsewhere = new Set(['evaluation-order'])

/** The warnings as blocks of lines, those that are not followed left out; headings too, which depend on what was before. */
function comparable(text: string): string[] {
  const blocks: string[] = []
  let keeps = true
  for (const line of withoutHeaderPlaces(text).split('\n')) {
    if (/: (In function|At top level)|^In file included|^ +from /.test(line)) continue
    if (/: (warning|error): /.test(line)) {
      keeps = !notFollowed.test(line)
      if (keeps) blocks.push(line)
    } else if (keeps && line !== '') blocks.push(line)
  }
  return blocks
}

describe('a program that is right', () => {
  test.each(names.filter((name) => !toldElsewhere.has(name)))('%s: the warnings of gcc -Wall -Wextra', (name) => {
    const file = new URL(`warnings/${name}.txt`, import.meta.url)
    const recorded = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const source = readFileSync(new URL(`${name}.c`, programFolder), 'utf8')
    expect(comparable(messages(source, `${name}.c`, '-Wall -Wextra'))).toEqual(comparable(recorded))
  })
})
