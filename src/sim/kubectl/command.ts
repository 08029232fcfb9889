// What a command of kubectl is: a row with its name, usage, flags and the function that runs it.
import type { FlagRow } from '../../text/flags.ts'
import type { Program } from '../kernel/system.ts'
import type { Invocation } from './invocation.ts'

export interface Command {
  /** As typed after `kubectl`: `get`, `rollout status`. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** One line, as lists of commands have it. */
  readonly summary: string
  /** In which list of `kubectl --help` it stands; absent: none. */
  readonly group?:
    | 'beginner'
    | 'intermediate'
    | 'deploy'
    | 'cluster'
    | 'troubleshooting'
    | 'advanced'
    | 'settings'
    | 'other'
  readonly usage: string
  /** Lines under "Examples:", without their indent. */
  readonly examples?: string
  readonly flags?: readonly FlagRow[]
  /** Flags that must be given. */
  readonly required?: readonly string[]
  /** Gives the exit code. May throw StatusError, ApiError, JsonPathError. */
  run(invocation: Invocation): Program<number>
}
