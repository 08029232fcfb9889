// /proc: whom it shows, ns, fd and the files of the machine. Formats as real kernels print them.
import { describe, expect, test } from 'vitest'
import type { Program } from '../../../src/sim/kernel/system.ts'
import { inChild, names, notesOf, read, write } from './file-helpers.ts'
import { outcome } from './machine.ts'
import { pauses, settle, withProc } from './proc-helpers.ts'

describe('/proc/PID/ns', () => {
  test('has the ten links', async () => {
    const notes = await withProc(function* main(system, note) {
      for (const name of yield* names(system, '/proc/self/ns')) {
        if (!name.startsWith('.')) note(`${name} -> ${yield* system.readlink(`/proc/self/ns/${name}`)}`)
      }
      return 0
    })
    expect(notes).toEqual([
      'cgroup -> cgroup:[4026531835]',
      'ipc -> ipc:[4026531839]',
      'mnt -> mnt:[4026531832]',
      'net -> net:[4026531833]',
      'pid -> pid:[4026531836]',
      'pid_for_children -> pid:[4026531836]',
      'time -> time:[4026531834]',
      'time_for_children -> time:[4026531834]',
      'user -> user:[4026531837]',
      'uts -> uts:[4026531838]',
    ])
  })

  test('an open descriptor keeps a namespace whose processes are gone, and its number', async () => {
    const notes = await withProc(function* main(system, note) {
      const child = yield* system.clone(['NEWUTS'], pauses)
      yield* settle(system)
      const fd = yield* system.open(`/proc/${child}/ns/uts`)
      const held = (yield* system.fstat(fd)).ino
      yield* system.kill(child, 9)
      yield* system.wait4(child, {})
      const inoOfNew = function* (): Program<number> {
        const next = yield* system.clone(['NEWUTS'], pauses)
        const { ino } = yield* system.stat(`/proc/${next}/ns/uts`)
        yield* system.kill(next, 9)
        yield* system.wait4(next, {})
        return ino
      }
      note((yield* inoOfNew()) === held)
      yield* system.close(fd)
      note((yield* inoOfNew()) === held)
      return 0
    })
    expect(notes).toEqual([false, true])
  })
})

describe('the root of /proc', () => {
  test('shows the processes of the mounter’s PID namespace only', async () => {
    const isPid = (name: string) => /^\d+$/.test(name)
    const notes = await withProc(function* main(system, note) {
      yield* inChild(system, function* outer(parent) {
        yield* parent.unshare(['NEWNS'])
        yield* parent.clone(['NEWPID'], function* inside(own) {
          note((yield* names(own, '/proc')).filter(isPid))
          note(yield* outcome(own.readlink('/proc/self')))
          yield* own.mount('proc', '/proc', 'proc')
          note((yield* names(own, '/proc')).filter(isPid))
          note(yield* own.readlink('/proc/self'))
          note(yield* outcome(own.stat('/proc/2')))
          return 0
        })
        yield* parent.wait4(-1, {})
        return 0
      })
      return 0
    })
    expect(notes).toEqual([['1', '2', '3', '4'], '4', ['1'], '1', 'ENOENT'])
  })

  test('nothing is made or removed in it, and attributes stay', async () => {
    const notes = await withProc(function* main(system, note) {
      note(yield* outcome(system.mkdir('/proc/new')))
      note(yield* outcome(system.unlink('/proc/version')))
      note(yield* outcome(system.chmod('/proc/version', 0o777)))
      return 0
    })
    expect(notes).toEqual(['ENOENT', 'EPERM', 'EPERM'])
  })
})

test('cmdline and environ end each word with a NUL, comm is cut at 15 bytes', async () => {
  const notes = await notesOf(function* main(system, note, { root }) {
    yield* system.mount('proc', '/proc', 'proc')
    root.addFile('/bin/a-program-of-long-name', {
      *executable(own) {
        note(yield* read(own, '/proc/self/cmdline'))
        note(yield* read(own, '/proc/self/environ'))
        note(yield* read(own, '/proc/self/comm'))
        note(yield* own.readlink('/proc/self/exe'))
        yield* write(own, '/proc/self/comm', 'renamed\n', ['WRONLY'])
        note(yield* read(own, '/proc/self/comm'))
        return 0
      },
    })
    return yield* system.execve('/bin/a-program-of-long-name', ['a', 'b c'], new Map([['HOME', '/root']]))
  })
  expect(notes).toEqual(['a\0b c\0', 'HOME=/root\0', 'a-program-of-lo\n', '/bin/a-program-of-long-name', 'renamed\n'])
})

test('stat has 52 fields, statm 7', async () => {
  const notes = await withProc(function* main(system, note) {
    note((yield* read(system, '/proc/self/stat')).trimEnd().split(' ').length)
    note((yield* read(system, '/proc/self/statm')).trimEnd().split(' ').length)
    note((yield* read(system, '/proc/self/stat')).split(' ').slice(0, 8).join(' '))
    return 0
  })
  expect(notes).toEqual([52, 7, '2 (test) R 1 1 1 0 -1'])
})

test('limits are a table of fixed width', async () => {
  const notes = await withProc(function* main(system, note) {
    note((yield* read(system, '/proc/self/limits')).split('\n').slice(0, 4))
    return 0
  })
  expect(notes).toEqual([
    [
      'Limit                     Soft Limit           Hard Limit           Units     ',
      'Max cpu time              unlimited            unlimited            seconds   ',
      'Max file size             unlimited            unlimited            bytes     ',
      'Max data size             unlimited            unlimited            bytes     ',
    ],
  ])
})

test('fd shows what each descriptor is open on', async () => {
  const notes = await withProc(function* main(system, note) {
    yield* write(system, '/tmp/file', '')
    yield* system.open('/tmp/file')
    yield* system.open('/tmp/file', ['RDWR'])
    yield* system.unlink('/tmp/file')
    yield* system.open('/proc/self/ns/net')
    for (const fd of [0, 1, 2]) {
      const { mode } = yield* system.lstat(`/proc/self/fd/${fd}`)
      note(`${mode.toString(8)} ${yield* system.readlink(`/proc/self/fd/${fd}`)}`)
    }
    return 0
  })
  expect(notes).toEqual(['500 /tmp/file (deleted)', '700 /tmp/file (deleted)', '500 net:[4026531833]'])
})

test('fdinfo tells position and flags', async () => {
  const notes = await withProc(function* main(system, note) {
    const fd = yield* system.open('/tmp/file', ['WRONLY', 'CREAT', 'APPEND', 'CLOEXEC'])
    yield* system.write(fd, 'text')
    note((yield* read(system, `/proc/self/fdinfo/${fd}`)).replace(/\nino:\t\d+/, ''))
    return 0
  })
  expect(notes).toEqual(['pos:\t4\nflags:\t02102001\nmnt_id:\t22\n'])
})

test('sys/kernel/hostname is that of the reader’s UTS namespace', async () => {
  const notes = await withProc(function* main(system, note) {
    yield* inChild(system, function* apart(own) {
      yield* own.unshare(['NEWUTS'])
      yield* write(own, '/proc/sys/kernel/hostname', 'other\n', ['WRONLY'])
      note([(yield* own.uname()).nodename, yield* read(own, '/proc/sys/kernel/hostname')])
      return 0
    })
    note(yield* read(system, '/proc/sys/kernel/hostname'))
    return 0
  })
  expect(notes).toEqual([['other', 'other\n'], 'lab\n'])
})
