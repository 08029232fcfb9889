// What the engine answers when it refuses: an HTTP status and the daemon's own sentence.

/** The body of an error answer. `docker` prints it after `Error response from daemon: `. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  /** HTTP status: 400 bad parameter, 404 not found, 409 conflict, 500 the rest. 304 is not thrown. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
