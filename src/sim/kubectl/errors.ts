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

/** A mistake in how a command was typed, with the way to its help. pkg/cmd/util, UsageErrorf */
export function usageError(command: string, message: string): StatusError {
  return new StatusError(`error: ${message}\nSee 'kubectl ${command} -h' for help and examples`)
}

/** No operand and no file names an object. cli-runtime/pkg/resource/builder.go */
export const missingResource = `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

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
