// The life of processes: fork, wait, signals, orphans, zombies, PID namespaces. Rules from the manual's sections 2 and 7.
import { describe, expect, test } from 'vitest'
import { SIGCHLD, SIGKILL, SIGTERM, SIGUSR1 } from '../../../src/sim/kernel/signal-numbers.ts'
import type { Program, System } from '../../../src/sim/kernel/system.ts'
import { bootMachine, outcome } from './machine.ts'

function* exits(status: number): Program {
  return status
}

function* sleeps(system: System): Program {
  yield* system.nanosleep(1000e6)
  return 0
}

function* pauses(system: System): Program {
  for (;;) yield* outcome(system.pause())
}

async function notesOf(main: (system: System, note: (text: unknown) => void) => Program): Promise<unknown[]> {
  return (await bootMachine().run(main)).notes
}

describe('wait4', () => {
  test('gives the exit status of a child, once', async () => {
    const notes = await notesOf(function* main(system, note) {
      const child = yield* system.fork(() => exits(7))
      const result = yield* system.wait4(child, {})
      note([result?.how, result?.status, result?.pid === child])
      note(yield* outcome(system.wait4(child, {})))
      return 0
    })
    expect(notes).toEqual([['exited', 7, true], 'ECHILD'])
  })

  test('sleeps until a child ends, in virtual time', async () => {
    const notes = await notesOf(function* main(system, note) {
      const before = yield* system.clock_gettime('CLOCK_MONOTONIC')
      yield* system.fork(sleeps)
      yield* system.wait4(-1, {})
      note(Math.floor(((yield* system.clock_gettime('CLOCK_MONOTONIC')) - before) / 1e6))
      return 0
    })
    expect(notes).toEqual([1000])
  })

  test('tells of a stop and of a continue when asked to', async () => {
    const notes = await notesOf(function* main(system, note) {
      const child = yield* system.fork(pauses)
      yield* system.kill(child, 19)
      note((yield* system.wait4(child, { untraced: true }))?.how)
      yield* system.kill(child, 18)
      note((yield* system.wait4(child, { continued: true }))?.how)
      yield* system.kill(child, SIGKILL)
      const end = yield* system.wait4(child, {})
      note([end?.how, end?.status])
      return 0
    })
    expect(notes).toEqual(['stopped', 'continued', ['signaled', 9]])
  })
})

describe('signals', () => {
  test('a handler runs and pause fails with EINTR', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.sigaction(SIGUSR1, {
        *handler(signal) {
          note(`handler ${signal}`)
        },
      })
      const self = yield* system.getpid()
      yield* system.fork(function* sender(child) {
        yield* child.nanosleep(1e6)
        yield* child.kill(self, SIGUSR1)
        return 0
      })
      note(yield* outcome(system.pause()))
      return 0
    })
    expect(notes).toEqual(['handler 10', 'EINTR'])
  })

  test('SA_RESTART begins wait4 anew', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.sigaction(SIGUSR1, {
        flags: ['RESTART'],
        *handler() {
          note('handler')
        },
      })
      const self = yield* system.getpid()
      yield* system.fork(function* sender(child) {
        yield* child.kill(self, SIGUSR1)
        yield* child.nanosleep(1e6)
        return 3
      })
      note((yield* system.wait4(-1, {}))?.status)
      return 0
    })
    expect(notes).toEqual(['handler', 3])
  })

  test('a blocked signal waits until it is unblocked', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.sigaction(SIGTERM, {
        *handler() {
          note('handler')
        },
      })
      yield* system.sigprocmask('SIG_BLOCK', [SIGTERM])
      yield* system.kill(yield* system.getpid(), SIGTERM)
      note(yield* system.sigpending())
      yield* system.sigprocmask('SIG_UNBLOCK', [SIGTERM])
      return 0
    })
    expect(notes).toEqual([[15], 'handler'])
  })

  test('a stop in the middle of a sleep does not lengthen it', async () => {
    const notes = await notesOf(function* main(system, note) {
      const child = yield* system.fork(function* sleeper(own) {
        yield* own.nanosleep(10e6)
        return 0
      })
      yield* system.nanosleep(1e6)
      yield* system.kill(child, 19)
      yield* system.nanosleep(3e6)
      yield* system.kill(child, 18)
      const before = yield* system.clock_gettime('CLOCK_MONOTONIC')
      yield* system.wait4(child, {})
      note(Math.round(((yield* system.clock_gettime('CLOCK_MONOTONIC')) - before) / 1e6))
      return 0
    })
    expect(notes).toEqual([6])
  })

  test('SIGCHLD set to SIG_IGN reaps, its default does not', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.fork(() => exits(0))
      yield* system.nanosleep(1e6)
      note((yield* system.wait4(-1, { nohang: true }))?.how)
      yield* system.sigaction(SIGCHLD, { handler: 'SIG_IGN' })
      yield* system.fork(() => exits(0))
      yield* system.nanosleep(1e6)
      note(yield* outcome(system.wait4(-1, { nohang: true })))
      return 0
    })
    expect(notes).toEqual(['exited', 'ECHILD'])
  })

  test('kill answers ESRCH, EINVAL and EPERM as kill(2) does', async () => {
    const notes = await notesOf(function* main(system, note) {
      note(yield* outcome(system.kill(99_999, 0)))
      note(yield* outcome(system.kill(1, 65)))
      yield* system.setresuid(1000, 1000, 1000)
      note(yield* outcome(system.kill(1, SIGTERM)))
      return 0
    })
    expect(notes).toEqual(['ESRCH', 'EINVAL', 'EPERM'])
  })
})

describe('orphans', () => {
  test('go to init', async () => {
    const notes = await notesOf(function* main(system, note) {
      const parent = yield* system.fork(function* leaves(own) {
        yield* own.fork(function* orphan(grandchild) {
          yield* grandchild.nanosleep(2e6)
          note(yield* grandchild.getppid())
          return 0
        })
        return 0
      })
      yield* system.wait4(parent, {})
      yield* system.nanosleep(3e6)
      return 0
    })
    expect(notes).toEqual([1])
  })

  test('go to the nearest subreaper above', async () => {
    const notes = await notesOf(function* main(system, note) {
      yield* system.prctl('PR_SET_CHILD_SUBREAPER', 1)
      const parent = yield* system.fork(function* leaves(own) {
        yield* own.fork(() => sleeps(own))
        return 0
      })
      yield* system.wait4(parent, {})
      note((yield* system.wait4(-1, {}))?.how)
      return 0
    })
    expect(notes).toEqual(['exited'])
  })
})

describe('a PID namespace', () => {
  test('numbers from 1, and the parent outside is 0', async () => {
    const notes = await notesOf(function* main(system, note) {
      const outside = yield* system.clone(['NEWPID'], function* inside(own) {
        note([yield* own.getpid(), yield* own.getppid()])
        return 0
      })
      note(outside > 1)
      yield* system.wait4(outside, {})
      return 0
    })
    expect(notes).toEqual([true, [1, 0]])
  })

  test('its init drops what it does not handle, even SIGKILL, from inside; from outside SIGKILL ends it', async () => {
    const notes = await notesOf(function* main(system, note) {
      const init = yield* system.clone(['NEWPID'], function* inside(own) {
        yield* own.fork(function* attacker(child) {
          for (const signal of [SIGKILL, SIGTERM, 19]) yield* child.kill(1, signal)
          return 0
        })
        yield* own.nanosleep(5e6)
        note('init lives')
        return yield* sleeps(own)
      })
      yield* system.nanosleep(6e6)
      yield* system.kill(init, SIGTERM)
      yield* system.nanosleep(1e6)
      note(yield* outcome(system.kill(init, 0)))
      yield* system.kill(init, SIGKILL)
      note((yield* system.wait4(init, {}))?.status)
      return 0
    })
    expect(notes).toEqual(['init lives', undefined, 9])
  })

  test("its init's end ends all in it, and nothing can be born there", async () => {
    const machine = bootMachine()
    const { notes } = await machine.run(function* main(system, note) {
      const before = [...machine.kernel.processes()].length
      const init = yield* system.clone(['NEWPID'], function* inside(own) {
        yield* own.fork(sleeps)
        yield* own.fork(sleeps)
        yield* own.nanosleep(1e6)
        return 0
      })
      yield* system.wait4(init, {})
      note([...machine.kernel.processes()].length - before)
      return 0
    })
    expect(notes).toEqual([0])
  })

  test("its init's end takes its zombies along, whoever their parents are", async () => {
    const machine = bootMachine()
    const { notes } = await machine.run(function* main(system, note) {
      const init = yield* system.clone(['NEWPID'], function* inside(own) {
        yield* own.fork(function* forgetful(parent) {
          yield* parent.fork(() => exits(0))
          return yield* pauses(parent)
        })
        return yield* pauses(own)
      })
      yield* system.nanosleep(1e6)
      const states = () => [...machine.kernel.processes()].map(({ state }) => state).join('')
      note(states())
      machine.kernel.sendSignal(machine.kernel.findProcess(machine.kernel.initialPidNamespace, init) ?? machine.init, 9)
      yield* system.wait4(init, {})
      note(states())
      return 0
    })
    expect(notes).toEqual(['SRSSZ', 'SR'])
  })
})

test('one seed and one program give one course of events', async () => {
  const once = () =>
    notesOf(function* main(system, note) {
      for (let index = 0; index < 5; index++) {
        yield* system.fork(function* child(own) {
          yield* own.nanosleep(1000 * index)
          note([index, yield* own.getpid(), yield* own.clock_gettime('CLOCK_REALTIME')])
          return 0
        })
      }
      for (let index = 0; index < 5; index++) yield* system.wait4(-1, {})
      return 0
    })
  expect(await once()).toEqual(await once())
})
