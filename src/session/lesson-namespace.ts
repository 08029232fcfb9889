// On a cluster of the learner's a lesson runs in a namespace of its own, where the listings have `default`.
import type { PrintedOutput } from './compare.ts'

const own = /\bpause-lab-[0-9a-f]{12}\b/g

/** What a cell printed, as it would read in the namespace of the listings. */
export function inDefaultNamespace({ output, stdout, stderr }: PrintedOutput): PrintedOutput {
  return { output: rename(output), stdout: rename(stdout), stderr: rename(stderr) }
}

function rename(text: string): string {
  return text.replaceAll(own, 'default')
}
