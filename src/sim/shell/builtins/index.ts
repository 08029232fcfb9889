// All builtin commands by name.
import type { Assignment } from 'unbash'
import type { Builtin } from '../shell.ts'
import { commandBuiltins } from './commands.ts'
import { completionBuiltins } from './completion.ts'
import { declarationBuiltins } from './declare.ts'
import { directoryBuiltins } from './directories.ts'
import { flowBuiltins } from './flow.ts'
import { jobBuiltins } from './jobs.ts'
import { outputBuiltins } from './output.ts'
import { parameterBuiltins } from './parameters.ts'
import { processBuiltins } from './process.ts'
import { readBuiltins } from './read.ts'
import { testBuiltins } from './test.ts'

/** declare and its kin by words alone, as `command export x=1` reaches them. */
const declarations: (readonly [string, Builtin])[] = [...declarationBuiltins].map(([name, declare]) => [
  name,
  (shell, argv) => declare(shell, name, argv.slice(1) as readonly (string | Assignment)[]),
])

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...flowBuiltins,
  ...outputBuiltins,
  ...testBuiltins,
  ...parameterBuiltins,
  ...readBuiltins,
  ...jobBuiltins,
  ...commandBuiltins,
  ...processBuiltins,
  ...completionBuiltins,
  ...directoryBuiltins,
  ...declarations,
])
