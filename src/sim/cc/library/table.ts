// The library: every function that a program may call without defining it, by name.
import { allocationFunctions } from './allocation.ts'
import { directoryFunctions } from './directories.ts'
import { fileFunctions } from './files.ts'
import { factFunctions, plainFunctions } from './machine-facts.ts'
import { namespaceFunctions } from './namespaces.ts'
import type { AsyncTable, Native, SyncTable } from './native.ts'
import { idFunctions } from './ids.ts'
import { numberFunctions } from './numbers.ts'
import { otherTables, processFunctions } from './processes.ts'
import { shellCommandFunctions } from './shell-commands.ts'
import { sortingFunctions } from './sorting.ts'
import { signalFunctions, signalSetFunctions } from './signals.ts'
import { addressFunctions, socketFunctions } from './sockets.ts'
import { inputFunctions } from './stdio-input.ts'
import { outputFunctions } from './stdio-output.ts'
import { characterFunctions, stringFunctions } from './strings.ts'
import { dateFunctions, timeFunctions } from './time.ts'

const syncTables: readonly SyncTable[] = [
  stringFunctions,
  characterFunctions,
  numberFunctions,
  allocationFunctions,
  signalSetFunctions,
  addressFunctions,
  dateFunctions,
  plainFunctions,
]

const asyncTables: readonly AsyncTable[] = [
  outputFunctions,
  inputFunctions,
  processFunctions,
  idFunctions,
  shellCommandFunctions,
  sortingFunctions,
  signalFunctions,
  fileFunctions,
  directoryFunctions,
  socketFunctions,
  namespaceFunctions,
  timeFunctions,
  factFunctions,
]

otherTables.push(...asyncTables)

const natives = new Map<string, Native>()
for (const table of syncTables) {
  for (const [name, run] of Object.entries(table)) natives.set(name, { kind: 'sync', run })
}
for (const table of asyncTables) {
  for (const [name, run] of Object.entries(table)) natives.set(name, { kind: 'async', run })
}

/** Whether the library has a function of this name. */
export function isLibraryFunction(name: string): boolean {
  return natives.has(name)
}

/** A function of the library. @throws RangeError when there is none: the linker lets none through */
export function libraryFunction(name: string): Native {
  const native = natives.get(name)
  if (native === undefined) throw new RangeError(`the library has no ${name}`)
  return native
}

/** All names, for messages and for a test of the headers. */
export function libraryNames(): string[] {
  return [...natives.keys()]
}
