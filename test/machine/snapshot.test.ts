// Processes as a small tree of files tells of them, laid out as proc(5) has it.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readProcesses } from '../../src/machine/snapshot.ts'

const id = 'ab'.repeat(32)
const files: Readonly<Record<string, string>> = {
  '1/status': 'Name:\tsystemd\nState:\tS (sleeping)\nPPid:\t0\nNSpid:\t1\n',
  '1/cmdline': '/sbin/init\0splash\0',
  '1/cgroup': '0::/init.scope\n',
  '40/status': 'Name:\tpause\nState:\tS (sleeping)\nPPid:\t1\nNSpid:\t40\t1\n',
  '40/cmdline': '/pause\0',
  '40/cgroup': `0::/system.slice/docker-${id}.scope\n`,
  '41/status': 'Name:\tsh\nState:\tZ (zombie)\nPPid:\t40\nNSpid:\t41\t7\n',
  '41/cmdline': '',
  '41/cgroup': `4:memory:/docker/${id}\n`,
  '42/stat': 'a process that has just ended',
  version: 'Linux version 6.1',
}

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pause-lab-proc-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await mkdir(join(root, '40/ns'))
  await symlink('net:[4026532184]', join(root, '40/ns/net'))
  await symlink('pid:[4026532186]', join(root, '40/ns/pid'))
})

afterAll(() => rm(root, { recursive: true }))

test('a process has its namespaces, its container and all its PIDs', () => {
  expect(readProcesses(root)).toEqual([
    { pid: 1, ppid: 0, state: 'S', comm: 'systemd', cmdline: ['/sbin/init', 'splash'], nspid: [1], namespaces: {} },
    {
      pid: 40,
      ppid: 1,
      state: 'S',
      comm: 'pause',
      cmdline: ['/pause'],
      nspid: [40, 1],
      namespaces: { net: 4026532184, pid: 4026532186 },
      container: id,
    },
    { pid: 41, ppid: 40, state: 'Z', comm: 'sh', cmdline: [], nspid: [41, 7], namespaces: {}, container: id },
  ])
})
