// C programs as under the real gcc and Linux: standard output, standard error, exit code or signal, recorded in NAME.txt.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CompiledPrograms, programFolder } from './compiled.ts'

const names = readdirSync(programFolder)
  .filter((file) => file.endsWith('.c'))
  .map((file) => file.slice(0, -2))

describe('a C program prints and ends as under the real gcc', () => {
  const programs = new CompiledPrograms()
  test.each(names)('%s', async (name) => {
    expect(await programs.record(name)).toBe(readFileSync(new URL(`${name}.txt`, programFolder), 'utf8'))
  })
})
