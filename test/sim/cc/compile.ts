// What the tests of the compiler share: a program through the whole front, its messages as gcc prints them.
import { check, type CheckResult } from '../../../src/sim/cc/check.ts'
import { formatDiagnostic } from '../../../src/sim/cc/diagnostics.ts'
import { headers } from '../../../src/sim/cc/headers.ts'

/** Checks a program; its first line may name options, as `// gcc -Wall`. */
export function checkProgram(source: string, file: string, options?: string): CheckResult {
  const line = options ?? /^\/\/ gcc *(.*)/.exec(source)?.[1] ?? ''
  const warnings = line
    .split(' ')
    .filter((word) => word.startsWith('-W'))
    .map((word) => word.slice(2))
  return check(source, file, { include: (name) => headers.get(name), warnings })
}

/** All messages of a program, as they stand on standard error in a locale of UTF-8. */
export function messages(source: string, file: string, options?: string): string {
  const { diagnostics, terminated } = checkProgram(source, file, options)
  return `${diagnostics.map((each) => formatDiagnostic(each)).join('')}${terminated ? 'compilation terminated.\n' : ''}`
}

/** Notes that lie in a system header without place and source line: each C library writes its headers in its own way. */
export function withoutHeaderPlaces(text: string): string {
  return text
    .replace(/^\/usr\/include\/\S+:\d+:\d+: note: (.*)\n(?: +\d+ \|.*\n +\|.*\n)*/gm, '/usr/include: note: $1\n')
    .replace(/^In file included from .*:\n(?=\/usr\/include: )/gm, '')
}
