// Broken programs against the real gcc 12: broken/NAME.c and what it printed, broken/NAME.txt, renewed by record.sh.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { messages, withoutHeaderPlaces } from './compile.ts'

const directory = new URL('broken/', import.meta.url)
const names = readdirSync(directory)
  .filter((name) => name.endsWith('.c'))
  .map((name) => name.slice(0, -2))

/** gcc says more here: these warnings come from following values through the program, which is not done here. */
const withoutValueTracking: Readonly<Record<string, RegExp>> = {
  'wrong-argument-type': /^.*\[-Wstringop-overread\]\n.*\n.*\n/m,
}

/** What the compiler itself printed, without the linker's lines and the exit code. */
function compilerOutput(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(\/usr\/bin\/ld: |collect2: |\[exit |\S*\(\.text\+)/.test(line))
    .join('\n')
}

describe('a broken program gets the messages of gcc 12', () => {
  test.each(names)('%s', (name) => {
    const source = readFileSync(new URL(`${name}.c`, directory), 'utf8')
    const recorded = readFileSync(new URL(`${name}.txt`, directory), 'utf8')
    const left = withoutValueTracking[name]
    const expected = left === undefined ? recorded : recorded.replace(left, '')
    expect(withoutHeaderPlaces(messages(source, `${name}.c`))).toBe(withoutHeaderPlaces(compilerOutput(expected)))
  })
})
