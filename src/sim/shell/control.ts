// What leaves a command before its end: thrown through the interpreter, caught where bash(1) says that it stops.

/** `break N`, `continue N`: caught by the Nth enclosing loop. */
export class LoopExit extends Error {
  readonly kind: 'break' | 'continue'
  levels: number

  constructor(kind: 'break' | 'continue', levels: number) {
    super(kind)
    this.kind = kind
    this.levels = levels
  }
}

/** `return N`: caught by the function call or the sourced file. */
export class ReturnExit extends Error {
  readonly status: number

  constructor(status: number) {
    super('return')
    this.status = status
  }
}

/** `exit N`, and all that ends a shell: caught by the process's main. */
export class ShellExit extends Error {
  readonly status: number

  constructor(status: number) {
    super('exit')
    this.status = status
  }
}

/** A cancelled run: unwinds to the session. */
export class Cancelled extends Error {}

/** An error that ends the command line under way, with its message still to be printed: 1/0, a readonly variable. */
export class FatalError extends Error {
  readonly status: number
  /** Whether a shell that is not interactive ends, `${x?}` and `set -u`. */
  readonly exits: boolean
  /** What stands before the message, when it is not for its place of printing to say: it came from a function. */
  prefix: string | undefined

  constructor(message: string, status = 1, exits = false) {
    super(message)
    this.status = status
    this.exits = exits
  }
}

/** An error that only makes its command fail, with its message still to be printed: a redirection, a bad option. */
export class CommandError extends Error {
  readonly status: number

  constructor(message: string, status = 1) {
    super(message)
    this.status = status
  }
}

/**
 * What ended a turn of a loop, for that loop: `break` or `continue`. What is meant for a loop around it, and every other
 * error, is thrown on.
 * @param depth how many loops the shell is in, this one counted
 */
export function loopExit(error: unknown, depth: number): LoopExit['kind'] {
  if (!(error instanceof LoopExit)) throw error
  error.levels -= 1
  if (error.levels > 0 && depth > 1) throw error
  return error.kind
}
