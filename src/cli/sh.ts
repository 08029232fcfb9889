// `pause-lab sh`: a shell in a fresh machine. Its output is the script's own, byte by byte.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Shell } from '../session/backend.ts'
import { CliError, fileErrorMessage, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { type Parsed, textOption } from './options.ts'
import { backendKind, MachineHolder } from './session-run.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const command = textOption(parsed, 'command')
  const [file] = parsed.operands
  if (command !== undefined && file !== undefined) throw new UsageError(`unexpected operand ${file} beside -c`)
  const isTyped = command === undefined && file === undefined && io.inputIsTerminal
  const script = isTyped ? '' : (command ?? (file === undefined ? await io.readInput() : await readScript(file, io)))
  const holder = await MachineHolder.open(parsed, io)
  let abort = new AbortController()
  const forget = io.onInterrupt(() => abort.abort())
  try {
    const shell = await holder.machine.backend.open(backendKind(parsed) === 'machine' ? { cwd: io.cwd } : {})
    if (!isTyped) return (await runIn(shell, script, io, abort.signal)).exitCode
    return await typeIn(shell, io, `${backendKind(parsed)}$ `, () => (abort = new AbortController()).signal)
  } finally {
    forget()
    await holder.machine.backend.dispose()
  }
}

async function readScript(file: string, io: CliIo): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8')
  } catch (error) {
    throw new CliError(fileErrorMessage(error, file), { cause: error })
  }
}

function runIn(shell: Shell, script: string, io: CliIo, signal: AbortSignal): ReturnType<Shell['run']> {
  const stdout = (chunk: Uint8Array): void => io.write(chunk)
  const stderr = (chunk: Uint8Array): void => io.writeError(chunk)
  return shell.run(script.endsWith('\n') ? script : `${script}\n`, { stdout, stderr, signal })
}

/** Line by line, as a shell without a terminal of its own can: a line that is not complete asks for more. */
async function typeIn(shell: Shell, io: CliIo, prompt: string, signal: () => AbortSignal): Promise<number> {
  let exitCode = 0
  for (let script = ''; ; ) {
    const line = await io.readLine(script === '' ? prompt : '> ')
    if (line === undefined) break
    script += `${line}\n`
    if (script.trim() === '') script = ''
    if (script === '' || !(await isComplete(script))) continue
    const result = await runIn(shell, script, io, signal())
    script = ''
    exitCode = result.exitCode
    if (result.ended === 'shell-exited') return exitCode
  }
  io.write('\n')
  return exitCode
}

/** Does the script end where the text ends, or is something still open there: a quote, a loop, a here-document? */
async function isComplete(script: string): Promise<boolean> {
  if (script.endsWith('\\\n')) return false
  const delimiter = /<<-?\s*(['"]?)(\w+)\1/.exec(script)?.[2]
  if (delimiter !== undefined && !script.split('\n').some((line) => line.trim() === delimiter)) return false
  const { parse } = await import('unbash')
  const errors = parse(script).errors ?? []
  return !errors.some(({ message, pos }) => message.startsWith('unterminated') || pos >= script.length)
}
