// The machine at a moment, as text.
import { expect, test } from 'vitest'
import type { Snapshot } from '../../src/xray/snapshot.ts'
import { FakeBackend } from '../session/fake-backend.ts'
import { pauseLab } from './world.ts'

const id = 'a53ea8be109d'.padEnd(64, '0')

const snapshot: Snapshot = {
  time: 0,
  processes: [
    {
      pid: 1,
      ppid: 0,
      state: 'S',
      comm: 'init',
      cmdline: ['/sbin/init'],
      nspid: [1],
      namespaces: { net: 4_026_531_833 },
    },
    {
      pid: 211,
      ppid: 1,
      state: 'S',
      comm: 'pause',
      cmdline: ['/pause'],
      nspid: [211, 1],
      namespaces: { net: 4_026_532_636, pid: 4_026_532_635 },
      container: id,
    },
    { pid: 230, ppid: 211, state: 'Z', comm: 'sleep', cmdline: [], nspid: [230, 7], namespaces: {}, container: id },
  ],
  containers: [
    {
      id,
      name: 'alp1',
      image: 'alpine',
      status: 'running',
      pid: 211,
      networkMode: 'bridge',
      addresses: { bridge: '172.17.0.2' },
    },
  ],
}

class Pictured extends FakeBackend {
  override async snapshot(): Promise<Snapshot> {
    return snapshot
  }
}

test('containers with their processes, a zombie in brackets, then the host', async () => {
  expect(await pauseLab(['xray'], { machine: () => ({ backend: new Pictured() }) })).toEqual({
    exitCode: 0,
    stdout: `alp1  a53ea8be109d  alpine  running  network bridge  bridge 172.17.0.2
  211 > 1  S  /pause  net:[4026532636] pid:[4026532635]
  230 > 7  Z  [sleep]

host
  1  S  /sbin/init  net:[4026531833]
`,
    stderr: '',
  })
})

test('as JSON, the snapshot itself', async () => {
  const { stdout } = await pauseLab(['xray', '--json'], { machine: () => ({ backend: new Pictured() }) })
  expect(JSON.parse(stdout)).toEqual(snapshot)
})

test('after a lesson, up to a cell', async () => {
  const backend = new Pictured({ 'echo hello': 'hello\n' })
  await pauseLab(['xray', '1', '--until', 'hello'], { machine: () => ({ backend }) })
  expect(backend.scripts).toEqual(['echo hello'])
})
