// Proving and renewing listings from the command line.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { fixtures, pauseLab } from './world.ts'
import type { OpenMachine } from '../../src/cli/io.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'

const directories: string[] = []

afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true })
})

/** A directory with the lesson in it, changed. */
async function copyOf(change: (text: string) => string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'pause-lab-test-'))
  directories.push(directory)
  await cp(join(fixtures, 'en/01-hello.lab.md'), join(directory, 'x.lab.md'))
  await writeFile(join(directory, 'x.lab.md'), change(await readFile(join(directory, 'x.lab.md'), 'utf8')))
  return directory
}

/** The version is the persona's own and no matter here. */
const engine = (text: string): string => text.replaceAll(/\bdocker \d[\d.]*|Linux [\d.]+|this machine/g, 'ENGINE')

test('a lesson that holds', async () => {
  const { exitCode, stdout } = await pauseLab(['check', 'en/01-hello.lab.md'])
  expect([exitCode, engine(stdout)]).toEqual([0, 'right en/01-hello.lab.md on ENGINE: 2 cells, 1 listing, 1 check\n'])
})

test('the whole course, in all its languages', async () => {
  const { exitCode, stdout } = await pauseLab(['check'])
  expect([exitCode, engine(stdout)]).toEqual([
    0,
    `right en/01-hello.lab.md on ENGINE: 2 cells, 1 listing, 1 check
right ru/01-hello.lab.md on ENGINE: 2 cells, 1 listing, 1 check
2 lessons, all right
`,
  ])
})

test('a lesson whose cluster is not here is left out, and says so', async () => {
  const machine = (): OpenMachine => ({
    backend: createSimulatedBackend(),
    missing: async () => 'a cluster for kubectl',
  })
  const { exitCode, stdout } = await pauseLab(['check'], { machine })
  expect([exitCode, stdout]).toEqual([
    0,
    `skipped en/01-hello.lab.md: it needs a cluster for kubectl, which is not here
skipped ru/01-hello.lab.md: it needs a cluster for kubectl, which is not here
2 lessons, 0 right, 2 skipped
`,
  ])
})

test('one changed character of a listing is found, with its line', async () => {
  const cwd = await copyOf((text) => text.replace('\nhello ', '\nhellO '))
  const { exitCode, stdout } = await pauseLab(['check', 'x.lab.md'], { cwd })
  expect([exitCode, engine(stdout)]).toEqual([
    1,
    `--- x.lab.md:17 listing of the cell hello
+++ printed now by ENGINE
@@ -17,1 +17,1 @@
-hellO
+hello

not right x.lab.md on ENGINE: 1 wrong; right are 2 cells, 0 listings, 1 check
`,
  ])
})

test('a wrong exit code is shown with the output', async () => {
  const cwd = await copyOf((text) => text.replace('exit=3', 'exit=4'))
  const { exitCode, stdout } = await pauseLab(['check', 'x.lab.md'], { cwd })
  expect([exitCode, engine(stdout)]).toEqual([
    1,
    `x.lab.md:29: cell count: exit code 3, expected 4
    hello world
not right x.lab.md on ENGINE: 1 wrong; right are 1 cell, 1 listing, 1 check
`,
  ])
})

test('an error in the file itself is shown with its place', async () => {
  const cwd = await copyOf((text) => text.replace('solution=goal', 'solution=gaol'))
  const { exitCode, stdout } = await pauseLab(['check', 'x.lab.md'], { cwd })
  expect([exitCode, engine(stdout)]).toEqual([
    1,
    `x.lab.md:41:29: no such cell: gaol
\`\`\`sh { name=reach solution=gaol }
                            ^
x.lab.md:33: check goal has no solution, so it cannot be proved
not right x.lab.md on ENGINE: 2 wrong; right are 2 cells, 1 listing, 0 checks
`,
  ])
})

test('record renews a listing after asking, and marks where it was proved', async () => {
  const cwd = await copyOf((text) => text.replace('\nhello ', '\nhellO '))
  const { exitCode, stdout } = await pauseLab(['record', 'x.lab.md'], { cwd, lines: ['y'] })
  const text = await readFile(join(cwd, 'x.lab.md'), 'utf8')
  expect([exitCode, stdout.split('\n').at(-2), text.replace(/ proved=\S+/, ' proved')]).toEqual([
    0,
    'x.lab.md: 1 renewed, 0 left as they are',
    (await readFile(join(fixtures, 'en/01-hello.lab.md'), 'utf8')).replace('ignore=true }', 'ignore=true proved }'),
  ])
})

test('record leaves the file as it is when the change is not wanted', async () => {
  const cwd = await copyOf((text) => text.replace('\nhello ', '\nhellO '))
  const before = await readFile(join(cwd, 'x.lab.md'), 'utf8')
  const { exitCode } = await pauseLab(['record', 'x.lab.md'], { cwd, lines: ['n'] })
  expect([exitCode, await readFile(join(cwd, 'x.lab.md'), 'utf8')]).toEqual([1, before])
})

test('what was recorded is right', async () => {
  const cwd = await copyOf((text) => text.replace('\nhello ', '\nhellO '))
  await pauseLab(['record', 'x.lab.md', '--yes'], { cwd })
  expect((await pauseLab(['check', 'x.lab.md'], { cwd })).exitCode).toBe(0)
})

test('a dead link, a term that is not in the glossary, and a missing translation', async () => {
  const cwd = await copyOf((text) => text)
  for (const language of ['en', 'ru']) await mkdir(join(cwd, language))
  await writeFile(join(cwd, 'en/glossary.md'), '# Glossary\n\n### word\n\nA part of a sentence.\n')
  await writeFile(
    join(cwd, 'en/02-words.lab.md'),
    '---\ntitle: Words\n---\n\nA word, [a page](none.md), [a term](glossary.md#term).\n',
  )
  const { exitCode, stdout } = await pauseLab(['check', 'en/02-words.lab.md'], { cwd })
  expect([exitCode, engine(stdout)]).toEqual([
    1,
    `en/02-words.lab.md:5:18: link leads nowhere: there is no file none.md
A word, [a page](none.md), [a term](glossary.md#term).
                 ^
en/02-words.lab.md:5:37: term is not in the glossary: glossary.md has no heading for #term
A word, [a page](none.md), [a term](glossary.md#term).
                                    ^
en/02-words.lab.md:5:3: warning: term of the glossary is used and never linked: word
A word, [a page](none.md), [a term](glossary.md#term).
  ^
en/02-words.lab.md:1:1: lesson has no translation: there is no file ru/02-words.lab.md
---
^
not right en/02-words.lab.md on ENGINE: 3 wrong; right are 0 cells, 0 listings, 0 checks
`,
  ])
})
