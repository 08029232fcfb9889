// ctr, containerd's own client: it sees everything that containerd has, namespace by namespace.
import { type Command, readCommandLine, UsageError } from '../containerd/command-line.ts'
import type { Main, Program, System } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import { ctrCommand } from './commands.ts'
import { namespaceOf, type Namespaces } from './context.ts'
import { CtrError } from './errors.ts'

/** Microseconds that a start of ctr and its connection take. */
const startUp = 20_000

/** @param namespaces containerd's, by name; there is one at least */
export function ctrMain(namespaces: Namespaces): Main {
  const root = ctrCommand(namespaces)
  return function* ctr(system, argv, environment) {
    yield* system.sleep_on(new WaitQueue(), 'futex', startUp)
    try {
      const found = readCommandLine(root, argv.slice(1))
      if ('text' in found) {
        yield* writeOut(system, found.text)
        return 0
      }
      const { command, path, flags, globals } = found
      if (globals.changed('version')) return yield* printVersion(system, namespaces)
      if (command.run === undefined) return yield* notSimulated(system, path, command)
      const [any] = namespaces.values()
      if (any === undefined) throw new CtrError('failed to dial "/run/containerd/containerd.sock"')
      const invocation = { system, environment, engine: any, flags, globals, operands: flags.operands }
      const engine = namespaces.get(namespaceOf(invocation)) ?? any
      return yield* command.run({ ...invocation, engine })
    } catch (error) {
      if (error instanceof UsageError) {
        yield* writeOut(system, error.help === '' ? `${error.message}\n` : error.help)
        if (error.help !== '') yield* writeError(system, `ctr: ${error.message}\n`)
        return error.help === '' ? 3 : 1
      }
      if (!(error instanceof CtrError)) throw error
      yield* writeError(system, `ctr: ${error.message}\n`)
      return 1
    }
  }
}

function* printVersion(system: System, namespaces: Namespaces): Program<number> {
  const [any] = namespaces.values()
  const { version = '' } = any?.daemon.parameters.components.containerd ?? {}
  yield* writeOut(system, `ctr github.com/containerd/containerd ${version}\n`)
  return 0
}

function* notSimulated(system: System, path: readonly string[], { names }: Command): Program<number> {
  yield* writeError(system, `ctr: the simulated machine does not have ${[...path.slice(1, -1), names[0]].join(' ')}\n`)
  return 1
}
