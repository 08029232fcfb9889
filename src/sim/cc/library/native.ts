// What a function of the library is: code of ours that a program calls by name.
import type { Program, System } from '../../kernel/system.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'

/** One that needs no system call: it runs inside the machine's loop. Arguments beyond its parameters are ignored. */
export interface SyncNative {
  readonly kind: 'sync'
  readonly run: (
    machine: Machine,
    a: Value,
    b: Value,
    c: Value,
    d: Value,
    e: Value,
    f: Value,
    // biome-ignore lint/suspicious/noConfusingVoidType: a function of type void gives nothing.
  ) => Value | void
}

/** One that makes system calls or calls functions of the program. */
export interface AsyncNative {
  readonly kind: 'async'
  readonly run: (machine: Machine, system: System, ...values: Value[]) => Program<Value | undefined>
}

export type Native = SyncNative | AsyncNative
export type SyncRun = SyncNative['run']
export type AsyncRun = AsyncNative['run']
export type SyncTable = Readonly<Record<string, SyncRun>>
export type AsyncTable = Readonly<Record<string, AsyncRun>>
