// The overlay: containers change their own copy of an image's tree, and `docker diff` can tell what.
import { expect, test } from 'vitest'
import { mountFileSystem } from '../../../src/sim/kernel/mount.ts'
import { memoryFileSystem } from '../../../src/sim/kernel/memory-file-system.ts'
import { overlayFileSystem } from '../../../src/sim/kernel/overlay-file-system.ts'
import { resolvePath } from '../../../src/sim/kernel/path-resolution.ts'
import type { Program, System } from '../../../src/sim/kernel/system.ts'
import { names, notesOf, read, write } from './file-helpers.ts'

function image() {
  const root = memoryFileSystem({ type: 'overlay' })
  root.addFile('/etc/passwd', 'root')
  root.addFile('/etc/motd', 'welcome')
  root.addFile('/bin/busybox', 'machine code')
  root.addLink('/bin/sh', '/bin/busybox')
  root.addDirectory('/tmp')
  return root
}

/** Runs a program that finds an image at /tmp/one and at /tmp/two, a container each. */
async function inContainers(main: (system: System, note: (text: unknown) => void) => Program) {
  const lower = image()
  const overlays = [overlayFileSystem(lower), overlayFileSystem(lower)]
  const notes = await notesOf(function* mounted(system, note, { kernel, init }) {
    for (const [index, name] of ['/tmp/one', '/tmp/two'].entries()) {
      yield* system.mkdir(name)
      const overlay = overlays[index]
      if (overlay) mountFileSystem(kernel.initialNamespaces.mnt, overlay, resolvePath(init, name))
    }
    return yield* main(system, note)
  })
  return { notes, changes: overlays[0]?.differences().map(({ kind, path }) => `${kind} ${path}`) }
}

test('a file written in one is as it was in the other', async () => {
  const { notes } = await inContainers(function* main(system, note) {
    yield* write(system, '/tmp/one/etc/motd', ' again', ['WRONLY', 'APPEND'])
    note([yield* read(system, '/tmp/one/etc/motd'), yield* read(system, '/tmp/two/etc/motd')])
    yield* system.unlink('/tmp/one/etc/passwd')
    note([yield* names(system, '/tmp/one/etc'), yield* names(system, '/tmp/two/etc')])
    return 0
  })
  expect(notes).toEqual([
    ['welcome again', 'welcome'],
    [
      ['.', '..', 'motd'],
      ['.', '..', 'passwd', 'motd'],
    ],
  ])
})

test('names that were one file in the image are one file', async () => {
  const { notes } = await inContainers(function* main(system, note) {
    const busybox = yield* system.stat('/tmp/one/bin/busybox')
    const shell = yield* system.stat('/tmp/one/bin/sh')
    note([busybox.ino === shell.ino, shell.nlink])
    return 0
  })
  expect(notes).toEqual([[true, 2]])
})

test('differences are what was added, changed and deleted, with the directories above', async () => {
  const { changes } = await inContainers(function* main(system) {
    yield* system.mkdir('/tmp/one/srv')
    yield* write(system, '/tmp/one/srv/page', 'text')
    yield* write(system, '/tmp/one/etc/motd', 'other')
    yield* system.unlink('/tmp/one/etc/passwd')
    yield* read(system, '/tmp/one/bin/busybox')
    return 0
  })
  expect(changes).toEqual(['C /etc', 'C /etc/motd', 'D /etc/passwd', 'A /srv', 'A /srv/page'])
})

test('a directory made anew after its removal does not show the old entries', async () => {
  const { notes, changes } = await inContainers(function* main(system, note) {
    yield* system.unlink('/tmp/one/etc/passwd')
    yield* system.unlink('/tmp/one/etc/motd')
    yield* system.rmdir('/tmp/one/etc')
    yield* system.mkdir('/tmp/one/etc')
    note(yield* names(system, '/tmp/one/etc'))
    return 0
  })
  expect([notes, changes]).toEqual([[['.', '..']], ['C /etc']])
})
