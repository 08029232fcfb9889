// Names in place of what varies: stable, numbered as they appear, the same for the same value.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalize, Normalizer } from '../../src/session/normalize.ts'
import { dockerPs, dockerPsLater, lsns, outputs, processes, renamings, twoInodes } from './outputs.ts'

test('equal inodes get one name', () => {
  expect(normalize(twoInodes)).toBe(
    `lrwxrwxrwx 1 root root 0 <time> net -> net:[<ns#1>]
lrwxrwxrwx 1 root root 0 <time> net -> net:[<ns#1>]
`,
  )
})

test('a table is padded again for the names in it', () => {
  expect(normalize(dockerPs)).toBe(
    `CONTAINER ID   IMAGE           COMMAND        CREATED      STATUS      PORTS     NAMES
<id#1>         alpine:latest   "sleep 1000"   <time> ago   Up <time>             alp2
<id#2>         alpine:latest   "sleep 1000"   <time> ago   Up <time>             alp1
`,
  )
})

test('two moments of one machine look the same', () => {
  expect(normalize(dockerPsLater)).toBe(normalize(dockerPs))
})

test('PIDs in their columns get names, and PID 1 and parent 0 stay', () => {
  expect(normalize(processes)).toBe(
    `PID PPID STAT COMMAND
1 0 Ss   sleep
<pid#1> 1 Z    sleep <defunct>
<pid#2> 0 R    ps -o pid,ppid,stat,args
`,
  )
})

test('lsns and a link in /proc name one namespace', () => {
  const normalizer = new Normalizer()
  normalizer.normalize(lsns)
  expect(normalizer.normalize('net:[4026532636]\n')).toBe('net:[<ns#2>]\n')
})

test('normalizing is idempotent', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...outputs)), (parts) => {
      const once = normalize(parts.join(''))
      expect(normalize(once)).toBe(once)
    }),
  )
})

test('normalizing any text is idempotent', () => {
  const words = fc.constantFrom(
    'PID',
    'NAMES',
    ' ',
    '   ',
    '\n',
    '12',
    '0',
    'net:[4026532636]',
    '172.17.0.2',
    'a53ea8be109d',
    'ago',
  )
  fc.assert(
    fc.property(
      fc.array(words).map((parts) => parts.join('')),
      (text) => {
        const once = normalize(text)
        expect(normalize(once)).toBe(once)
      },
    ),
    { numRuns: 200 },
  )
})

test('renaming ids and inodes consistently changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...outputs)), renamings, (parts, rename) => {
      expect(normalize(rename(parts.join('')))).toBe(normalize(parts.join('')))
    }),
  )
})
