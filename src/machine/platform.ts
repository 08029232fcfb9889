// What the real machine needs of the operating system, and where it cannot work.
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { MachineError } from './errors.ts'

/** Throws a MachineError when this system cannot hold a session: there must be bash, FIFOs and Unix signals. */
export function requireUnix(): void {
  if (process.platform !== 'win32') return
  throw new MachineError({
    kind: 'windows',
    message: 'On Windows itself the cells have no bash to run in.',
    advice: 'Open the folder in WSL (in VS Code: "WSL: Reopen Folder in WSL"); there Pause Lab runs as on Linux.',
  })
}

/** The first executable of that name on a PATH, or undefined. */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const directory of path.split(delimiter)) {
    const candidate = join(directory === '' ? '.' : directory, name)
    if (await isExecutable(candidate)) return candidate
  }
  return undefined
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
