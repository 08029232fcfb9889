// Names of files: directories, links, rename, rights, `..` and the root.
import { describe, expect, test } from 'vitest'
import { become, inChild, names, notesOf, read, write } from './file-helpers.ts'
import { outcome } from './machine.ts'

describe('directories', () => {
  test('count their subdirectories as links', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mkdir('/tmp/a')
      yield* system.mkdir('/tmp/a/b')
      yield* write(system, '/tmp/a/file', '')
      note((yield* system.stat('/tmp/a')).nlink)
      yield* system.rmdir('/tmp/a/b')
      note((yield* system.stat('/tmp/a')).nlink)
      note(yield* names(system, '/tmp/a'))
      return 0
    })
    expect(notes).toEqual([3, 2, ['.', '..', 'file']])
  })

  test('rmdir and unlink refuse each other’s kind, and what is not empty', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mkdir('/tmp/a')
      yield* write(system, '/tmp/a/file', '')
      note(yield* outcome(system.mkdir('/tmp/a')))
      note(yield* outcome(system.rmdir('/tmp/a')))
      note(yield* outcome(system.rmdir('/tmp/a/file')))
      note(yield* outcome(system.unlink('/tmp/a')))
      note(yield* outcome(system.rmdir('/tmp/a/.')))
      note(yield* outcome(system.unlink('/tmp/missing')))
      return 0
    })
    expect(notes).toEqual(['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR', 'EINVAL', 'ENOENT'])
  })

  test('the working directory has no name any more once it is removed', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mkdir('/tmp/here')
      yield* system.chdir('/tmp/here')
      note(yield* system.getcwd())
      yield* system.rmdir('/tmp/here')
      note(yield* outcome(system.getcwd()))
      note(yield* outcome(system.open('file', ['WRONLY', 'CREAT'])))
      return 0
    })
    expect(notes).toEqual(['/tmp/here', 'ENOENT', 'ENOENT'])
  })
})

describe('links', () => {
  test('two hard links are one file', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/one', 'text')
      yield* system.link('/tmp/one', '/tmp/two')
      yield* write(system, '/tmp/two', 'changed')
      note(yield* read(system, '/tmp/one'))
      note((yield* system.stat('/tmp/one')).nlink)
      note(yield* outcome(system.link('/tmp', '/tmp/three')))
      return 0
    })
    expect(notes).toEqual(['changed', 2, 'EPERM'])
  })

  test('a symbolic link is followed from the directory that it lies in', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mkdir('/tmp/a')
      yield* write(system, '/tmp/file', 'text')
      yield* system.symlink('../file', '/tmp/a/link')
      note(yield* read(system, '/tmp/a/link'))
      note(yield* system.readlink('/tmp/a/link'))
      note([(yield* system.lstat('/tmp/a/link')).type, (yield* system.lstat('/tmp/a/link')).size])
      note(yield* outcome(system.readlink('/tmp/file')))
      return 0
    })
    expect(notes).toEqual(['text', '../file', ['symlink', 7], 'EINVAL'])
  })
})

describe('rename', () => {
  test('replaces a file at once', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/new', 'new')
      yield* write(system, '/tmp/old', 'old')
      yield* system.rename('/tmp/new', '/tmp/old')
      note(yield* read(system, '/tmp/old'))
      note(yield* names(system, '/tmp'))
      return 0
    })
    expect(notes).toEqual(['new', ['.', '..', 'old']])
  })

  test('moves a directory, whose `..` is then the new parent', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mkdir('/tmp/a')
      yield* system.mkdir('/tmp/b')
      yield* system.chdir('/tmp/a')
      yield* system.rename('/tmp/a', '/tmp/b/c')
      note(yield* system.getcwd())
      yield* system.chdir('..')
      note(yield* system.getcwd())
      return 0
    })
    expect(notes).toEqual(['/tmp/b/c', '/tmp/b'])
  })

  test('fails as its page says', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mkdir('/tmp/a')
      yield* system.mkdir('/tmp/b')
      yield* write(system, '/tmp/b/file', '')
      yield* write(system, '/tmp/file', '')
      note(yield* outcome(system.rename('/tmp/missing', '/tmp/x')))
      note(yield* outcome(system.rename('/tmp/a', '/tmp/file')))
      note(yield* outcome(system.rename('/tmp/file', '/tmp/a')))
      note(yield* outcome(system.rename('/tmp/a', '/tmp/b')))
      note(yield* outcome(system.rename('/tmp/a', '/tmp/a/below')))
      note(yield* outcome(system.rename('/tmp/a/.', '/tmp/x')))
      return 0
    })
    expect(notes).toEqual(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EINVAL', 'EBUSY'])
  })
})

describe('rights', () => {
  test('mode bits hold for a user and not for root', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/secret', 'text')
      yield* system.chmod('/tmp/secret', 0o600)
      yield* system.mkdir('/tmp/closed', 0o700)
      note(yield* read(system, '/tmp/secret'))
      yield* inChild(system, function* user(own) {
        yield* become(own, 1000)
        note(yield* outcome(own.open('/tmp/secret')))
        note(yield* outcome(own.stat('/tmp/closed/any')))
        note(yield* outcome(own.open('/file', ['WRONLY', 'CREAT'])))
        note(yield* outcome(own.chmod('/tmp/secret', 0o666)))
        note(yield* outcome(own.chown('/tmp/secret', 1000, 1000)))
        return 0
      })
      return 0
    })
    expect(notes).toEqual(['text', 'EACCES', 'EACCES', 'EACCES', 'EPERM', 'EPERM'])
  })

  test('in a sticky directory only the owner removes a file', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/roots', '')
      yield* inChild(system, function* user(own) {
        yield* become(own, 1000)
        yield* write(own, '/tmp/own', '')
        note(yield* outcome(own.unlink('/tmp/roots')))
        note(yield* outcome(own.unlink('/tmp/own')))
        return 0
      })
      return 0
    })
    expect(notes).toEqual(['EPERM', undefined])
  })

  test('root executes only what somebody may execute', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* write(system, '/tmp/file', '')
      note(yield* outcome(system.access('/tmp/file', ['R', 'W'])))
      note(yield* outcome(system.access('/tmp/file', ['X'])))
      return 0
    })
    expect(notes).toEqual([undefined, 'EACCES'])
  })
})

test('no `..` leads out of a changed root', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mkdir('/tmp/jail')
    yield* write(system, '/tmp/outside', '')
    yield* system.chroot('/tmp/jail')
    yield* system.chdir('/')
    note(yield* names(system, '/../../..'))
    note(yield* outcome(system.stat('../outside')))
    note(yield* system.getcwd())
    return 0
  })
  expect(notes).toEqual([['.', '..'], 'ENOENT', '/'])
})
