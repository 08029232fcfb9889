// From the bytes of an executable file to its main, each file's once.
import type { Main } from '../kernel/system.ts'
import { decodeProgram } from './program.ts'
import { mainOf } from './start.ts'

const programs = new WeakMap<Uint8Array, Main>()

/** The program that a file holds; undefined when it is damaged. */
export function loadProgram(content: Uint8Array): Main | undefined {
  let main = programs.get(content)
  if (main === undefined) {
    const program = decodeProgram(content)
    if (program === undefined) return undefined
    main = mainOf(program)
    programs.set(content, main)
  }
  return main
}
