// Runs the docker command without a machine: system calls that it makes before it needs an engine are answered here.
import type { clients } from '../../../src/sim/docker-cli/release.ts'
import { dockerMainOf } from '../../../src/sim/docker-cli/main.ts'
import { type System, SystemCallError, type SystemCallRequest } from '../../../src/sim/kernel/system.ts'

export type DockerVersion = keyof typeof clients

export interface Answer {
  stdout: string
  stderr: string
  exitCode: number
}

/**
 * What `docker ARGS` prints where no daemon answers and stdin is no terminal.
 * @param refusal what opening the daemon's socket fails with
 */
export function runDocker(
  version: DockerVersion,
  args: readonly string[],
  environment: Record<string, string> = {},
  refusal: 'ENOENT' | 'EACCES' = 'ENOENT',
): Answer {
  const answer: Answer = { stdout: '', stderr: '', exitCode: 0 }
  const variables = new Map(Object.entries({ HOME: '/root', ...environment }))
  const program = dockerMainOf(version)(systemOfRequests(), ['docker', ...args], variables)
  let step = program.next()
  while (!step.done) {
    const result = answerCall(step.value, answer, refusal)
    step = result instanceof SystemCallError ? program.throw(result) : program.next(result)
  }
  return { ...answer, exitCode: step.value }
}

function answerCall(request: SystemCallRequest, answer: Answer, refusal: 'ENOENT' | 'EACCES'): unknown {
  switch (request.name) {
    case 'write': {
      const [fd, data] = request.args as [number, Uint8Array]
      answer[fd === 1 ? 'stdout' : 'stderr'] += new TextDecoder().decode(data)
      return data.length
    }
    case 'isatty':
      return false
    case 'clock_gettime':
      return 0
    case 'open':
      return new SystemCallError(refusal)
    default:
      throw new Error(`no answer for ${request.name}`)
  }
}

/** Every call is one request. */
function systemOfRequests(): System {
  return new Proxy({} as System, {
    get: (_, name: string) =>
      function* call(...args: unknown[]): Generator<unknown, unknown, unknown> {
        return yield { name, args }
      },
  })
}
