// The programs of an image of Debian: those of the host that its essential packages bring.
import type { Main } from '../kernel/system.ts'
import type { Persona } from '../persona.ts'
import { terminalPrograms } from '../shell/hints.ts'
import { hostPrograms } from './index.ts'

/** What the host has and an image of Debian has not: it comes with packages that such an image leaves out. */
const absentFromImages: ReadonlySet<string> = new Set([
  ...['cc', 'docker', 'gcc', 'jq', 'yq', 'strace', 'lsof', 'file', 'tree', 'strings', 'gawk'],
  ...['free', 'kill', 'pgrep', 'pidof', 'pkill', 'ps', 'sysctl', 'top', 'uptime', 'w', 'who'],
  ...['killall', 'pstree', 'ip', 'netstat', 'ss', 'nc', 'nslookup', 'host', 'ping', 'wget', 'column'],
  ...terminalPrograms.keys(),
])

/** Programs of an image of Debian: path below the root, and what runs there. */
export function debianPrograms(persona: Persona): ReadonlyMap<string, Main> {
  const programs = Array.from(hostPrograms(persona))
  return new Map(programs.filter(([path]) => !absentFromImages.has(path.slice(path.lastIndexOf('/') + 1))))
}
