// One call of a docker command: what it was given, where its output goes, and the engine, connected at first use.
import type { ParsedFlags } from '../../text/flags.ts'
import type { DockerApi } from '../docker/api.ts'
import { connectEngine, ConnectionError } from '../docker/connect.ts'
import { EngineError } from '../docker/errors.ts'
import type { Environment, Program, System } from '../kernel/system.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import { concurrently } from './concurrently.ts'
import { connectionMessage, StatusError } from './errors.ts'
import type { ClientVersion, Release } from './release.ts'

export class Invocation {
  readonly system: System
  readonly environment: Environment
  readonly client: ClientVersion
  /** As typed, with `docker`: `docker container ls`. */
  readonly name: string
  readonly flags: ParsedFlags
  readonly operands: readonly string[]
  /** DOCKER_HOST or `-H`. */
  readonly host: string
  private engine: DockerApi | undefined

  constructor(options: {
    system: System
    environment: Environment
    client: ClientVersion
    name: string
    flags: ParsedFlags
    host: string
  }) {
    this.system = options.system
    this.environment = options.environment
    this.client = options.client
    this.name = options.name
    this.flags = options.flags
    this.operands = options.flags.operands
    this.host = options.host
  }

  get release(): Release {
    return this.client.release
  }

  /** The operand at that place; the command's row says how many there are. */
  operand(index: number): string {
    return this.operands[index] ?? ''
  }

  out(text: string): Program<void> {
    return writeOut(this.system, text)
  }

  err(text: string): Program<void> {
    return writeError(this.system, text)
  }

  /**
   * The engine.
   * @param path of the request that comes first, which the message about a missing permission shows
   * @throws StatusError when nobody answers
   */
  *api(path = '/containers/json'): Program<DockerApi> {
    try {
      this.engine ??= yield* connectEngine(this.system, this.host)
      return this.engine
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
      const version = this.release === '20.10' ? 'v1.24' : `v${this.client.apiVersion}`
      const socket = encodeURIComponent(this.host.replace(/^unix:\/\//, ''))
      const request = path === '/_ping' ? `Head "http://${socket}/_ping"` : `Get "http://${socket}/${version}${path}"`
      throw new StatusError(connectionMessage(error, this.release, request))
    }
  }

  /** Seconds since the Unix epoch, with a fraction. */
  *now(): Program<number> {
    return (yield* this.system.clock_gettime('CLOCK_REALTIME')) / 1e6
  }

  /**
   * A call about one object. Before 26.1 the client itself said that an object is missing, in words of its own.
   * @param kind as in `No such KIND: NAME`
   */
  *about<T>(kind: string, name: string, call: Program<T>): Program<T> {
    if (name === '' && kind === 'container') {
      const text = 'invalid container name or ID: value is empty'
      throw new MissingError(this.release === '28.5' ? text : 'Error: No such container: ')
    }
    try {
      return yield* call
    } catch (error) {
      if (this.release === '20.10' && error instanceof EngineError && error.status === 404) {
        throw new MissingError(`Error: No such ${kind}: ${name}`)
      }
      throw error
    }
  }

  /**
   * Does something for each name, prints the name when it succeeded, goes on when not, and ends with all errors.
   * @param text what is printed for a success; by default the name
   */
  *forEach<T>(
    names: readonly string[],
    action: (name: string) => Program<T>,
    text: (name: string, result: T) => string = (name) => `${name}\n`,
  ): Program<number> {
    const errors: string[] = []
    for (const name of names) {
      try {
        const result = yield* action(name)
        yield* this.out(text(name, result))
      } catch (error) {
        errors.push(errorMessage(error))
      }
    }
    if (errors.length > 0) throw new StatusError(errors.join('\n'))
    return 0
  }

  /**
   * The same for all names at once, as docker does it for stop, kill, pause and rm. What came of them is told in their
   * order; with `ignore` an error is only printed.
   */
  *forEachAtOnce(
    names: readonly string[],
    action: (name: string) => Program<unknown>,
    ignore: (error: unknown) => boolean = () => false,
  ): Program<number> {
    const outcomes = yield* concurrently(this.system, names.map(action))
    const errors: string[] = []
    for (const [index, outcome] of outcomes.entries()) {
      if (!('error' in outcome)) yield* this.out(`${names[index]}\n`)
      else if (ignore(outcome.error)) yield* this.err(`${errorMessage(outcome.error)}\n`)
      else errors.push(errorMessage(outcome.error))
    }
    if (errors.length > 0) throw new StatusError(errors.join('\n'))
    return 0
  }
}

/** What is not there, in the words of a client that had its own. */
class MissingError extends StatusError {}

/** Whether an error says that an object is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof MissingError || (error instanceof EngineError && error.status === 404)
}

/** The line for an error of the engine or of ours. Anything else is a defect, and is thrown on. */
export function errorMessage(error: unknown): string {
  if (error instanceof EngineError) return `Error response from daemon: ${error.message}`
  if (error instanceof StatusError) return error.message
  throw error
}
