// Whose a number is, told from a snapshot.
import { expect, test } from 'vitest'
import { ownersOf } from '../../extension/common/identity-owner.ts'
import type { IdentityKind } from '../../extension/common/identity.ts'
import type { Snapshot } from '../../src/xray/snapshot.ts'

const alp1 = { id: `aaaa${'1'.repeat(60)}`, name: 'alp1' }
const alp2 = { id: `bbbb${'2'.repeat(60)}`, name: 'alp2' }
const engine = { image: 'alpine', status: 'running', networkMode: 'bridge', addresses: {} }

const snapshot: Snapshot = {
  time: 0,
  processes: [
    {
      ...{ pid: 1, ppid: 0, state: 'S', comm: 'init', cmdline: ['/sbin/init'] },
      ...{ nspid: [1], namespaces: { net: 4026531840, pid: 4026531836 } },
    },
    {
      ...{ pid: 4242, ppid: 1, state: 'S', comm: 'sleep', cmdline: ['sleep', '1000'], container: alp1.id },
      ...{ nspid: [4242, 1], namespaces: { net: 4026532400, pid: 4026532300 } },
    },
    {
      ...{ pid: 4300, ppid: 1, state: 'Z', comm: 'sh', cmdline: [], container: alp2.id },
      ...{ nspid: [4300, 7], namespaces: { net: 4026532400, pid: 4026532301 } },
    },
  ],
  containers: [
    { ...alp1, ...engine, pid: 4242 },
    { ...alp2, ...engine, pid: 4300 },
  ],
}

const words = {
  container: '{0} ({1})',
  hostProcess: '{0} on the host',
  containerProcess: '{0} in {1}, PID {2} there, {3} here',
  namespaceOf: 'of {0}',
  hostNamespace: 'the host',
}

function check(kind: IdentityKind, key: string): string | undefined {
  return ownersOf([{ kind, key }], snapshot, words)[`${kind}:${key}`]
}

test('a container by the beginning of its id', () => {
  expect(check('container', 'aaaa11111111')).toBe('alp1 (alpine)')
})

test('a process in a container has two numbers', () => {
  expect(check('process', '4242')).toBe('sleep 1000 in alp1, PID 1 there, 4242 here')
})

test('a number that names processes in several PID namespaces tells all of them, that of the host first', () => {
  expect(check('process', '1')).toBe('/sbin/init on the host, sleep 1000 in alp1, PID 1 there, 4242 here')
})

test('a zombie has no command line, only its name', () => {
  expect(check('process', '4300')).toBe('[sh] in alp2, PID 7 there, 4300 here')
})

test('a namespace by all who are in it', () => {
  expect(check('namespace', '4026532400')).toBe('of alp1, alp2')
})

test('a namespace of the host', () => {
  expect(check('namespace', '4026531840')).toBe('the host')
})

test('nothing is told of what is not there', () => {
  expect(check('namespace', '4026539999')).toBe(undefined)
})
