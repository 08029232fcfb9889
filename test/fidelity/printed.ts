// What a script printed, and whether two machines printed the same once values that differ by nature have names.
import type { Backend, Shell } from '../../src/session/backend.ts'
import { editScript, unifiedDiff } from '../../src/session/diff.ts'
import type { Normalizer } from '../../src/session/normalize.ts'

export interface Printed {
  stdout: string
  stderr: string
  exitCode: number
}

/**
 * A shell whose output is read as a terminal's would be: what a job writes late belongs to the script that runs then, not to
 * the one that started it. The recordings are made so.
 */
export class RecordedShell {
  readonly #shell: Shell
  #streams = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  #result = { stdout: '', stderr: '' }

  constructor(shell: Shell) {
    this.#shell = shell
  }

  /** Runs a script and keeps all that comes meanwhile. @param timeoutMs limit, of the machine's own clock */
  async run(script: string, timeoutMs: number): Promise<Printed> {
    this.#streams = { stdout: new TextDecoder(), stderr: new TextDecoder() }
    this.#result = { stdout: '', stderr: '' }
    const collect = (stream: 'stdout' | 'stderr') => (chunk: Uint8Array) => {
      this.#result[stream] += this.#streams[stream].decode(chunk, { stream: true })
    }
    const { exitCode } = await this.#shell.run(script, {
      stdout: collect('stdout'),
      stderr: collect('stderr'),
      timeoutMs,
    })
    return { ...this.#result, exitCode }
  }
}

/** Runs one script in a machine of its own, which ends with it. */
export async function runAlone(backend: Backend, script: string, timeoutMs: number): Promise<Printed> {
  const shell = new RecordedShell(await backend.open({}))
  const printed = await shell.run(script, timeoutMs)
  await backend.dispose()
  return printed
}

/** Both streams and the exit code as one text, so that one diff shows all. */
export function asText(normalizer: Normalizer, printed: Printed): string {
  const stdout = normalizer.normalize(markBlanks(printed.stdout))
  const stderr = normalizer.normalize(markBlanks(withoutLuck(printed.stderr)))
  return `${stdout}--- stderr\n${stderr}--- exit code ${printed.exitCode}\n`
}

/** The normalizer takes blanks at the end of a line for padding; here they count. */
function markBlanks(text: string): string {
  return text.replaceAll(/[ \t]+$/gm, (blanks) => ` ${'␠'.repeat(blanks.length)}`)
}

/** Docker 20.10 writes this line or not, as its own threads happen to run. */
function withoutLuck(stderr: string): string {
  return stderr.replaceAll(/^time="[^"]*" level=error msg="error waiting for container: context canceled"\n/gm, '')
}

/** A unified diff of two texts; empty when they are the same. */
export function difference(expected: string, found: string, names: { from: string; to: string }): string {
  if (expected === found) return ''
  const a = expected.split('\n')
  const b = found.split('\n')
  const edits = editScript(a.length, b.length, (i, j) => a[i] === b[j])
  return unifiedDiff(edits, a, b, { ...names, firstLine: 1 })
}
