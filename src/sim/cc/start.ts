// The start of a program: its segments, stack with arguments and environment, heap and streams; then main.
import type { Environment, Main, Program, System } from '../kernel/system.ts'
import { encodeText } from '../programs/bytes.ts'
import { Heap } from './library/heap.ts'
import { LibraryState } from './library/state.ts'
import { Stream } from './library/stream.ts'
import { libraryFunction } from './library/table.ts'
import { Machine, stackSize, stackTop } from './machine.ts'
import { Memory } from './memory.ts'
import type { LinkedProgram } from './program.ts'
import { runProgram } from './run.ts'

/** Bytes between FILE objects. */
const streamStep = 256

/** Told of each machine that starts, when somebody steps through programs. */
export const machineObservers = new Set<(machine: Machine, argv: readonly string[]) => void>()

/** What execve runs for a linked program. */
export function mainOf(program: LinkedProgram): Main {
  return function* main(system, argv, environment) {
    const machine = startMachine(program, argv, environment)
    for (const observe of machineObservers) observe(machine, argv)
    return yield* run(machine, system)
  }
}

function* run(machine: Machine, system: System): Program<number> {
  return yield* runProgram(machine, system)
}

/** A machine that stands at the first instruction of main. */
export function startMachine(program: LinkedProgram, argv: readonly string[], environment: Environment): Machine {
  const memory = new Memory()
  for (const { start, size, bytes, writable } of program.segments) {
    const end = Math.ceil((start + Math.max(1, size)) / 4096) * 4096
    memory.map({ start: start - (start % 4096), end, writable, readable: true, shared: false, name: argv[0] ?? '' })
    memory.load(start, bytes)
  }
  // The code itself can be read, though nothing is written there that a processor would know.
  memory.map({
    start: 0x40_0000,
    end: Math.min(...program.segments.map(({ start }) => start - (start % 4096))),
    writable: false,
    readable: true,
    shared: false,
    name: argv[0] ?? '',
  })
  memory.map({
    start: stackTop - stackSize,
    end: stackTop,
    writable: true,
    readable: true,
    shared: false,
    name: '[stack]',
  })
  const heapStart = Math.ceil(program.end / 4096) * 4096 + 0x160_0000
  const heap = new Heap(
    memory,
    memory.map({
      start: heapStart,
      end: heapStart + 0x2_1000,
      writable: true,
      readable: true,
      shared: false,
      name: '[heap]',
    }),
  )
  const streams = new Map<number, Stream>()
  const library = new LibraryState(memory, heap, program.libraryData, streams)
  const natives = program.natives.map(libraryFunction)
  const machine = new Machine(program, natives, memory, library)
  openStreams(library)
  const { argvAddress, environmentAddress } = putArguments(machine, argv, environment)
  library.name = (argv[0] ?? '').replace(/^.*\//, '')
  memory.store64(library.address('environ'), environmentAddress)
  memory.store64(library.address('__environ'), environmentAddress)
  memory.store32(library.address('optind'), 1)
  memory.store32(library.address('opterr'), 1)
  memory.store32(library.address('optopt'), 0x3f)
  const name = memory.loadu64(argvAddress)
  memory.store64(library.address('program_invocation_name'), name)
  const slash = (argv[0] ?? '').lastIndexOf('/')
  memory.store64(library.address('program_invocation_short_name'), Number(name) + slash + 1)
  machine.enter(program.main, [argv.length, argvAddress, environmentAddress], { kind: 'start' }, 64)
  return machine
}

function openStreams(library: LibraryState): void {
  const start = library.address(' streams')
  const rows = [
    ['stdin', { readable: true, writable: false }],
    ['stdout', { readable: false, writable: true }],
    ['stderr', { readable: false, writable: true }],
  ] as const
  for (const [fd, [name, rights]] of rows.entries()) {
    const address = start + fd * streamStep
    library.streams.set(address, new Stream(address, fd, rights, fd === 2 ? 'none' : undefined))
    library.memory.store64(library.address(name), address)
  }
}

/** Strings at the top of the stack, below them the arrays of their addresses, as execve(2) leaves them. */
function putArguments(
  machine: Machine,
  argv: readonly string[],
  environment: Environment,
): { argvAddress: number; environmentAddress: number } {
  const { memory } = machine
  let top = stackTop - 64
  const place = (word: string): number => {
    const bytes = encodeText(word)
    top -= bytes.length + 1
    memory.write(top, bytes)
    memory.store8(top + bytes.length, 0)
    return top
  }
  const entries = [...environment]
    .map(([name, value]) => place(`${name}=${value}`))
    .toReversed()
    .toReversed()
  const words = argv.map(place)
  top = (top - (entries.length + words.length + 4) * 8) & -16
  const argvAddress = top
  for (const [index, address] of [...words, 0].entries()) memory.store64(argvAddress + index * 8, address)
  const environmentAddress = argvAddress + (words.length + 1) * 8
  for (const [index, address] of [...entries, 0].entries()) memory.store64(environmentAddress + index * 8, address)
  machine.frameAddress = argvAddress - 16
  return { argvAddress, environmentAddress }
}
