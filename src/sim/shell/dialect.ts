// The two shells that one interpreter plays: bash on the host, and busybox's ash, which is `sh` in the containers.
// Their messages differ, and a few rules; all of that is in this table.

export interface Dialect {
  readonly kind: 'bash' | 'ash'
  /** Whether braces, arrays' syntax and `$'…'` beyond POSIX mean something. */
  readonly braces: boolean
  /** `NAME: ` or `NAME: line N: ` before a message. */
  prefix(name: string, line: number, scriptFile: boolean): string
  commandNotFound(command: string): string
  /** A path that was given with a slash and is not there. */
  noSuchProgram(command: string): string
  cannotOpen(path: string, error: string): string
  cannotCreate(path: string, error: string): string
}

export const bash: Dialect = {
  kind: 'bash',
  braces: true,
  prefix: (name, line) => `${name}: line ${line}: `,
  commandNotFound: (command) => `${command}: command not found`,
  noSuchProgram: (command) => `${command}: No such file or directory`,
  cannotOpen: (path, error) => `${path}: ${error}`,
  cannotCreate: (path, error) => `${path}: ${error}`,
}

export const ash: Dialect = {
  kind: 'ash',
  braces: false,
  prefix: (name, line, scriptFile) => (scriptFile ? `${name}: line ${line}: ` : `${name}: `),
  commandNotFound: (command) => `${command}: not found`,
  noSuchProgram: (command) => `${command}: not found`,
  cannotOpen: (path, error) => `can't open ${path}: ${error === 'No such file or directory' ? 'no such file' : error}`,
  cannotCreate: (path, error) =>
    `can't create ${path}: ${error === 'No such file or directory' ? 'nonexistent directory' : error}`,
}
