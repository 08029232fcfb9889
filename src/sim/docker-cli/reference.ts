// Names of images as the command itself looks at them, before the engine does.
import { referenceProblem } from '../docker/reference.ts'
import { StatusError } from './errors.ts'
import type { Release } from './release.ts'

/** @throws StatusError with docker's words */
export function checkReference(release: Release, text: string): void {
  const problem = referenceProblem(release, text)
  if (problem !== undefined) throw new StatusError(problem)
}
