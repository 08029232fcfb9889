// Whatever is typed, the compiler answers with messages: it never throws, and never calls itself broken.
import { readdirSync, readFileSync } from 'node:fs'
import { array, assert, constant, constantFrom, double, integer, oneof, property, record, string } from 'fast-check'
import { expect, test } from 'vitest'
import { checkProgram } from './compile.ts'
import { programFolder } from './compiled.ts'

const programs = readdirSync(programFolder)
  .filter((name) => name.endsWith('.c'))
  .map((name) => readFileSync(new URL(name, programFolder), 'utf8'))
const tokens = programs.flatMap((text) => text.match(/"(?:\\.|[^"\n])*"|\w+|[-+*/%&|^<>=!]=?|\S/g) ?? [])

/** Messages that the compiler's own defects would give. */
function defects(source: string): string[] {
  const { diagnostics } = checkProgram(source, 'any.c', '-Wall -Wextra')
  return diagnostics.map(({ message }) => message).filter((message) => message.includes('internal compiler error'))
}

test('no program with a token taken out, doubled or replaced breaks the compiler', () => {
  const mutation = record({
    program: constantFrom(...programs),
    at: double({ min: 0, max: 1, noNaN: true }),
    length: integer({ min: 0, max: 12 }),
    text: oneof(constant(''), constantFrom(...tokens), string({ maxLength: 4 })),
  })
  assert(
    property(mutation, ({ program, at, length, text }) => {
      const start = Math.floor(at * program.length)
      expect(defects(`${program.slice(0, start)}${text}${program.slice(start + length)}`)).toEqual([])
    }),
    { numRuns: 120, seed: 5 },
  )
})

test('no heap of tokens breaks the compiler', () => {
  assert(
    property(array(constantFrom(...tokens), { maxLength: 60 }), (list) => {
      expect(defects(list.join(' '))).toEqual([])
    }),
    { numRuns: 400, seed: 6 },
  )
})

test('no text breaks the compiler', () => {
  assert(
    property(oneof(string({ unit: 'binary' }), string()), (text) => {
      expect(defects(text)).toEqual([])
    }),
    { numRuns: 150, seed: 7 },
  )
})

test.each([
  ['parentheses', `int main(void) { return ${'('.repeat(30_000)}1; }`],
  ['braces', `int main(void) ${'{'.repeat(30_000)}`],
  ['brackets', `int a${'[1]'.repeat(20_000)};`],
  ['pointers', `int ${'*'.repeat(30_000)}p;`],
  ['functions', `int ${'('.repeat(20_000)}f${')(void)'.repeat(20_000)};`],
  ['unary operators', `int main(void) { return ${'- '.repeat(50_000)}1; }`],
  ['initializers', `int a[] = ${'{'.repeat(50_000)}`],
  ['structs', `${'struct { '.repeat(20_000)}`],
  ['else if', `int main(int c) { ${'if (c) ; else '.repeat(20_000)} ; }`],
  ['sums', `int x = ${'1 + '.repeat(20_000)}1;`],
  [
    'macros that grow',
    `#define a b b\n#define b c c\n#define c d d\n#define d e e\n${Array.from({ length: 40 }, (_, index) => `#define e${index} e${index + 1} e${index + 1}\n`).join('')}e0`,
  ],
  ['conditions', `#if ${'('.repeat(50_000)}1\n#endif`],
])('endless %s do not break the compiler', (_name, source) => {
  expect(defects(source)).toEqual([])
})
