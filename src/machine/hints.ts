// What the learner is told when the shell itself has ended.
import { constants } from 'node:os'

/** The exit code as a shell gives it: 128 and the number of the signal that killed it. */
export function exitStatus(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code
  return 128 + (signal === null ? 0 : constants.signals[signal])
}

export function hintsFor(code: number | null, signal: NodeJS.Signals | null, cwd: string): string[] {
  const what =
    signal === null
      ? `The shell has ended, with exit code ${code}: by \`exit\`, \`exec\`, or a command that failed under \`set -e\`.`
      : `The shell was killed by ${signal}.`
  return [
    what,
    `The next cell gets a new one, in ${cwd} and with the variables that were exported; other variables, functions and jobs are gone.`,
  ]
}

/** When a cancelled cell could only be ended with its shell, which then saved its state. */
export const savedHints: readonly string[] = [
  'The cell could not be left where it was, so it was ended with its shell.',
  'The next cell gets a new one, with the same directory, variables and functions; jobs are no longer its own.',
]
