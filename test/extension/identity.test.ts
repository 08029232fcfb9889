// What counts as the same thing in output, and that different things look different.
import { expect, test } from 'vitest'
import { findIdentities, hueOf } from '../../extension/common/identity.ts'

function check(line: string): string[] {
  return findIdentities(line).map(
    ({ kind, type, key, start, end }) => `${type ?? kind} ${key} "${line.slice(start, end)}"`,
  )
}

const full = '3f4a9c0b1d2e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd'

const cases: readonly [line: string, found: string[]][] = [
  ["lrwxrwxrwx 1 root root 0 Nov 1 12:00 net -> 'net:[4026532400]'", ['net 4026532400 "4026532400"']],
  ['pid:[4026531836] and pid_for_children', ['pid 4026531836 "4026531836"']],
  ['3f4a9c0b1d2e   alpine    "sleep 600"', ['container 3f4a9c0b1d2e "3f4a9c0b1d2e"']],
  [full, [`container 3f4a9c0b1d2e "${full}"`]],
  [`"NetworkMode": "container:${full}"`, [`container 3f4a9c0b1d2e "${full}"`]],
  ['"NetworkMode": "container:x"', []],
  ['sha256:3f4a9c0b1d2e', []],
  ['202411011200', []],
  ['ls -l /proc/1234/ns', ['process 1234 "1234"']],
  ['            "Pid": 1234,', ['process 1234 "1234"']],
  ['            "Pid": 0,', []],
  ['PPid:\t1', ['process 1 "1"']],
  ['no numbers here', []],
]

test.each(cases)('%s', (line, found) => {
  expect(check(line)).toEqual(found)
})

test('short and full id of one container have one hue', () => {
  expect(hueOf('container', full.slice(0, 12))).toBe(hueOf('container', findIdentities(full)[0]?.key ?? ''))
})

test('inodes that follow each other are at least 50 degrees apart', () => {
  const hues = [0, 1, 2].map((i) => hueOf('namespace', String(4026532400 + i)))
  const distances = hues.flatMap((a, i) =>
    hues.slice(i + 1).map((b) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b))),
  )
  expect(distances.filter((distance) => distance < 50)).toEqual([])
})
