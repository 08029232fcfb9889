// The simulated bash prints what the real one prints: the cases of the `.txt` files beside, run on both.
import { describe } from 'vitest'
import { bash, testShellFixtures } from './fixtures.ts'

const files = [
  ...['expansion', 'arithmetic', 'arith', 'commands', 'redirection', 'redirections', 'builtins', 'jobs', 'jobcontrol'],
  ...['errors', 'quoting', 'parameters', 'arrays', 'globs', 'heredocs', 'functions', 'control', 'options', 'input'],
]

describe.each(files)('bash: %s', (name) => {
  testShellFixtures(`${import.meta.dirname}/${name}.txt`, bash)
})
