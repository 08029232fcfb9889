// PIDs and inodes in the tables of ps, docker top and lsns; captures in recorded ones.
import { expect, test } from 'vitest'
import { identitiesOf } from '../../extension/common/identity.ts'

function check(text: string, isRecorded = false): string[] {
  return identitiesOf(text.split('\n'), isRecorded).map((found) =>
    found.map(({ kind, key }) => `${kind} ${key}`).join(),
  )
}

test("busybox's ps: the first column", () => {
  expect(check('PID   USER     TIME  COMMAND\n    1 root      0:00 sleep 1000\n   23 root      0:00 ps\n')).toEqual([
    '',
    'process 1',
    'process 23',
    '',
  ])
})

test("procps' ps -ef: the second and the third column; no process has PID 0", () => {
  expect(
    check(
      'UID          PID    PPID  C STIME TTY          TIME CMD\nroot           1       0  0 10:00 ?        00:00:00 init\nroot         512       1  0 10:00 ?        00:00:00 dockerd',
    ),
  ).toEqual(['', 'process 1', 'process 512,process 1'])
})

test('lsns: namespaces and processes', () => {
  expect(check('        NS TYPE   NPROCS   PID USER COMMAND\n4026532400 net         2  4242 root sleep 1000')).toEqual([
    '',
    'namespace 4026532400,process 4242',
  ])
})

test('what follows a table is no row of it', () => {
  expect(check('PID   USER     TIME  COMMAND\n    1 root      0:00 sleep\ntotal 0\n   42 things')).toEqual([
    '',
    'process 1',
    '',
    '',
  ])
})

test('numbers under other headers are no PIDs', () => {
  expect(check('NAMES     STATUS\n12        Up')).toEqual(['', ''])
})

test('a capture is one in a recorded listing only', () => {
  const line = 'net -> net:[‹inode\u00a0first›]'
  expect([check(line, true), check(line)]).toEqual([['capture ‹inode\u00a0first›'], ['']])
})

test('a time has no identity', () => {
  expect(check('root 0 ‹time› net', true)).toEqual([''])
})

test('a capture in a column of PIDs ends no table', () => {
  expect(check('  PID COMMAND\n‹PID\u00a0a› sleep\n    7 ps', true)).toEqual(['', 'capture ‹PID\u00a0a›', 'process 7'])
})
