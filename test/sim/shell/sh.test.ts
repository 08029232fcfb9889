// `sh` prints what the real ones print: dash on the host, busybox's ash in a container.
import { describe } from 'vitest'
import { ash, dash, testShellFixtures } from './fixtures.ts'

describe('dash', () => {
  testShellFixtures(`${import.meta.dirname}/dash.txt`, dash)
})

describe('ash', () => {
  testShellFixtures(`${import.meta.dirname}/ash.txt`, ash)
})
