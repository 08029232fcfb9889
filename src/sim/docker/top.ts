// `docker top`: the host's own ps, and of its lines those of the container's processes.
import type { ContainerTopResponse } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { notRunning } from './texts.ts'
import { Answer, type Work } from './threads.ts'
import { hostOutput } from '../kernel/host-output.ts'
import { nullDevice } from '../kernel/devices.ts'

/** GET /containers/ID/top. @throws EngineError 404, 409; 500 when ps fails or shows no PID */
export function* containerTop(
  daemon: Daemon,
  name: string,
  psArguments: readonly string[] = [],
): Work<ContainerTopResponse> {
  const container = daemon.get(name)
  const { task } = container
  if (!container.state.running || task === undefined) throw new EngineError(409, notRunning(daemon.words, container.id))
  if (container.state.restarting) {
    throw new EngineError(409, `Container ${container.id} is restarting, wait until the container is running`)
  }
  const { output, failed } = yield* runPs(daemon, psArguments.length === 0 ? ['-ef'] : psArguments)
  if (failed) throw new EngineError(500, `ps: ${output.trim().split('\n', 1)[0]}`)
  daemon.logEvent(container, 'top')
  const [head = '', ...lines] = output.split('\n').filter((line) => line !== '')
  const titles = fields(head)
  const column = titles.indexOf('PID')
  if (column === -1) throw new EngineError(500, "Couldn't find PID field in ps output")
  // A control group does not list its zombies.
  const alive = [...task.processes(daemon.kernel)].filter((process) => process.state !== 'Z')
  const pids = new Set(alive.map((process) => process.pid.global))
  const last = titles.length - 1
  const processes = lines
    .map(fields)
    .filter((row) => pids.has(Number(row[column])))
    .map((row) => [...row.slice(0, last), row.slice(last).join(' ')])
  return { Titles: titles, Processes: processes }
}

function fields(line: string): string[] {
  return line.split(/\s+/).filter((field) => field !== '')
}

function* runPs(daemon: Daemon, flags: readonly string[]): Work<{ output: string; failed: boolean }> {
  const chunks: string[] = []
  const decoder = new TextDecoder()
  const output = hostOutput((chunk) => chunks.push(decoder.decode(chunk, { stream: true })))
  const ended = new Answer<number>()
  const environment = new Map([['PATH', '/usr/bin:/bin']])
  const process = daemon.kernel.spawn({
    parent: daemon.process,
    main: (system) => system.execve('/usr/bin/ps', ['ps', ...flags], environment),
    argv: ['ps', ...flags],
    environment,
    comm: 'ps',
    executablePath: '/usr/bin/ps',
    files: new Map([
      [0, nullDevice()],
      [1, output],
      [2, output],
    ]),
  })
  daemon.kernel.onExit(process, (exit) => ended.give(exit.status))
  const status = yield* ended.wait()
  return { output: chunks.join(''), failed: status !== 0 }
}
