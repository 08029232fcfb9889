// Mounts and mount namespaces: binds, read-only ones, pivot_root, and what /proc/mounts says of them.
import { expect, test } from 'vitest'
import { inChild, names, notesOf, read, write } from './file-helpers.ts'
import { outcome } from './machine.ts'

test('a mount covers a directory until it is unmounted', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mkdir('/tmp/m')
    yield* write(system, '/tmp/m/below', '')
    yield* system.mount('tmpfs', '/tmp/m', 'tmpfs', ['size=64k'])
    yield* write(system, '/tmp/m/above', '')
    note(yield* names(system, '/tmp/m'))
    note(yield* outcome(system.rename('/tmp/m/above', '/tmp/above')))
    note(yield* outcome(system.rmdir('/tmp/m')))
    yield* system.chdir('/tmp/m')
    note(yield* outcome(system.umount2('/tmp/m')))
    yield* system.chdir('..')
    note(yield* system.getcwd())
    yield* system.umount2('/tmp/m')
    note(yield* names(system, '/tmp/m'))
    return 0
  })
  expect(notes).toEqual([['.', '..', 'above'], 'EXDEV', 'EBUSY', 'EBUSY', '/tmp', ['.', '..', 'below']])
})

test('a file is bound on a file, a directory on a directory', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* write(system, '/tmp/source', 'source')
    yield* write(system, '/tmp/place', 'place')
    note(yield* outcome(system.mount('/tmp/source', '/tmp', '', ['bind'])))
    yield* system.mount('/tmp/source', '/tmp/place', '', ['bind'])
    yield* write(system, '/tmp/place', 'changed')
    note(yield* read(system, '/tmp/source'))
    yield* system.umount2('/tmp/place')
    note(yield* read(system, '/tmp/place'))
    return 0
  })
  expect(notes).toEqual(['ENOTDIR', 'changed', 'place'])
})

test('a recursive bind shows the mounts below, also when it lies below its own source', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mkdir('/tmp/a')
    yield* system.mkdir('/tmp/copy')
    yield* system.mount('tmpfs', '/tmp/a', 'tmpfs')
    yield* write(system, '/tmp/a/inside', '')
    yield* system.mount('/', '/tmp/copy', '', ['rbind'])
    note(yield* names(system, '/tmp/copy/tmp'))
    note(yield* names(system, '/tmp/copy/tmp/a'))
    note(yield* names(system, '/tmp/copy/tmp/copy'))
    yield* system.mount('/tmp', '/tmp/copy', '', ['bind'])
    note(yield* names(system, '/tmp/copy/a'))
    return 0
  })
  expect(notes).toEqual([
    ['.', '..', 'a', 'copy'],
    ['.', '..', 'inside'],
    ['.', '..'],
    ['.', '..'],
  ])
})

test('nothing is written through a read-only mount', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mkdir('/tmp/m')
    yield* write(system, '/tmp/m/file', 'text')
    yield* system.mount('/tmp/m', '/tmp/m', '', ['bind'])
    yield* system.mount('', '/tmp/m', '', ['remount', 'bind', 'ro'])
    note(yield* outcome(system.open('/tmp/m/file', ['WRONLY'])))
    note(yield* outcome(system.open('/tmp/m/new', ['WRONLY', 'CREAT'])))
    note(yield* outcome(system.unlink('/tmp/m/file')))
    note(yield* outcome(system.chmod('/tmp/m/file', 0o600)))
    note(yield* outcome(system.access('/tmp/m/file', ['W'])))
    note(yield* read(system, '/tmp/m/file'))
    return 0
  })
  expect(notes).toEqual(['EROFS', 'EROFS', 'EROFS', 'EROFS', 'EROFS', 'text'])
})

test('what is mounted in a new namespace is not seen in the old one', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* inChild(system, function* apart(own) {
      yield* own.unshare(['NEWNS'])
      yield* own.mount('tmpfs', '/tmp', 'tmpfs')
      yield* write(own, '/tmp/inside', '')
      note(yield* names(own, '/tmp'))
      return 0
    })
    note(yield* names(system, '/tmp'))
    return 0
  })
  expect(notes).toEqual([
    ['.', '..', 'inside'],
    ['.', '..'],
  ])
})

test('pivot_root puts the old root where it is told, and it can go', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mkdir('/tmp/root')
    yield* inChild(system, function* apart(own) {
      yield* own.unshare(['NEWNS'])
      yield* own.mount('tmpfs', '/tmp/root', 'tmpfs')
      yield* own.mkdir('/tmp/root/old')
      yield* own.mkdir('/tmp/root/proc')
      yield* own.pivot_root('/tmp/root', '/tmp/root/old')
      yield* own.chdir('/')
      note(yield* names(own, '/'))
      note(yield* names(own, '/old/tmp'))
      yield* own.umount2('/old', ['MNT_DETACH'])
      note(yield* names(own, '/old'))
      yield* own.mount('proc', '/proc', 'proc')
      note(yield* read(own, '/proc/self/mounts'))
      return 0
    })
    return 0
  })
  expect(notes).toEqual([
    ['.', '..', 'old', 'proc'],
    ['.', '..', 'root'],
    ['.', '..'],
    'tmpfs / tmpfs rw,relatime 0 0\nproc /proc proc rw,relatime 0 0\n',
  ])
})

test('mountinfo tells a bind mount’s place in its file system', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mount('proc', '/proc', 'proc', ['nosuid', 'nodev', 'noexec'])
    yield* system.mkdir('/tmp/with blank')
    yield* write(system, '/tmp/hosts', '')
    yield* write(system, '/tmp/with blank/hosts', '')
    yield* system.mount('/tmp/hosts', '/tmp/with blank/hosts', '', ['bind'])
    note(yield* read(system, '/proc/self/mountinfo'))
    return 0
  })
  expect(notes).toEqual([
    [
      '22 1 254:1 / / rw,relatime - ext4 ext4 rw',
      '23 22 0:22 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw',
      '24 22 254:1 /tmp/hosts /tmp/with\\040blank/hosts rw,relatime - ext4 ext4 rw',
      '',
    ].join('\n'),
  ])
})

test('a bound namespace lives on without processes', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mount('proc', '/proc', 'proc')
    yield* write(system, '/tmp/netns', '')
    let inside = ''
    yield* inChild(system, function* apart(own) {
      yield* own.unshare(['NEWNET'])
      inside = yield* own.readlink('/proc/self/ns/net')
      yield* own.mount('/proc/self/ns/net', '/tmp/netns', '', ['bind'])
      return 0
    })
    const { ino } = yield* system.stat('/tmp/netns')
    note(inside === `net:[${ino}]`)
    yield* system.setns(yield* system.open('/tmp/netns'), 'NEWNET')
    note((yield* system.readlink('/proc/self/ns/net')) === inside)
    return 0
  })
  expect(notes).toEqual([true, true])
})

test('only root mounts', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.setresuid(1000, 1000, 1000)
    note(yield* outcome(system.mount('tmpfs', '/tmp', 'tmpfs')))
    note(yield* outcome(system.umount2('/tmp')))
    note(yield* outcome(system.chroot('/tmp')))
    return 0
  })
  expect(notes).toEqual(['EPERM', 'EPERM', 'EPERM'])
})
