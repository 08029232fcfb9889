// One call of a kubectl command: what it was given, where its output goes, and the cluster.
import type { ParsedFlags } from '../../text/flags.ts'
import type { Environment, Program, System } from '../kernel/system.ts'
import type { ApiServer } from '../kubernetes/api-server.ts'
import type { Cluster } from '../kubernetes/cluster.ts'
import { ApiError } from '../kubernetes/errors.ts'
import type { Resource } from '../kubernetes/resources.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import { StatusError } from './errors.ts'
import type { Kubeconfig } from './kubeconfig.ts'

export class Invocation {
  readonly system: System
  readonly environment: Environment
  readonly #cluster: Cluster | undefined
  /** As typed: `kubectl get`. */
  readonly name: string
  readonly flags: ParsedFlags
  readonly operands: readonly string[]
  readonly kubeconfig: Kubeconfig
  readonly #never = new WaitQueue()

  constructor(options: {
    system: System
    environment: Environment
    cluster: Cluster | undefined
    name: string
    flags: ParsedFlags
    kubeconfig: Kubeconfig
  }) {
    this.system = options.system
    this.environment = options.environment
    this.#cluster = options.cluster
    this.name = options.name
    this.flags = options.flags
    this.operands = options.flags.operands
    this.kubeconfig = options.kubeconfig
  }

  /** @throws StatusError where there is none, or no context leads to it */
  get cluster(): Cluster {
    if (this.#cluster !== undefined && this.kubeconfig.context !== undefined) return this.#cluster
    throw new StatusError(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    )
  }

  get api(): ApiServer {
    return this.cluster.api
  }

  /** `-n`, else the context's, else `default`. */
  get namespace(): string {
    return this.flags.text('namespace') || this.kubeconfig.namespace
  }

  /** Where lists look: undefined is everywhere. */
  get listNamespace(): string | undefined {
    return this.flags.given().includes('all-namespaces') && this.flags.bool('all-namespaces')
      ? undefined
      : this.namespace
  }

  out(text: string): Program<void> {
    return writeOut(this.system, text)
  }

  err(text: string): Program<void> {
    return writeError(this.system, text)
  }

  /** Microseconds since the epoch. */
  now(): Program<number> {
    return this.system.clock_gettime('CLOCK_REALTIME')
  }

  sleep(microseconds: number): Program<'woken' | 'timeout'> {
    return this.system.sleep_on(this.#never, 'futex', microseconds)
  }

  /** Sleeps until anything in the cluster changes. */
  *changed(microseconds?: number): Program<'woken' | 'timeout'> {
    return yield* this.system.sleep_on(this.api.store.changed, 'futex', microseconds)
  }

  /** Who is not the administrator may nothing here. @throws ApiError Forbidden */
  authorize(verb: string, resource: Resource, namespace: string | undefined, name?: string): void {
    const user = this.flags.text('as')
    if (user === '') return
    const what = name === undefined ? `${resource.name} is forbidden` : `${resource.name} "${name}" is forbidden`
    const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
    throw new ApiError(
      'Forbidden',
      `${what}: User "${user}" cannot ${verb} resource "${resource.name}" in API group "${resource.group}" ${where}`,
    )
  }

  /** The value of `--dry-run`. @throws StatusError */
  dryRun(): 'none' | 'client' | 'server' {
    const value = this.flags.text('dry-run')
    if (value === 'none' || value === 'client' || value === 'server') return value
    if (value === 'unchanged' || value === 'true') return 'client'
    if (value === 'false') return 'none'
    throw new StatusError(`error: Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
  }
}
