// The simulated bash prints what the real one prints: the cases of the `.txt` files beside, run on both.
import { describe } from 'vitest'
import { bash, testShellFixtures } from './fixtures.ts'

const files = ['expansion', 'arithmetic', 'commands', 'redirection', 'builtins', 'jobs', 'errors']

describe.each(files)('bash: %s', (name) => {
  testShellFixtures(`${import.meta.dirname}/${name}.txt`, bash)
})
