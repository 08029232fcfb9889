// What a listing forgives, and what it does not.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Correspondence, type PrintedOutput } from '../../src/session/compare.ts'
import { scanText } from '../../src/session/tables.ts'
import { dockerPs, dockerPsLater, ipAddress, networkMode, outputs, processes, renamings, twoInodes } from './outputs.ts'

const place = { file: 'net.lab.md', line: 40, cell: 'ns-net', engine: 'docker 26.1.5' }

function printed(stdout: string, stderr = ''): PrintedOutput {
  return { output: stdout + stderr, stdout, stderr }
}

function matches(listing: string, actual: string, correspondence = new Correspondence()): boolean {
  return correspondence.compare(listing, printed(actual), place).comparison.matches
}

test('a listing of two equal inodes matches two other equal inodes at another time', () => {
  const actual = twoInodes.replaceAll('4026532636', '4026533001').replaceAll('Nov 23 14:50', 'Jan  2 03:04')
  expect(matches(twoInodes, actual)).toBe(true)
})

test('a listing of two equal inodes fails when they differ, and the diff has the line in the file', () => {
  const actual = twoInodes.replace(/4026532636(?=\]\n$)/, '4026533001')
  expect(new Correspondence().compare(twoInodes, printed(actual), place).comparison).toEqual({
    matches: false,
    line: 40,
    diff: `--- net.lab.md:40 listing of the cell ns-net
+++ printed now by docker 26.1.5
@@ -40,2 +40,2 @@
 lrwxrwxrwx 1 root root 0 Nov 23 14:50 net -> net:[4026532636]
-lrwxrwxrwx 1 root root 0 Nov 23 14:50 net -> net:[4026532636]
+lrwxrwxrwx 1 root root 0 Nov 23 14:50 net -> net:[4026533001]
line 41: 4026532636 is a namespace that the listings showed before; here it is another one`,
  })
})

test('an inode that was one thing in an earlier listing must be it again', () => {
  const correspondence = new Correspondence()
  matches('net:[4026532636]\n', 'net:[4026533001]\n', correspondence)
  expect(matches('net:[4026532636]\n', 'net:[4026533002]\n', correspondence)).toBe(false)
})

test('an inode may come back for a later namespace after its own is gone', () => {
  const correspondence = new Correspondence()
  matches('net:[4026532636]\n', 'net:[4026533001]\n', correspondence)
  expect(matches('net:[4026532700]\n', 'net:[4026533001]\n', correspondence)).toBe(true)
})

test('two different inodes in one listing must be two', () => {
  expect(matches('net:[4026532636]\nnet:[4026532700]\n', 'net:[4026533001]\nnet:[4026533001]\n')).toBe(false)
})

test('the short id in docker ps and the long one in inspect are one container', () => {
  const correspondence = new Correspondence()
  matches(dockerPs, dockerPsLater, correspondence)
  const id = 'fedcba987654'.padEnd(64, '0')
  expect(matches(networkMode, networkMode.replace(/[0-9a-f]{64}/, id), correspondence)).toBe(true)
})

test('the long id of another container does not pass for the one in docker ps', () => {
  const correspondence = new Correspondence()
  matches(dockerPs, dockerPsLater, correspondence)
  const id = '0123456789ab'.padEnd(64, '0')
  expect(matches(networkMode, networkMode.replace(/[0-9a-f]{64}/, id), correspondence)).toBe(false)
})

test('a table is compared by its cells when a duration makes a column narrower', () => {
  expect(matches(dockerPs, dockerPsLater)).toBe(true)
})

test('an exit code in a table is compared', () => {
  const exited = dockerPs.replace('Up Less than a second ', 'Exited (137) 2 sec ago')
  expect(matches(exited, exited.replace('137', '143'))).toBe(false)
})

test('PID 1 is no PID among others', () => {
  expect(matches(processes, processes.replace('      1       0', '      7       0'))).toBe(false)
})

test('the width of the PID column depends on the machine', () => {
  const narrow = processes.replace('    PID    PPID', '  PID  PPID').replaceAll(/^ {2}( *\d+) {2}/gm, '$1')
  expect(matches(processes, narrow)).toBe(true)
})

test('a capture matches any PID, whatever its width', () => {
  const listing = processes.replace('    123', '<pid:zombie>')
  expect(matches(listing, processes.replace('    123', '     8'))).toBe(true)
})

test('a capture that comes again must be the same again, in a later listing too', () => {
  const correspondence = new Correspondence()
  matches('alp1 <pid:one>\n', 'alp1 211\n', correspondence)
  expect(matches('<pid:one> is gone\n', '278 is gone\n', correspondence)).toBe(false)
})

test('two captures of two names must differ', () => {
  expect(matches('<pid:one> <pid:two>\n', '211 211\n')).toBe(false)
})

test('two inodes that two captures name in different listings may be one, since the first may be gone', () => {
  const correspondence = new Correspondence()
  matches('mnt:[<ns:old>]\n', 'mnt:[4026532700]\n', correspondence)
  expect(matches('mnt:[<ns:new>]\n', 'mnt:[4026532700]\n', correspondence)).toBe(true)
})

test('two ids that two captures name in different listings must differ', () => {
  const correspondence = new Correspondence()
  matches('<id:old>\n', 'a53ea8be109d\n', correspondence)
  expect(matches('<id:new>\n', 'a53ea8be109d\n', correspondence)).toBe(false)
})

test('a captured id is known by its short form and its long one', () => {
  const correspondence = new Correspondence()
  matches('<id:alp1>\n', `${'a53ea8be109d'.padEnd(64, '0')}\n`, correspondence)
  expect(matches('<id:alp1> alp1\n', 'a53ea8be109d alp1\n', correspondence)).toBe(true)
})

test('a time capture is any time, each time', () => {
  expect(matches('<time:t> <time:t>\n', 'Nov 23 14:50 Nov 23 14:51\n')).toBe(true)
})

test('captures stand in a table, and its padding does not count then', () => {
  const listing = dockerPs.replace('e72ecc03cafa', '<id:alp2>').replace('Up Less than a second', '<any:status>')
  expect(matches(listing, dockerPsLater)).toBe(true)
})

test('<none> is text', () => {
  expect(matches('two    <none>\n', 'two    lab\n')).toBe(false)
})

test('a value of PID kind does not stand for a capture of a namespace', () => {
  expect(matches('<ns:one>\n', 'net:[x]\n')).toBe(false)
})

test('error lines may come between the others or after them', () => {
  const actual = { output: 'one\ntwo\nfailed\n', stdout: 'one\ntwo\n', stderr: 'failed\n' }
  const listing = 'one\nfailed\ntwo\n'
  expect(new Correspondence().compare(listing, actual, place).comparison).toEqual({ matches: true, line: 40 })
})

test('lines of one stream may not change places', () => {
  const actual = { output: 'one\ntwo\nfailed\n', stdout: 'one\ntwo\n', stderr: 'failed\n' }
  expect(new Correspondence().compare('two\none\nfailed\n', actual, place).comparison.matches).toBe(false)
})

test('a diff shows values as the listing has them, so that only what differs is seen', () => {
  const actual = ipAddress
    .replaceAll('172.17.', '172.22.')
    .replace('02:42:ac:11:00:02', '6a:1b:ac:11:00:02')
    .replace('1500', '1450')
  expect(new Correspondence().compare(ipAddress, printed(actual), place).comparison.diff).toBe(
    `--- net.lab.md:40 listing of the cell ns-net
+++ printed now by docker 26.1.5
@@ -41,7 +41,7 @@
     link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
     inet 127.0.0.1/8 scope host lo
        valid_lft forever preferred_lft forever
-3: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue
+3: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1450 qdisc noqueue
     link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
     inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
        valid_lft forever preferred_lft forever`,
  )
})

test('renaming ids and inodes consistently changes nothing', () => {
  fc.assert(
    fc.property(fc.subarray([...outputs], { minLength: 1 }), renamings, (story, rename) => {
      const correspondence = new Correspondence()
      expect(story.map((output) => matches(output, rename(output), correspondence))).toEqual(story.map(() => true))
    }),
  )
})

test('changing one character that is not part of a value always fails', () => {
  fc.assert(
    fc.property(fc.constantFrom(...outputs), fc.nat(), fc.constantFrom(...'aZ5#~'), (output, position, character) => {
      const fixed = fixedPositions(output)
      const at = fixed[position % fixed.length] ?? 0
      fc.pre(output[at] !== character)
      expect(matches(output.slice(0, at) + character + output.slice(at + 1), output)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

/** Places of an output's characters that belong to no value which may differ, nor to the padding around it. */
function fixedPositions(output: string): number[] {
  const positions: number[] = []
  let lineStart = 0
  for (const line of scanText(output)) {
    const variable = new Set<number>()
    let at = 0
    for (const { text, rule } of line.segments) {
      if (!rule) continue
      let start = line.raw.indexOf(text, at)
      at = start + text.length
      while (line.raw[start - 1] === ' ') start -= 1
      const end = line.raw[at] === ' ' ? at + 1 : at
      for (let index = start; index < end; index += 1) variable.add(index)
    }
    for (let index = 0; index < line.raw.length; index += 1) if (!variable.has(index)) positions.push(lineStart + index)
    lineStart += line.raw.length + 1
  }
  return positions
}
