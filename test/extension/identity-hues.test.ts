// Different identities look different, also where their numbers alone would give them one hue.
import { expect, test } from 'vitest'
import { hueOf } from '../../extension/common/identity.ts'
import { IdentityHues } from '../../extension/common/identity-hues.ts'

/** Inodes of the namespaces of two containers, as an engine made them. */
const inodes = [4026532184, 4026532182, 4026532330, 4026532180, 4026532328, 4026532183, 4026532331, 4026532181].map(
  String,
)

test('by their numbers alone two of them would look the same', () => {
  expect(Math.abs(hueOf('namespace', '4026532184') - hueOf('namespace', '4026532328'))).toBeLessThan(5)
})

test('all of them are at least 24 degrees apart', () => {
  const hues = new IdentityHues()
  const given = inodes.map((inode) => hues.of('namespace', inode))
  const distances = given.flatMap((a, i) =>
    given.slice(i + 1).map((b) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b))),
  )
  expect(distances.filter((distance) => distance < 24)).toEqual([])
})

test('the first one has the hue of its number, and keeps it', () => {
  const hues = new IdentityHues()
  const first = hues.of('namespace', '4026532184')
  for (const inode of inodes) hues.of('namespace', inode)
  expect([first, hues.of('namespace', '4026532184')]).toEqual([
    hueOf('namespace', '4026532184'),
    hueOf('namespace', '4026532184'),
  ])
})

test('more than there are hues for still get one', () => {
  const hues = new IdentityHues()
  const given = Array.from({ length: 100 }, (_, pid) => hues.of('process', String(pid)))
  expect(given.every((hue) => hue >= 0 && hue < 360)).toBe(true)
})
