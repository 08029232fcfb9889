// Open files: flags of open(2), positions, appending, sparse files, files without a name, descriptors.
import { describe, expect, test } from 'vitest'
import { notesOf, read, readAll, write } from './file-helpers.ts'
import { outcome } from './machine.ts'

describe('open', () => {
  test('O_CREAT makes a file with the mode that the umask leaves', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.umask(0o027)
      yield* system.open('/tmp/new', ['WRONLY', 'CREAT'], 0o666)
      const { mode, size, nlink, uid } = yield* system.stat('/tmp/new')
      note([mode.toString(8), size, nlink, uid])
      return 0
    })
    expect(notes).toEqual([['640', 0, 1, 0]])
  })

  test('fails as its page says', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/file', 'text')
      yield* system.symlink('file', '/tmp/link')
      yield* system.symlink('/tmp/loop', '/tmp/loop')
      note(yield* outcome(system.open('/tmp/missing')))
      note(yield* outcome(system.open('')))
      note(yield* outcome(system.open('/tmp/file/below')))
      note(yield* outcome(system.open('/tmp/file', ['WRONLY', 'CREAT', 'EXCL'])))
      note(yield* outcome(system.open('/tmp/link', ['WRONLY', 'CREAT', 'EXCL'])))
      note(yield* outcome(system.open('/tmp/link', ['RDONLY', 'NOFOLLOW'])))
      note(yield* outcome(system.open('/tmp/loop')))
      note(yield* outcome(system.open('/tmp', ['WRONLY'])))
      note(yield* outcome(system.open('/tmp/file', ['RDONLY', 'DIRECTORY'])))
      note(yield* outcome(system.open(`/tmp/${'n'.repeat(256)}`)))
      note(yield* outcome(system.open('/tmp/missing/', ['WRONLY', 'CREAT'])))
      return 0
    })
    expect(notes).toEqual([
      'ENOENT',
      'ENOENT',
      'ENOTDIR',
      'EEXIST',
      'EEXIST',
      'ELOOP',
      'ELOOP',
      'EISDIR',
      'ENOTDIR',
      'ENAMETOOLONG',
      'EISDIR',
    ])
  })

  test('O_CREAT through a dangling link makes the file that it names', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.symlink('real', '/tmp/link')
      yield* write(system, '/tmp/link', 'text')
      note(yield* read(system, '/tmp/real'))
      return 0
    })
    expect(notes).toEqual(['text'])
  })
})

describe('reading and writing', () => {
  test('a position is shared by dup and by fork, not by a second open', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/file', 'abcdefgh')
      const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
      const fd = yield* system.open('/tmp/file')
      const second = yield* system.open('/tmp/file')
      const copy = yield* system.dup(fd)
      note(decode(yield* system.read(fd, 2)))
      note(decode(yield* system.read(copy, 2)))
      const child = yield* system.fork(function* reads(inChild) {
        yield* inChild.read(fd, 2)
        return 0
      })
      yield* system.wait4(child, {})
      note(decode(yield* system.read(fd, 2)))
      note(decode(yield* system.read(second, 2)))
      return 0
    })
    expect(notes).toEqual(['ab', 'cd', 'gh', 'ab'])
  })

  test('O_APPEND writes at the end, wherever the position is', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/log', 'one ')
      const fd = yield* system.open('/tmp/log', ['RDWR', 'APPEND'])
      yield* write(system, '/tmp/log', 'two ', ['WRONLY', 'APPEND'])
      yield* system.lseek(fd, 0, 'SEEK_SET')
      yield* system.write(fd, 'three')
      note(yield* read(system, '/tmp/log'))
      return 0
    })
    expect(notes).toEqual(['one two three'])
  })

  test('a gap before what is written reads as zeros', async () => {
    const notes = await notesOf(function* main(system, note) {
      const fd = yield* system.open('/tmp/sparse', ['RDWR', 'CREAT'])
      yield* system.lseek(fd, 3, 'SEEK_END')
      yield* system.write(fd, 'x')
      yield* system.ftruncate(fd, 5)
      yield* system.lseek(fd, 0, 'SEEK_SET')
      note([...(yield* system.read(fd, 100))])
      return 0
    })
    expect(notes).toEqual([[0, 0, 0, 120, 0]])
  })

  test('a descriptor allows only what it was opened for', async () => {
    const notes = await notesOf(function* main(system, note) {
      const out = yield* system.open('/tmp/file', ['WRONLY', 'CREAT'])
      const from = yield* system.open('/tmp/file')
      note(yield* outcome(system.read(out, 1)))
      note(yield* outcome(system.write(from, 'x')))
      note(yield* outcome(system.ftruncate(from, 0)))
      note(yield* outcome(system.read(99, 1)))
      note(yield* outcome(system.read(yield* system.open('/tmp'), 1)))
      return 0
    })
    expect(notes).toEqual(['EBADF', 'EBADF', 'EINVAL', 'EBADF', 'EISDIR'])
  })

  test('an unlinked file lives as long as a descriptor holds it', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/file', 'still here')
      const fd = yield* system.open('/tmp/file')
      yield* system.unlink('/tmp/file')
      note(yield* outcome(system.stat('/tmp/file')))
      note((yield* system.fstat(fd)).nlink)
      note(yield* readAll(system, fd))
      return 0
    })
    expect(notes).toEqual(['ENOENT', 0, 'still here'])
  })
})

describe('descriptors', () => {
  test('the lowest free number is given', async () => {
    const notes = await notesOf(function* main(system, note) {
      for (let count = 0; count < 3; count++) note(yield* system.open('/tmp'))
      yield* system.close(1)
      note(yield* system.dup(0))
      note(yield* system.fcntl_dupfd(0, 10))
      note(yield* system.dup2(0, 7))
      note(yield* outcome(system.dup2(50, 7)))
      return 0
    })
    expect(notes).toEqual([0, 1, 2, 1, 10, 7, 'EBADF'])
  })

  test('close-on-exec ones are gone after execve', async () => {
    const notes = await notesOf(function* main(system, note, { root }) {
      root.addFile('/bin/program', {
        *executable(after) {
          note(yield* outcome(after.fstat(0)))
          note((yield* after.fstat(1)).type)
          return 0
        },
      })
      yield* system.open('/tmp', ['RDONLY', 'CLOEXEC'])
      yield* system.open('/tmp')
      return yield* system.execve('/bin/program', ['program'], new Map())
    })
    expect(notes).toEqual(['EBADF', 'directory'])
  })
})

describe('devices', () => {
  test('null, zero and full do what null(4) and full(4) say, tty and unknown ones cannot be opened', async () => {
    const notes = await notesOf(function* main(system, note, { root }) {
      root.addDevice('/dev/null', 1, 3)
      root.addDevice('/dev/zero', 1, 5)
      root.addDevice('/dev/full', 1, 7)
      root.addDevice('/dev/tty', 5, 0)
      root.addDevice('/dev/other', 200, 1)
      const open = (path: string) => system.open(path, ['RDWR'])
      const nothing = yield* open('/dev/null')
      note([yield* system.write(nothing, 'abc'), (yield* system.read(nothing, 3)).length])
      note([...(yield* system.read(yield* open('/dev/zero'), 3))])
      note(yield* outcome(system.write(yield* open('/dev/full'), 'x')))
      note(yield* outcome(open('/dev/tty')))
      note(yield* outcome(open('/dev/other')))
      return 0
    })
    expect(notes).toEqual([[3, 0], [0, 0, 0], 'ENOSPC', 'ENXIO', 'ENXIO'])
  })
})
