// Files in /tmp, and programs over them, for `kubectl diff` and `kubectl edit`.
import type { Environment, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { removeTree } from '../programs/file-tree.ts'
import { execvp, startFailure, waitForChild } from '../programs/run-command.ts'
import { writeAll } from '../programs/stdio.ts'

/** Makes a directory whose name begins so and ends in nine digits, as Go's TempDir. @param seed hex digits of chance */
export function* temporaryDirectory(system: System, prefix: string, seed: string): Program<string> {
  const digits = String(Number.parseInt(seed.slice(0, 8), 16) % 1e9).padStart(9, '0')
  const path = `/tmp/${prefix}-${digits}`
  yield* system.mkdir(path, 0o700)
  return path
}

export function* writeFile(system: System, path: string, text: string, mode: number): Program<void> {
  const fd = yield* system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], mode)
  yield* writeAll(system, fd, text)
  yield* system.close(fd)
}

/** Removes a file or a tree; what cannot be removed stays. */
export function* remove(system: System, path: string): Program<void> {
  yield* removeTree(system, path, function* failed() {})
}

/**
 * Runs a program to its end.
 * @returns its status as a shell tells it; undefined when it is nowhere on PATH
 */
export function* runProgram(
  system: System,
  words: readonly string[],
  environment: Environment,
): Program<number | undefined> {
  const child = yield* system.fork(function* start(inner) {
    try {
      return yield* execvp(inner, words, environment)
    } catch (error) {
      if (error instanceof SystemCallError) return startFailure(error)
      throw error
    }
  })
  const status = yield* waitForChild(system, child)
  return status === 127 ? undefined : status
}
