// Help pages and usage errors, byte for byte as three real versions of docker print them.
import { describe, expect, it } from 'vitest'
import { goldenEngines, type GoldenCell, readGolden } from '../../fidelity/golden.ts'
import { type Answer, type DockerVersion, runDocker } from './stage.ts'

/** Runs the lines of a cell, which have only plain words, and gathers what they print; the last exit code counts. */
function runLines(version: DockerVersion, script: string): Answer {
  const total: Answer = { stdout: '', stderr: '', exitCode: 0 }
  for (const line of script.split('\n').filter(Boolean)) {
    const words = line.split(' ')
    const start = words.indexOf('docker')
    const environment = Object.fromEntries(words.slice(0, start).map((word) => word.split('=')))
    const { stdout, stderr, exitCode } = runDocker(version, words.slice(start + 1), environment)
    total.stdout += stdout
    total.stderr += stderr
    total.exitCode = exitCode
  }
  return total
}

/** Cells of `docker-basics` that end before an engine is asked. */
const usageCells = new Set(['unknown-flag', 'unknown-command', 'missing-argument', 'bad-host'])

describe.each(goldenEngines.filter((engine) => engine.startsWith('docker-')))('%s', (engine) => {
  const version = engine.replace('docker-', '') as DockerVersion
  const expectGolden = ({ script, stdout, stderr, exitCode }: GoldenCell) => {
    expect(runLines(version, script)).toEqual({ stdout, stderr, exitCode })
  }
  const cells = readGolden('docker-help', engine)
  it.each(cells.map((cell) => [cell.cell, cell] as const))('prints %s', (_, cell) => expectGolden(cell))

  const basics = readGolden('docker-basics', engine)
  it.each(basics.filter(({ cell }) => usageCells.has(cell)).map((cell) => [cell.cell, cell] as const))(
    'refuses %s',
    (_, cell) => expectGolden(cell),
  )
})
