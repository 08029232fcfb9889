// What a command of kubectl is: a row with its name, usage, flags and the function that runs it.
import type { FlagRow } from '../../text/flags.ts'
import type { Program } from '../kernel/system.ts'
import type { Invocation } from './invocation.ts'

export interface Command {
  /** As typed after `kubectl`: `get`, `rollout status`. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** For what only newer kubectls have: one line about it, and its usage. All others have their page in help.json. */
  readonly summary?: string
  readonly usage?: string
  readonly flags?: readonly FlagRow[]
  /** Flags that must be given. */
  readonly required?: readonly string[]
  /** Gives the exit code. May throw StatusError, ApiError, JsonPathError. */
  run(invocation: Invocation): Program<number>
}
