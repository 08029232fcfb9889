// Durations, sizes, JSON and carets as docker and Go write them.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caretMessage, placeOf } from '../../src/text/caret.ts'
import { formatDuration, humanDuration, parseDuration } from '../../src/text/duration.ts'
import { writeJson } from '../../src/text/json.ts'
import { bytesSize, humanSize, humanSizeShort, parseRamSize } from '../../src/text/size.ts'

describe('how long ago', () => {
  it.each([
    [0.9, 'Less than a second'],
    [1, '1 second'],
    [59.9, '59 seconds'],
    [60, 'About a minute'],
    [119, 'About a minute'],
    [120, '2 minutes'],
    [3599, '59 minutes'],
    [3600, 'About an hour'],
    [5399, 'About an hour'],
    [5400, '2 hours'],
    [47 * 3600, '47 hours'],
    [48 * 3600, '2 days'],
    [14 * 86_400, '2 weeks'],
    [60 * 86_400, '2 months'],
    [730 * 86_400, '2 years'],
  ])('%d seconds', (seconds, text) => expect(humanDuration(seconds)).toBe(text))
})

describe("Go's durations", () => {
  it.each([
    ['1h', '1h0m0s'],
    ['90s', '1m30s'],
    ['1.5s', '1.5s'],
    ['300ms', '300ms'],
    ['2h45m0.5s', '2h45m0.5s'],
    ['-1m', '-1m0s'],
    ['0', '0s'],
    ['1500us', '1.5ms'],
    ['1ns', '1ns'],
  ])('%s', (given, written) => expect(formatDuration(parseDuration(given))).toBe(written))

  it('are read back as written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), (nanoseconds) => {
        expect(parseDuration(formatDuration(nanoseconds))).toBe(nanoseconds)
      }),
    )
  })

  it.each([
    ['', 'time: invalid duration ""'],
    ['abc', 'time: invalid duration "abc"'],
    ['5', 'time: missing unit in duration "5"'],
    ['5x', 'time: unknown unit "x" in duration "5x"'],
  ])('refuse %j', (given, message) => expect(() => parseDuration(given)).toThrow(message))
})

describe('sizes', () => {
  it.each([
    [0, '0B'],
    [767_334, '767kB'],
    [1_981_234, '1.98MB'],
    [1_000_000, '1MB'],
    [999, '999B'],
  ])('%d bytes in a table of docker', (bytes, text) => expect(humanSizeShort(bytes)).toBe(text))

  it('has four digits elsewhere', () => expect(humanSize(1_234_567)).toBe('1.235MB'))
  it('is binary where memory is meant', () => expect(bytesSize(1_572_864)).toBe('1.5MiB'))

  it.each([
    ['512', 512],
    ['64k', 65_536],
    ['1.5m', 1_572_864],
    ['2GiB', 2_147_483_648],
    ['1b', 1],
  ])('reads %s', (text, bytes) => expect(parseRamSize(text)).toBe(bytes))

  it('refuses a suffix as newer engines do', () => expect(() => parseRamSize('12x')).toThrow("invalid suffix: 'x'"))
  it('refuses a suffix as older engines do', () => {
    expect(() => parseRamSize('12x', 'size')).toThrow("invalid size: '12x'")
  })
})

describe('JSON', () => {
  it('keeps the order of keys and indents by four', () => {
    expect(writeJson([{ b: 1, a: [], c: { d: null, e: '<' } }], { indent: '    ' })).toBe(
      '[\n    {\n        "b": 1,\n        "a": [],\n        "c": {\n            "d": null,\n            "e": "<"\n        }\n    }\n]',
    )
  })
  it('escapes HTML on request', () => expect(writeJson('<&>', { escapeHtml: true })).toBe('"\\u003c\\u0026\\u003e"'))
  it('keeps keys that look like numbers where they are, in a Map', () => {
    expect(
      writeJson(
        new Map<string, unknown>([
          ['b', 1],
          ['1', 2n],
        ]) as unknown,
      ),
    ).toBe('{"b":1,"1":2}')
  })
  it('is read back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, '  '), (value, indent) => {
        const format = indent === undefined ? {} : { indent }
        expect(JSON.parse(writeJson(value, format))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('a message about a place', () => {
  it('has the line and a caret', () => {
    const text = 'title: x\n\tminutes: soon\n'
    expect(caretMessage(placeOf('a.lab.md', text, text.indexOf('soon')), text, 'not a number')).toBe(
      'a.lab.md:2:11: not a number\n\tminutes: soon\n\t         ^',
    )
  })
})
