// The headers of POSIX, as real C: names and values of Linux and glibc on x86-64.
import { fileHeaders } from './files.ts'
import { processHeaders } from './processes.ts'
import { signalHeaders } from './signals.ts'
import { timeHeaders } from './times.ts'

export const posixHeaders: Readonly<Record<string, string>> = {
  ...processHeaders,
  ...fileHeaders,
  ...signalHeaders,
  ...timeHeaders,
}
