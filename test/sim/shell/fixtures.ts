// Fixtures of shell sessions: a `#` line names the case, `$ ` and `> ` lines are what is typed, then what is printed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSimulatedBackend } from '../../../src/sim/backend.ts'

export interface ShellCase {
  readonly name: string
  readonly script: string
  /** Standard output and error together, as a terminal shows them, and `[exit N]` when it is not 0. */
  readonly printed: string
}

const recording = process.env['RECORD'] === '1'

export function readCases(path: string): ShellCase[] {
  return readFileSync(path, 'utf8')
    .split(/^# /m)
    .slice(1)
    .map((text) => {
      const [name = '', ...lines] = text.replace(/\n\n?$/, '').split('\n')
      const end = lines.findIndex((line) => !/^[$>] ?/.test(line))
      const typed = end < 0 ? lines : lines.slice(0, end)
      const printed = end < 0 ? [] : lines.slice(end)
      return {
        name,
        script: typed.map((line) => line.slice(2)).join('\n'),
        printed: printed.map((line) => `${line}\n`).join(''),
      }
    })
}

function writeCases(path: string, cases: readonly ShellCase[]): void {
  const text = cases.map(({ name, script, printed }) => {
    const typed = script.split('\n').map((line, index) => `${index === 0 ? '$' : '>'} ${line}`.trimEnd())
    return `# ${name}\n${typed.join('\n')}\n${printed}\n`
  })
  writeFileSync(path, text.join(''))
}

/** A shell that the cases are for. */
export interface FixtureShell {
  /** The real one's file; its tests are left out where it is not installed. */
  readonly file: string
  /** The name that it is called by. */
  readonly name: string
  /** What the simulated host's session runs for a script. */
  simulated(script: string): string
}

/** bash of the host. */
export const bash: FixtureShell = {
  file: '/bin/bash',
  name: 'bash',
  simulated: (script) => `bash -c ${quoted(script)}`,
}

/** `sh` of the host. */
export const dash: FixtureShell = {
  file: '/bin/dash',
  name: 'sh',
  simulated: (script) => `sh -c ${quoted(script)}`,
}

/** `sh` of a container. */
export const ash: FixtureShell = {
  file: '/usr/bin/busybox',
  name: 'sh',
  simulated: (script) => `docker run --rm alpine sh -c ${quoted(script)}`,
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Makes a test of each case: the simulated shell, and the real one where there is one, print what stands there. */
export function testShellFixtures(path: string, shell: FixtureShell): void {
  const cases = readCases(path)
  const isThere = existsSync(shell.file)
  if (recording && isThere)
    writeCases(
      path,
      cases.map((each) => ({ ...each, printed: runReal(each.script, shell) })),
    )
  test.each(readCases(path))('$name', async ({ script, printed }) => {
    expect(await runSimulated(shell.simulated(script))).toBe(printed)
  })
  if (!isThere) return
  test.each(readCases(path))('$name, really', ({ script, printed }) => {
    expect(runReal(script, shell)).toBe(printed)
  })
}

async function runSimulated(script: string): Promise<string> {
  const backend = createSimulatedBackend()
  const shell = await backend.open({ cwd: '/tmp' })
  const decoder = new TextDecoder()
  let printed = ''
  const take = (chunk: Uint8Array): void => {
    printed += decoder.decode(chunk, { stream: true })
  }
  const { exitCode } = await shell.run(script, { stdout: take, stderr: take })
  await backend.dispose()
  return shown(printed, exitCode)
}

/** Runs the script by the real shell's `-c` in an empty directory. */
function runReal(script: string, { file, name }: FixtureShell): string {
  const directory = mkdtempSync(join(tmpdir(), 'shell-fixture-'))
  const printedFile = `${directory}.printed`
  const output = openSync(printedFile, 'w')
  const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LANG: 'C.UTF-8' }
  const { status } = spawnSync(file, ['-c', script], {
    argv0: name,
    cwd: directory,
    env: environment,
    stdio: ['ignore', output, output],
  })
  const printed = readFileSync(printedFile, 'utf8')
  rmSync(directory, { recursive: true })
  rmSync(printedFile)
  return shown(printed, status ?? 1)
}

/** The name of a syntax error's text, and PIDs, differ by nature. */
function shown(printed: string, exitCode: number): string {
  const text = printed.replaceAll('bash: -c: line', 'bash: line').replace(/(?<=line \d+:) +\d+ (?=[A-Z])/g, ' PID ')
  const closed = text === '' || text.endsWith('\n') ? text : `${text}\n[no newline]\n`
  return closed + (exitCode === 0 ? '' : `[exit ${exitCode}]\n`)
}
