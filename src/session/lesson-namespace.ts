// On a cluster of the learner's a lesson runs in a namespace of its own, where the listings have `default`.
import type { PrintedOutput } from './compare.ts'

// In names of containers it stands between underscores.
const own = /(?<![a-z0-9-])lesson-[0-9a-f]{12}(?![a-z0-9-])/g

/** What a cell printed, as it would read in the namespace of the listings. */
export function inDefaultNamespace({ output, stdout, stderr }: PrintedOutput): PrintedOutput {
  return { output: rename(output), stdout: rename(stdout), stderr: rename(stderr) }
}

function rename(text: string): string {
  return text.replaceAll(own, 'default')
}
