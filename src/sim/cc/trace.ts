// The lines of source that compiled programs run, for whoever steps through them. Costs nothing while nobody listens.
import { machineObservers } from './start.ts'

/** A line that is about to run. */
export interface TracedLine {
  /** As given to gcc. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly functionName: string
}

/**
 * Tells of each line of a program's source before it runs; of the first process that starts from now on, not of its
 * children.
 *
 * @param program the last part of its path, as execve got it: `pause`
 * @param listener gives false when it wants no more; the program then runs at its own speed
 * @returns stops telling
 */
export function traceLines(program: string, listener: (line: TracedLine) => boolean): () => void {
  let isOn = true
  const observe: Parameters<typeof machineObservers.add>[0] = (machine, argv) => {
    if (argv[0]?.split('/').at(-1) !== program) return
    machineObservers.delete(observe)
    let last: TracedLine | undefined
    machine.lineHook = (file, line, functionName) => {
      // A call that comes back goes on within its line.
      const isNew = last?.line !== line || last.functionName !== functionName || last.file !== file
      last = { file, line, functionName }
      if (isOn && (!isNew || listener(last))) return
      machine.lineHook = undefined
    }
  }
  machineObservers.add(observe)
  return () => {
    isOn = false
    machineObservers.delete(observe)
  }
}
