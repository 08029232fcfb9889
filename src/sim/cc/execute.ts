// The executable format of programs that the simulated gcc makes, for the kernel: what execve runs for such a file.
// This file is all that is loaded before the first such program runs.
import type { Main, Program, System } from '../kernel/system.ts'

/** Asked of the first bytes of every file that is executed, so it looks at little. */
export function isCompiledProgram(content: Uint8Array): boolean {
  if (content[0] !== 0x7f || content[1] !== 0x45 || content.length < payloadStart + marker.length) return false
  for (let index = 0; index < marker.length; index++) {
    if (content[payloadStart + index] !== marker.charCodeAt(index)) return false
  }
  // An object file (ET_REL) has the same payload and cannot be executed.
  return content[16] !== 1
}

const payloadStart = 0x300
const marker = 'PAUSELAB'

interface Runner {
  readonly loadProgram: (content: Uint8Array) => Main | undefined
}
let runner: Promise<Runner> | undefined
let loaded: Runner | undefined

/** elf(5): ET_DYN, which `gcc` makes without -static. */
const dynamic = 3
const loader = '/lib64/ld-linux-x86-64.so.2'

/** The program in an executable file; undefined when the file is not one of the simulated gcc. */
export function loadExecutable(content: Uint8Array): { main: Main; interpreter: string | undefined } | undefined {
  if (!isCompiledProgram(content)) return undefined
  return { main: mainOf(content), interpreter: content[16] === dynamic ? loader : undefined }
}

function mainOf(content: Uint8Array): Main {
  return function* main(system, argv, environment) {
    loaded ??= yield* load(system)
    const program = loaded.loadProgram(content)
    if (program === undefined) return yield* system.exit(127)
    return yield* program(system, argv, environment)
  }
}

function* load(system: System): Program<Runner> {
  return (yield* system.host(() => (runner ??= import('./program-loader.ts')))) as Runner
}
