// sort(1): lines in order, by keys; and uniq(1), which counts equal neighbours.
import type { Main, Program } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import type { Invocation } from './command.ts'
import { command, eachInput, ProgramError } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { LineReader, lines, readAll, writeAll, writeOut } from './stdio.ts'

const rows: readonly OptionRow[] = [
  { names: ['n', 'numeric-sort'] },
  { names: ['g', 'general-numeric-sort'] },
  { names: ['h', 'human-numeric-sort'] },
  { names: ['V', 'version-sort'] },
  { names: ['r', 'reverse'] },
  { names: ['u', 'unique'] },
  { names: ['f', 'ignore-case'] },
  { names: ['b', 'ignore-leading-blanks'] },
  { names: ['d', 'dictionary-order'] },
  { names: ['s', 'stable'] },
  { names: ['c', 'check'] },
  { names: ['k', 'key'], value: 'required' },
  { names: ['t', 'field-separator'], value: 'required' },
  { names: ['o', 'output'], value: 'required' },
  { names: ['z', 'zero-terminated'] },
]

interface Key {
  readonly startField: number
  readonly startCharacter: number
  readonly endField: number | undefined
  readonly endCharacter: number
  /** Letters of the key, or of the whole command. */
  readonly flags: string
}

export const sort: Main = command(
  'sort',
  rows,
  function* run(invocation: Invocation) {
    const { system, operands } = invocation
    const flags = ['n', 'g', 'h', 'V', 'r', 'f', 'b', 'd'].filter((flag) => invocation.has(flag)).join('')
    const keys = (invocation.given.get('k') ?? []).map((text) => parseKey(text, flags))
    const end = invocation.has('z') ? '\0' : '\n'
    const all: string[] = []
    const status = yield* eachInput(
      invocation,
      operands,
      function* read(fd) {
        const text = decodeText(yield* readAll(system, fd))
        all.push(...(end === '\n' ? lines(text) : text.split('\0').filter(Boolean)))
      },
      (path, reason) => `cannot read: ${path}: ${reason}`,
    )
    if (status !== 0) return 2
    const byKeys = comparison(keys, flags, invocation.value('t'))
    const lastResort = (a: string, b: string): number => {
      if (invocation.has('s') || invocation.has('u')) return 0
      return (flags.includes('r') ? -1 : 1) * byBytes(a, b)
    }
    if (invocation.has('c')) return yield* check(invocation, all, byKeys)
    const sorted = all.toSorted((a, b) => byKeys(a, b) || lastResort(a, b))
    const kept = invocation.has('u')
      ? sorted.filter((line, at) => at === 0 || byKeys(sorted[at - 1] ?? '', line) !== 0)
      : sorted
    const text = kept.map((line) => line + end).join('')
    const output = invocation.value('o')
    if (output === undefined) yield* writeOut(system, text)
    else {
      const fd = yield* system.open(output, ['WRONLY', 'CREAT', 'TRUNC'])
      yield* writeAll(system, fd, text)
      yield* system.close(fd)
    }
    return 0
  },
  { usageStatus: 2 },
)

function* check(
  invocation: Invocation,
  all: readonly string[],
  compare: (a: string, b: string) => number,
): Program<number> {
  const at = all.findIndex((line, index) => index > 0 && compare(all[index - 1] ?? '', line) > 0)
  if (at < 0) return 0
  throw new ProgramError(`${invocation.operands[0] ?? '-'}:${at + 1}: disorder: ${all[at]}`)
}

/** A key such as `2,3n` or `2.1,2.3`. */
function parseKey(text: string, flags: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text)
  if (!match) throw new ProgramError(`invalid number at field start: invalid count at start of '${text}'`, 2)
  if (match[1] === '0') throw new ProgramError(`-: invalid field specification '${text}'`, 2)
  return {
    startField: Number(match[1]) - 1,
    startCharacter: Number(match[2] ?? 1) - 1,
    endField: match[4] === undefined ? undefined : Number(match[4]) - 1,
    endCharacter: Number(match[5] ?? 0),
    flags: (match[3] ?? '') + (match[6] ?? '') || flags,
  }
}

function keyText(line: string, key: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*\S+|\s+$/g) ?? []) : line.split(separator)
  const joiner = separator ?? ''
  const end = key.endField === undefined ? fields.length : key.endField + 1
  const selected = fields.slice(key.startField, end)
  if (key.endField !== undefined && key.endCharacter > 0 && selected.length > 0) {
    const last = selected.length - 1
    selected[last] = (selected[last] ?? '').slice(0, key.endCharacter)
  }
  return selected.join(joiner).slice(key.startCharacter)
}

function comparison(
  keys: readonly Key[],
  flags: string,
  separator: string | undefined,
): (a: string, b: string) => number {
  if (keys.length === 0) return comparisonBy(flags)
  const each = keys.map((key) => ({ key, compare: comparisonBy(key.flags) }))
  return (a, b) => {
    for (const { key, compare } of each) {
      const order = compare(keyText(a, key, separator), keyText(b, key, separator))
      if (order !== 0) return order
    }
    return 0
  }
}

function comparisonBy(flags: string): (a: string, b: string) => number {
  const sign = flags.includes('r') ? -1 : 1
  const value = valueBy(flags)
  if (value) return (a, b) => sign * (value(a) - value(b))
  if (flags.includes('V')) return (a, b) => sign * compareVersions(a, b)
  const prepare = (text: string): string => {
    let result = flags.includes('b') ? text.trimStart() : text
    if (flags.includes('d')) result = result.replace(/[^A-Za-z0-9 \t]/g, '')
    return flags.includes('f') ? result.toUpperCase() : result
  }
  return (a, b) => sign * byBytes(prepare(a), prepare(b))
}

function valueBy(flags: string): ((text: string) => number) | undefined {
  if (flags.includes('n')) return (text) => Number(/^\s*(-?\d*\.?\d+|-?\d+)/.exec(text)?.[1] ?? 0)
  if (flags.includes('g')) return (text) => Number.parseFloat(text) || 0
  if (!flags.includes('h')) return undefined
  return (text) => {
    const match = /^\s*(-?\d*\.?\d+)([KMGTP]?)/i.exec(text)
    return Number(match?.[1] ?? 0) * 1024 ** ' KMGTP'.indexOf((match?.[2] ?? '').toUpperCase() || ' ')
  }
}

function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const one = left[at] ?? ''
    const other = right[at] ?? ''
    const order = /^\d/.test(one) && /^\d/.test(other) ? Number(one) - Number(other) : byBytes(one, other)
    if (order !== 0) return order
  }
  return 0
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

const uniqRows: readonly OptionRow[] = [
  { names: ['c', 'count'] },
  { names: ['d', 'repeated'] },
  { names: ['u', 'unique'] },
  { names: ['i', 'ignore-case'] },
  { names: ['f', 'skip-fields'], value: 'required' },
  { names: ['s', 'skip-chars'], value: 'required' },
  { names: ['w', 'check-chars'], value: 'required' },
]

export const uniq: Main = command('uniq', uniqRows, function* run(invocation) {
  const { system, operands } = invocation
  const [input] = operands
  const number = (option: string): number | undefined =>
    invocation.value(option) === undefined ? undefined : Number(invocation.value(option))
  const keyOf = (line: string): string => {
    const skipped = line.replace(new RegExp(`^(?:\\s*\\S+){0,${number('f') ?? 0}}`), '').slice(number('s') ?? 0)
    const cut = skipped.slice(0, number('w'))
    return invocation.has('i') ? cut.toLowerCase() : cut
  }
  return yield* eachInput(invocation, input === undefined ? [] : [input], function* read(fd) {
    const reader = new LineReader(system, fd)
    let group: { line: string; count: number } | undefined
    for (;;) {
      const line = yield* reader.nextText()
      if (group && line !== undefined && keyOf(line) === keyOf(group.line)) {
        group.count += 1
        continue
      }
      const wanted = group && !(invocation.has('d') && group.count === 1) && !(invocation.has('u') && group.count > 1)
      if (group && wanted) {
        yield* writeOut(system, `${invocation.has('c') ? `${String(group.count).padStart(7)} ` : ''}${group.line}\n`)
      }
      if (line === undefined) return
      group = { line, count: 1 }
    }
  })
})
