// What tests of files do again and again: a machine whose program is the test, whole files read and written.
import type { OpenFlag, Program, System } from '../../../src/sim/kernel/system.ts'
import { bootMachine, type Machine } from './machine.ts'

/** What a program on a fresh machine noted. */
export async function notesOf(
  main: (system: System, note: (text: unknown) => void, machine: Machine) => Program,
): Promise<unknown[]> {
  const machine = bootMachine()
  machine.root.addDirectory('/tmp', { mode: 0o1777 })
  machine.root.addDirectory('/proc')
  return (await machine.run((system, note) => main(system, note, machine))).notes
}

export function* write(
  system: System,
  path: string,
  text: string,
  flags: readonly OpenFlag[] = ['WRONLY', 'CREAT', 'TRUNC'],
): Program<void> {
  const fd = yield* system.open(path, flags)
  yield* system.write(fd, text)
  yield* system.close(fd)
}

export function* read(system: System, path: string): Program<string> {
  const fd = yield* system.open(path)
  const text = yield* readAll(system, fd)
  yield* system.close(fd)
  return text
}

export function* readAll(system: System, fd: number): Program<string> {
  let text = ''
  for (;;) {
    const chunk = yield* system.read(fd, 4096)
    if (chunk.length === 0) return text
    text += new TextDecoder().decode(chunk)
  }
}

export function* names(system: System, path: string): Program<string[]> {
  const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  return entries.map(({ name }) => name)
}

/** Goes on as an ordinary user. */
export function* become(system: System, uid: number): Program<void> {
  yield* system.setresgid(uid, uid, uid)
  yield* system.setresuid(uid, uid, uid)
}

/** Runs a program in a child and waits for it; gives its exit status. */
export function* inChild(system: System, main: (system: System) => Program): Program<number> {
  const pid = yield* system.fork(main)
  return (yield* system.wait4(pid, {}))?.status ?? -1
}
