// `docker exec`: another process in a running container; its exit code is the command's.
import type { Command } from './command.ts'
import { environmentOf } from './container-options.ts'
import { bool, detachKeys, list, string } from './flag-types.ts'
import { environmentVariable } from './flag-values.ts'
import { copyStreams } from './foreground.ts'
import { requireTerminal } from './run.ts'

export const execCommand: Command = {
  names: ['container exec', 'exec'],
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  summary: { '20.10': 'Run a command in a running container', now: 'Execute a command in a running container' },
  operands: { least: 2 },
  interspersed: false,
  flags: [
    { name: 'detach', shorthand: 'd', type: bool, usage: 'Detached mode: run command in the background' },
    detachKeys,
    { name: 'env', shorthand: 'e', type: environmentVariable, usage: 'Set environment variables' },
    { name: 'env-file', type: list, usage: 'Read in a file of environment variables' },
    { name: 'interactive', shorthand: 'i', type: bool, usage: 'Keep STDIN open even if not attached' },
    { name: 'privileged', type: bool, usage: 'Give extended privileges to the command' },
    { name: 'tty', shorthand: 't', type: bool, usage: 'Allocate a pseudo-TTY' },
    {
      name: 'user',
      shorthand: 'u',
      type: string,
      usage: {
        '20.10': 'Username or UID (format: <name|uid>[:<group|gid>])',
        now: 'Username or UID (format: "<name|uid>[:<group|gid>]")',
      },
    },
    { name: 'workdir', shorthand: 'w', type: string, usage: 'Working directory inside the container' },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    const [name = '', ...command] = invocation.operands
    const detach = flags.bool('detach')
    const tty = flags.bool('tty')
    const stdin = flags.bool('interactive') && !detach
    const env = yield* environmentOf(invocation)
    const api = yield* invocation.api(`/containers/${name}/json`)
    // Asked first, so that a missing container is told before a missing terminal.
    yield* invocation.about('container', name, api.containerInspect(system, name))
    if (stdin && tty) yield* requireTerminal(invocation)
    const { Id } = yield* api.execCreate(system, name, {
      AttachStdin: stdin,
      AttachStdout: !detach,
      AttachStderr: !detach,
      Tty: tty,
      Env: env,
      Cmd: command,
      Privileged: flags.bool('privileged'),
      User: flags.text('user'),
      WorkingDir: flags.text('workdir'),
    })
    const stream = yield* api.execStart(system, Id, { detach, tty })
    if (!stream) return 0
    yield* copyStreams(invocation, stream, { stdin })
    return (yield* api.execInspect(system, Id)).ExitCode ?? 0
  },
}
