// Programs that a function starts in a child: system(3), popen(3), posix_spawn(3).
import { type Program, type System, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { attempt, fail, text, textArray } from './access.ts'
import { environmentOf } from './allocation.ts'
import type { AsyncTable } from './native.ts'
import { ownEnvironment, statusWord } from './processes.ts'
import { closeStream, newStream } from './stdio-input.ts'
import { streamAt } from './stdio-output.ts'

const einval = 22

/** What a child of system(3) and its like does: the exit status says that there was nothing to execute. */
function* executeOr127(
  system: System,
  path: string,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Program<number> {
  try {
    return yield* system.execve(path, argv, environment)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return 127
  }
}

/** system(3): SIGINT and SIGQUIT ignored, SIGCHLD blocked, while a shell runs the command. */
function* runShell(machine: Machine, system: System, command: Value): Program<Value> {
  if (command === 0) return 1
  const words = ['sh', '-c', text(machine, command)]
  const environment = ownEnvironment(machine)
  const interrupt = yield* system.sigaction(2, { handler: 'SIG_IGN' })
  const quit = yield* system.sigaction(3, { handler: 'SIG_IGN' })
  const mask = yield* system.sigprocmask('SIG_BLOCK', [17])
  const pid = yield* attempt(
    machine,
    system.fork(function* shell(own) {
      yield* own.sigaction(2, interrupt)
      yield* own.sigaction(3, quit)
      yield* own.sigprocmask('SIG_SETMASK', mask)
      return yield* executeOr127(own, '/bin/sh', words, environment)
    }),
  )
  let status: Value = -1
  if (pid !== -1) {
    for (;;) {
      const result = yield* attempt(machine, system.wait4(Number(pid), {}), (each) =>
        each === undefined ? 0 : statusWord(each),
      )
      if (result === -1 && machine.library.errno === 4) continue
      status = result
      break
    }
  }
  yield* system.sigaction(2, interrupt)
  yield* system.sigaction(3, quit)
  yield* system.sigprocmask('SIG_SETMASK', mask)
  return status
}

/** popen(3). */
function* openPipe(machine: Machine, system: System, command: Value, mode: Value): Program<Value> {
  const reads = text(machine, mode).startsWith('r')
  if (!reads && !text(machine, mode).startsWith('w')) return fail(machine, einval, 0)
  const words = ['sh', '-c', text(machine, command)]
  const environment = ownEnvironment(machine)
  let ends: readonly [number, number]
  try {
    ends = yield* system.pipe(['CLOEXEC'])
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return fail(machine, errnoNumber(error.errno), 0)
  }
  const [own, other] = reads ? ends : [ends[1], ends[0]]
  const pid = yield* attempt(
    machine,
    system.fork(function* shell(child) {
      yield* child.dup2(other, reads ? 1 : 0)
      return yield* executeOr127(child, '/bin/sh', words, environment)
    }),
  )
  yield* attempt(machine, system.close(other), () => 0)
  if (pid === -1) return 0
  const stream = newStream(machine, own, { readable: reads, writable: !reads })
  stream.child = Number(pid)
  return stream.address
}

function* closePipe(machine: Machine, system: System, address: Value): Program<Value> {
  const stream = streamAt(machine, address)
  const { child } = stream
  yield* closeStream(machine, system, stream)
  return yield* attempt(machine, system.wait4(child, {}), (each) => (each === undefined ? -1 : statusWord(each)))
}

function* spawn(
  machine: Machine,
  system: System,
  place: Value,
  path: string,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Program<Value> {
  try {
    yield* system.access(path, ['X'])
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return errnoNumber(error.errno)
  }
  const pid = yield* attempt(
    machine,
    system.fork(function* spawned(own) {
      return yield* executeOr127(own, path, argv, environment)
    }),
  )
  if (place !== 0) machine.memory.store32(place, Number(pid))
  return 0
}

export const shellCommandFunctions: AsyncTable = {
  system: runShell,
  popen: openPipe,
  pclose: closePipe,
  *posix_spawn(m, system, place = 0, path = 0, _actions = 0, _attributes = 0, argv = 0, envp = 0) {
    return yield* spawn(m, system, place, text(m, path), textArray(m, argv), environmentOf(m, envp))
  },
  *posix_spawnp(m, system, place = 0, file = 0, _actions = 0, _attributes = 0, argv = 0, envp = 0) {
    const name = text(m, file)
    return yield* spawn(
      m,
      system,
      place,
      name.includes('/') ? name : `/usr/bin/${name}`,
      textArray(m, argv),
      environmentOf(m, envp),
    )
  },
}
