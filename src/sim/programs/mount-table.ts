// The mounts that a process sees, read from /proc/self/mounts as getmntent(3) reads it.
import type { Program, System } from '../kernel/system.ts'
import { lines, readText } from './stdio.ts'

export interface Mounted {
  readonly source: string
  readonly target: string
  readonly type: string
  readonly options: string
}

export function* readMounts(system: System): Program<Mounted[]> {
  const unescape = (text: string) =>
    text.replace(/\\(\d{3})/g, (_whole, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
  return lines(yield* readText(system, '/proc/self/mounts')).map((line) => {
    const [source = '', target = '', type = '', options = ''] = line.split(' ')
    return { source: unescape(source), target: unescape(target), type, options }
  })
}
