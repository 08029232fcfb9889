// What must hold for every row of the tables of commands and flags.
import { expect, it } from 'vitest'
import { commands, groups } from '../../../src/sim/docker-cli/commands.ts'
import { flagsFor } from '../../../src/sim/docker-cli/flag-types.ts'
import { goldenEngines } from '../../fidelity/golden.ts'
import { type DockerVersion, runDocker } from './stage.ts'

const releases = goldenEngines.map((engine) => engine.replace('docker-', '') as Exclude<DockerVersion, 'today'>)
const names = commands.flatMap((command) => command.names)

it('names every command once', () => expect(names.length).toBe(new Set(names).size))

it.each(releases)('gives each flag of %s one row and one letter', (release) => {
  for (const command of commands) {
    const rows = flagsFor(command.flags ?? [], release)
    const letters = rows.flatMap((row) => row.shorthand ?? [])
    expect(new Set(rows.map((row) => row.name)).size, command.names[0]).toBe(rows.length)
    expect(new Set(letters).size, command.names[0]).toBe(letters.length)
  }
})

it('puts every command of two words into a group that is there', () => {
  const words = names.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0])
  const known = new Set(groups.map((group) => group.name))
  expect(words.filter((word) => word === undefined || !known.has(word))).toEqual([])
})

it.each(names.filter((name) => name !== 'context show'))('docker %s --help begins with its usage', (name) => {
  const usage = `Usage:  docker ${name}`
  const { stdout, exitCode } = runDocker('28.5', [...name.split(' '), '--help'])
  expect([stdout.slice(0, usage.length), exitCode]).toEqual([usage, 0])
})
