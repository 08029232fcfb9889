// Errors that a user can do something about. Their text is all that is printed.

/** Something cannot be done, and why, in the user's terms. Ends the program with code 2. */
export class CliError extends Error {}

/** The command line itself is wrong; a hint to the usage follows the message. */
export class UsageError extends CliError {}

/** The text of a file error, without Node's own words: `no such file: x.md`. */
export function fileErrorMessage(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    EISDIR: 'this is a directory, not a file',
    EACCES: 'no permission to read',
    EPERM: 'no permission to read',
    ENOTDIR: 'no such file',
    ENAMETOOLONG: 'the name is too long',
    EROFS: 'this disk cannot be written to',
    ENOSPC: 'no space left to write',
  }
  const reason = typeof code === 'string' ? reasons[code] : undefined
  return `${reason ?? (error instanceof Error ? error.message : String(error))}: ${file}`
}
