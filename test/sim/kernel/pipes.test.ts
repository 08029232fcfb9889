// Pipes and FIFOs, pipe(7): who waits for whom, end of file, SIGPIPE, poll.
import { describe, expect, test } from 'vitest'
import { notesOf, read, readAll } from './file-helpers.ts'
import { outcome } from './machine.ts'

const SIGPIPE = 13

describe('a pipe', () => {
  test('wakes its reader, and ends when the last writer closes', async () => {
    const notes = await notesOf(function* main(system, note) {
      const [from, to] = yield* system.pipe()
      yield* system.fork(function* writer(child) {
        yield* child.close(from)
        yield* child.nanosleep(1000)
        yield* child.write(to, 'one ')
        yield* child.nanosleep(1000)
        yield* child.write(to, 'two')
        return 0
      })
      yield* system.close(to)
      note(yield* readAll(system, from))
      return 0
    })
    expect(notes).toEqual(['one two'])
  })

  test('takes 65536 bytes, then its writer waits for room', async () => {
    const notes = await notesOf(function* main(system, note) {
      const [from, to] = yield* system.pipe(['NONBLOCK'])
      note(yield* system.write(to, new Uint8Array(100_000)))
      note(yield* outcome(system.write(to, 'x')))
      yield* system.fcntl_setfl(to, [])
      yield* system.fork(function* drain(child) {
        yield* child.nanosleep(1000)
        yield* child.read(from, 65_536)
        return 0
      })
      note(yield* system.write(to, 'x'))
      note((yield* system.read(from, 10)).length)
      note(yield* outcome(system.read(from, 10)))
      return 0
    })
    expect(notes).toEqual([65_536, 'EAGAIN', 1, 1, 'EAGAIN'])
  })

  test('without a reader kills its writer by SIGPIPE', async () => {
    const notes = await notesOf(function* main(system, note) {
      const [from, to] = yield* system.pipe()
      yield* system.close(from)
      const child = yield* system.fork(function* writer(own) {
        yield* own.write(to, 'x')
        return 0
      })
      const end = yield* system.wait4(child, {})
      note([end?.how, end?.status])
      yield* system.sigaction(SIGPIPE, { handler: 'SIG_IGN' })
      note(yield* outcome(system.write(to, 'x')))
      return 0
    })
    expect(notes).toEqual([['signaled', SIGPIPE], 'EPIPE'])
  })

  test('shows its ends in /proc by the same number', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mount('proc', '/proc', 'proc')
      const [from, to] = yield* system.pipe()
      const shown = yield* system.readlink(`/proc/self/fd/${from}`)
      note(shown.replace(/\d+/, 'N'))
      note((yield* system.readlink(`/proc/self/fd/${to}`)) === shown)
      note((yield* system.stat(`/proc/self/fd/${to}`)).type)
      return 0
    })
    expect(notes).toEqual(['pipe:[N]', true, 'fifo'])
  })

  test('is written to through /proc/self/fd', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.mount('proc', '/proc', 'proc')
      const [from, to] = yield* system.pipe()
      const again = yield* system.open(`/proc/self/fd/${to}`, ['WRONLY'])
      yield* system.close(to)
      yield* system.write(again, 'text')
      yield* system.close(again)
      note(yield* readAll(system, from))
      return 0
    })
    expect(notes).toEqual(['text'])
  })
})

describe('poll', () => {
  test('waits for data or for its time limit', async () => {
    const notes = await notesOf(function* main(system, note) {
      const [from, to] = yield* system.pipe()
      const request = [{ fd: from, events: ['POLLIN'] as const }]
      note(yield* system.poll(request, 0))
      note(yield* system.poll(request, 5000))
      yield* system.fork(function* writer(child) {
        yield* child.write(to, 'x')
        return 0
      })
      note(yield* system.poll(request, -1))
      return 0
    })
    expect(notes).toEqual([[], [], [{ fd: 0, events: ['POLLIN'] }]])
  })

  test('tells of a hangup and of a wrong descriptor unasked', async () => {
    const notes = await notesOf(function* main(system, note) {
      const [from, to] = yield* system.pipe()
      yield* system.close(to)
      note(
        yield* system.poll(
          [
            { fd: from, events: [] },
            { fd: 77, events: [] },
          ],
          -1,
        ),
      )
      return 0
    })
    expect(notes).toEqual([
      [
        { fd: 0, events: ['POLLHUP'] },
        { fd: 77, events: ['POLLNVAL'] },
      ],
    ])
  })
})

test('opening a FIFO waits for the other end', async () => {
  const notes = await notesOf(function* main(system, note) {
    yield* system.mknod('/tmp/fifo', 'fifo')
    yield* system.fork(function* writer(child) {
      yield* child.nanosleep(1000)
      const fd = yield* child.open('/tmp/fifo', ['WRONLY'])
      yield* child.write(fd, 'through')
      return 0
    })
    note(yield* outcome(system.open('/tmp/fifo', ['WRONLY', 'NONBLOCK'])))
    note(yield* read(system, '/tmp/fifo'))
    return 0
  })
  expect(notes).toEqual(['ENXIO', 'through'])
})
