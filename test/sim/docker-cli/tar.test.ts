// Archives as tar(1) writes them, for `docker import`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTar } from '../../../src/sim/docker-cli/tar.ts'

it('reads files, directories, links and long names', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pause-lab-tar-'))
  const long = `etc/${'deep/'.repeat(30)}file`
  mkdirSync(join(directory, long, '..'), { recursive: true })
  writeFileSync(join(directory, 'pause'), 'program', { mode: 0o755 })
  writeFileSync(join(directory, long), 'x'.repeat(1000))
  symlinkSync('pause', join(directory, 'init'))
  const archive = execFileSync('tar', ['c', '-C', directory, '--format=gnu', 'pause', long, 'init', 'etc/deep'])
  rmSync(directory, { recursive: true })
  const entries = readTar(archive).map(({ name, type, content, target }) => [name, type, content?.length ?? target])
  expect(entries.slice(0, 4)).toEqual([
    ['pause', 'regular', 7],
    [long, 'regular', 1000],
    ['init', 'symlink', 'pause'],
    ['etc/deep', 'directory', undefined],
  ])
})

it('refuses what is no archive', () => {
  expect(() => readTar(new Uint8Array(1024).fill(65))).toThrow('archive/tar: invalid tar header')
})

it('takes an empty archive for one without files', () => expect(readTar(new Uint8Array(1024))).toEqual([]))
