// The programs of the simulated machine print what the real ones print: the cases of the `.txt` files beside, run on both.
import { existsSync, readFileSync } from 'node:fs'
import { describe } from 'vitest'
import { ash, bash, type FixtureShell, testShellFixtures } from '../shell/fixtures.ts'

/** What each family of programs says of 50 wrong command lines. */
const wrong = ['ps-wrong', 'signal-wrong', 'namespaces-wrong', 'mounts-wrong', 'sockets-wrong', 'network']
const files = ['lines', 'words', 'files', 'modes', 'names', 'start', 'signals', ...wrong]

/** The words are those of Debian 12's tools, for root: elsewhere the simulated ones are held to them alone. */
function isDebian12(): boolean {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return /^ID=debian$/m.test(release) && /^VERSION_ID="12"$/m.test(release) && process.getuid?.() === 0
}

function whereTheyAre(shell: FixtureShell, program: string): FixtureShell {
  return isDebian12() && existsSync(program) ? shell : { ...shell, file: '/nonexistent' }
}

describe.each(files)('programs of the host: %s', (name) => {
  testShellFixtures(`${import.meta.dirname}/${name}.txt`, whereTheyAre(bash, '/usr/bin/pgrep'))
})

describe('applets of busybox', () => {
  testShellFixtures(`${import.meta.dirname}/busybox.txt`, whereTheyAre(ash, '/usr/bin/busybox'))
})
