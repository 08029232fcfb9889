// /proc/net, /proc/sys and the files that only those who may trace a process read. Formats as real kernels print them.
import { expect, test } from 'vitest'
import { become, inChild, read, write } from './file-helpers.ts'
import { outcome } from './machine.ts'
import { pauses, settle, withProc } from './proc-helpers.ts'

test('a listening socket stands in /proc/net/tcp, in hexadecimal and padded', async () => {
  const [text] = await withProc(function* main(system, note) {
    yield* system.unshare(['NEWNET'])
    yield* system.rtnetlink({ type: 'RTM_SETLINK', name: 'lo', up: true })
    const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
    yield* system.bind(fd, { family: 'AF_INET', address: '127.0.0.1', port: 8080 })
    yield* system.listen(fd, 5)
    note(yield* read(system, '/proc/net/tcp'))
    return 0
  })
  const [titles = '', row = ''] = String(text).split('\n')
  expect([titles.length, row.length]).toEqual([149, 149])
  expect(row.replace(/\d+ 1 [0-9a-f]{16}/, 'INODE 1 ADDRESS').trimEnd()).toBe(
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 INODE 1 ADDRESS 100 0 0 10 0',
  )
})

test('a setting of the network is kept for each network namespace, one of the kernel for all', async () => {
  const notes = await withProc(function* main(system, note) {
    yield* write(system, '/proc/sys/net/core/somaxconn', '100\n', ['WRONLY'])
    yield* write(system, '/proc/sys/kernel/panic', '7\n', ['WRONLY'])
    yield* inChild(system, function* other(own) {
      yield* own.unshare(['NEWNET'])
      note((yield* read(own, '/proc/sys/net/core/somaxconn')) + (yield* read(own, '/proc/sys/kernel/panic')))
      return 0
    })
    note(yield* read(system, '/proc/sys/net/core/somaxconn'))
    note(yield* outcome(write(system, '/proc/sys/kernel/panic', 'x\n', ['WRONLY'])))
    note(yield* outcome(system.open('/proc/sys/kernel/cap_last_cap', ['RDONLY'])))
    return 0
  })
  expect(notes.slice(0, 3)).toEqual(['4096\n7\n', '100\n', 'EINVAL'])
})

test('maps, io and stack are kept from other users', async () => {
  const notes = await withProc(function* main(system, note) {
    const child = yield* system.fork(pauses)
    yield* settle(system)
    yield* inChild(system, function* other(own) {
      yield* become(own, 1000)
      for (const name of ['maps', 'io', 'stack', 'smaps', 'auxv']) {
        note([name, yield* outcome(read(own, `/proc/${child}/${name}`))])
      }
      return 0
    })
    return 0
  })
  expect(notes).toEqual(['maps', 'io', 'stack', 'smaps', 'auxv'].map((name) => [name, 'EACCES']))
})

test('in a user namespace ids are those that its maps say, else nobody’s', async () => {
  const notes = await withProc(function* main(system, note) {
    yield* inChild(system, function* other(own) {
      yield* become(own, 1000)
      yield* own.unshare(['NEWUSER'])
      note((yield* own.getresuid()).real)
      yield* write(own, '/proc/self/uid_map', '0 1000 1\n', ['WRONLY'])
      note([(yield* own.getresuid()).real, yield* read(own, '/proc/self/uid_map')])
      note((yield* own.stat('/proc/version')).uid)
      note(yield* outcome(own.unshare(['NEWNET'])))
      note(yield* outcome(own.sethostname('x')))
      return 0
    })
    return 0
  })
  expect(notes).toEqual([65_534, [0, '         0       1000          1\n'], 65_534, undefined, 'EPERM'])
})
