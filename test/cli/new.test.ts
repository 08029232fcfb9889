// A lesson is begun, and it holds as it is.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pauseLab } from './world.ts'

let cwd = ''

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'pause-lab-test-'))
  for (const language of ['en', 'ru']) await mkdir(join(cwd, 'notebooks', language), { recursive: true })
})

afterEach(async () => rm(cwd, { recursive: true }))

test('a lesson gets the next number, in both languages', async () => {
  await writeFile(join(cwd, 'notebooks/en/07-old.lab.md'), '')
  expect(await pauseLab(['new', 'cgroups'], { cwd })).toEqual({
    exitCode: 0,
    stdout: 'notebooks/en/08-cgroups.lab.md\nnotebooks/ru/08-cgroups.lab.md\n',
    stderr: '',
  })
})

test('or the one that is asked for', async () => {
  await pauseLab(['new', '18-cgroups'], { cwd })
  expect(await readdir(join(cwd, 'notebooks/ru'))).toEqual(['18-cgroups.lab.md'])
})

test('its listings hold, its check is red before the solution and green after it, its translation is the same', async () => {
  await pauseLab(['new', 'cgroups'], { cwd })
  const { exitCode, stdout } = await pauseLab(['check', 'notebooks/en/01-cgroups.lab.md'], { cwd })
  expect([exitCode, stdout.replace(/ on docker [\d.]+/, '')]).toEqual([
    0,
    'right notebooks/en/01-cgroups.lab.md: 2 cells, 2 listings, 1 check\n',
  ])
})

test('a lesson that is there is left as it is', async () => {
  await writeFile(join(cwd, 'notebooks/ru/18-cgroups.lab.md'), '')
  expect(await pauseLab(['new', 'cgroups'], { cwd })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'pause-lab: there is a lesson 18-cgroups already\n',
  })
})

test('where there is no course, it says what a course has', async () => {
  const { exitCode, stderr } = await pauseLab(['new', 'cgroups'], { cwd: join(cwd, 'notebooks') })
  expect([exitCode, stderr.replace(cwd, '')]).toEqual([
    2,
    'pause-lab: no such file: /notebooks/notebooks/en; a course has the folders notebooks/en and notebooks/ru; go to where they are\n',
  ])
})
