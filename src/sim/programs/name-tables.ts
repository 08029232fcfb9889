// Names of users and groups, from passwd(5) and group(5) as the process sees them.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { lines, readText } from './stdio.ts'

export interface NameTables {
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
}

export function* readNameTables(system: System): Program<NameTables> {
  return { users: yield* readTable(system, '/etc/passwd'), groups: yield* readTable(system, '/etc/group') }
}

/** Names by number; the first line of a number counts. Empty when there is no such file. */
function* readTable(system: System, path: string): Program<ReadonlyMap<number, string>> {
  const names = new Map<number, string>()
  try {
    for (const line of lines(yield* readText(system, path))) {
      const [name, , id] = line.split(':')
      if (name === undefined || id === undefined || names.has(Number(id))) continue
      names.set(Number(id), name)
    }
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
  return names
}
