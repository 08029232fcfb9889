// The `docker` that stands first on a session's PATH: what the real one is called with.
import { mkdtemp, rm } from 'node:fs/promises'
import { chmod, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMachineBackend } from '../../src/machine/backend.ts'
import type { Backend, Shell } from '../../src/session/backend.ts'

let directory: string
let backend: Backend
let shell: Shell

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pause-lab-test-'))
  // A docker that prints its arguments, one in brackets each, and fails in its own way.
  await writeFile(join(directory, 'docker'), '#!/bin/sh\nprintf "[%s]" "$@"\necho why >&2\nexit 125\n')
  await chmod(join(directory, 'docker'), 0o755)
  backend = createMachineBackend({ sessionId: 'S', env: { PATH: `${directory}:${process.env['PATH']}` } })
  shell = await backend.open({})
})

afterAll(async () => {
  await backend.dispose()
  await rm(directory, { recursive: true })
})

async function run(script: string): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const output = { stdout: '', stderr: '' }
  const { exitCode } = await shell.run(script, {
    stdout: (chunk) => (output.stdout += new TextDecoder().decode(chunk)),
    stderr: (chunk) => (output.stderr += new TextDecoder().decode(chunk)),
  })
  return { ...output, exitCode }
}

const label = '[--label][dev.pause-lab=1][--label][dev.pause-lab.session=S]'
const image = '[--label][dev.pause-lab.image=S]'

describe('docker labels', () => {
  test.each([
    ['docker run alpine', `[run]${label}[alpine]`],
    ['docker run -d --name a "a b" run', `[run]${label}[-d][--name][a][a b][run]`],
    ['docker create alpine', `[create]${label}[alpine]`],
    ['docker container run alpine', `[container][run]${label}[alpine]`],
    ['docker --context far run alpine', `[--context][far][run]${label}[alpine]`],
    ['docker -H unix:///x -D run alpine', `[-H][unix:///x][-D][run]${label}[alpine]`],
    ['docker --host=unix:///x run alpine', `[--host=unix:///x][run]${label}[alpine]`],
    ['docker network create n', `[network][create]${label}[n]`],
    ['docker volume create', `[volume][create]${label}`],
    ['docker build -t x .', `[build]${image}[-t][x][.]`],
    ['docker buildx build .', `[buildx][build]${image}[.]`],
  ])('what `%s` makes', async (script, stdout) => {
    expect(await run(script)).toEqual({ exitCode: 125, stdout, stderr: 'why\n' })
  })

  test.each([
    ['docker', '[]'],
    ['docker ps -a', '[ps][-a]'],
    ['docker exec a run', '[exec][a][run]'],
    ['docker network ls', '[network][ls]'],
    ['docker network rm create', '[network][rm][create]'],
    ['docker context create c', '[context][create][c]'],
    ['docker --help', '[--help]'],
    ['docker inspect -f "{{.Id}} {{.Name}}" ""', '[inspect][-f][{{.Id}} {{.Name}}][]'],
    ['docker images "*"', '[images][*]'],
  ])('nothing of `%s`', async (script, stdout) => {
    expect(await run(script)).toEqual({ exitCode: 125, stdout, stderr: 'why\n' })
  })
})
