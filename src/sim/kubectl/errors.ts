// How kubectl ends: messages on stderr and exit codes. pkg/cmd/util/helpers.go, StandardErrorMessage.
import type { ApiError } from '../kubernetes/errors.ts'

/** Ends the command with a text on stderr, printed as it is, and an exit code. */
export class StatusError extends Error {
  readonly code: number

  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** The line for a refusal of the server. */
export function apiErrorText(error: ApiError, context?: string): string {
  const { details } = error
  if (details !== undefined) {
    const [only] = details.causes
    const list = details.causes.length === 1 ? only : `\n${details.causes.map((cause) => `* ${cause}`).join('\n')}`
    return `The ${details.kind} "${details.name}" is invalid: ${list}`
  }
  return `Error from server (${error.reason}): ${context === undefined ? '' : `${context}: `}${error.message}`
}
