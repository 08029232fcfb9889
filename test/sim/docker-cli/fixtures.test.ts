// Every `.txt` of this folder, on a machine of the version in its name.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EngineVersion } from '../../../src/sim/docker/versions.ts'
import { type FixtureTest, readFixture, runFixture } from './fixture.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'))
const renew = process.env['RENEW_FIXTURES'] === '1'

describe.each(files)('%s', (file) => {
  const path = `${import.meta.dirname}/${file}`
  const text = readFileSync(path, 'utf8')
  const version = (/\.(20\.10|26\.1|today)\.txt$/.exec(file)?.[1] ?? '28.5') as EngineVersion
  const tests = readFixture(text)
  if (renew) {
    it('is written anew', async () => {
      const parts: string[] = []
      for (const test of tests) parts.push(`# ${test.name}\n${await runFixture(version, test)}\n`)
      writeFileSync(path, text.slice(0, Math.max(0, text.search(/^# /m))) + parts.join('\n'))
      expect(parts).toHaveLength(tests.length)
    })
    return
  }
  it.each(tests.map((test) => [test.name, test] as const))('%s', async (_, test: FixtureTest) => {
    expect(await runFixture(version, test)).toBe(test.text)
  })
})
