// Redirections, the section REDIRECTION of bash(1), on the shell's own descriptors, and how to take them back.
import type { HereDoc, HereString, Redirect, Redirection } from 'unbash'
import type { OpenFlag, Program } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { writeAll } from '../programs/stdio.ts'
import { CommandError } from './control.ts'
import { expandQuoted, expandString, expandWords } from './expand-word.ts'
import type { Shell } from './shell.ts'
import { parseQuotedText } from './syntax.ts'

/** A descriptor as it was: its copy, or -1 when it was closed. */
export interface SavedDescriptor {
  readonly fd: number
  readonly copy: number
}

/**
 * Does redirections from left to right. With `saved`, notes there what each descriptor was.
 * Throws CommandError with the message when one fails; those before it stay done.
 */
export function* redirect(
  shell: Shell,
  redirections: readonly Redirection[],
  saved?: SavedDescriptor[],
): Program<void> {
  for (const redirection of redirections) {
    if (redirection.type === 'Redirect') yield* redirectFile(shell, redirection, saved)
    else yield* redirectText(shell, redirection, saved)
  }
}

/** Puts descriptors back, the last one first. */
export function* restore(shell: Shell, saved: readonly SavedDescriptor[]): Program<void> {
  for (const { fd, copy } of saved.toReversed()) {
    if (copy < 0) {
      yield* closeQuietly(shell, fd)
      continue
    }
    yield* shell.system.dup2(copy, fd)
    yield* shell.system.close(copy)
  }
}

/** Closes the copies and leaves the redirections done: `exec > file`. */
export function* keep(shell: Shell, saved: readonly SavedDescriptor[]): Program<void> {
  for (const { copy } of saved) if (copy >= 0) yield* shell.system.close(copy)
}

const openFlags: Readonly<Record<string, readonly OpenFlag[]>> = {
  '<': ['RDONLY'],
  '>': ['WRONLY', 'CREAT', 'TRUNC'],
  '>|': ['WRONLY', 'CREAT', 'TRUNC'],
  '>>': ['WRONLY', 'CREAT', 'APPEND'],
  '<>': ['RDWR', 'CREAT'],
  '&>': ['WRONLY', 'CREAT', 'TRUNC'],
  '&>>': ['WRONLY', 'CREAT', 'APPEND'],
}

function* redirectFile(shell: Shell, node: Redirect, saved: SavedDescriptor[] | undefined): Program<void> {
  const target = yield* targetText(shell, node)
  const isDuplication = node.operator === '>&' || node.operator === '<&'
  if (isDuplication && /^(?:-|\d+-?)$/.test(target)) {
    yield* duplicate(shell, node, target, saved)
    return
  }
  if (node.operator === '<&') throw new CommandError(`${target}: ambiguous redirect`)
  const both = node.operator === '&>' || node.operator === '&>>' || node.operator === '>&'
  const operator = node.operator === '>&' ? '&>' : node.operator
  const opened = yield* openTarget(shell, operator, target)
  const fd = yield* descriptorOf(shell, node, operator.startsWith('<') ? 0 : 1, saved)
  yield* move(shell, opened, fd)
  if (!both) return
  yield* save(shell, 2, saved)
  yield* shell.system.dup2(1, 2)
}

function* targetText(shell: Shell, node: Redirect): Program<string> {
  if (!node.target) throw new CommandError('missing target of a redirection')
  const words = yield* expandWords(shell, [node.target])
  if (words.length === 1 && words[0] !== undefined) return words[0]
  if (shell.dialect.kind === 'ash') return yield* expandString(shell, node.target)
  throw new CommandError(`${node.target.text}: ambiguous redirect`)
}

function* openTarget(shell: Shell, operator: string, path: string): Program<number> {
  const creates = !operator.startsWith('<')
  try {
    if (creates && operator !== '>|' && operator === '>' && shell.options.noclobber) yield* refuseOverwrite(shell, path)
    return yield* shell.system.open(path, openFlags[operator] ?? ['RDONLY'], 0o666)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const message = creates
      ? shell.dialect.cannotCreate(path, error.message)
      : shell.dialect.cannotOpen(path, error.message)
    throw new CommandError(message, shell.dialect.redirectionStatus)
  }
}

function* refuseOverwrite(shell: Shell, path: string): Program<void> {
  let type: string
  try {
    type = (yield* shell.system.stat(path)).type
  } catch {
    return
  }
  if (type !== 'regular') return
  if (shell.dialect.kind === 'bash') throw new CommandError(`${path}: cannot overwrite existing file`)
  throw new CommandError(shell.dialect.cannotCreate(path, 'File exists'), shell.dialect.redirectionStatus)
}

function* duplicate(shell: Shell, node: Redirect, target: string, saved: SavedDescriptor[] | undefined): Program<void> {
  if (target === '-' && node.descriptor?.type === 'FileDescriptorVariable') {
    yield* closeQuietly(shell, Number(shell.variables.get(node.descriptor.name) ?? -1))
    return
  }
  const from = Number.parseInt(target, 10)
  if (target !== '-') yield* checkOpen(shell, from, target)
  const fd = yield* descriptorOf(shell, node, node.operator === '<&' ? 0 : 1, saved)
  if (target === '-') {
    yield* closeQuietly(shell, fd)
    return
  }
  if (from !== fd) yield* shell.system.dup2(from, fd)
  if (!target.endsWith('-') || from === fd) return
  yield* save(shell, from, saved)
  yield* closeQuietly(shell, from)
}

function* checkOpen(shell: Shell, fd: number, text: string): Program<void> {
  try {
    yield* shell.system.fcntl_getfl(fd)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    throw new CommandError(
      shell.dialect.kind === 'ash' ? `dup2(${fd},1): ${error.message}` : `${text}: ${error.message}`,
    )
  }
}

/** The descriptor that a redirection is for; `{name}>file` gets a free one from 10 on, its number goes into the variable. */
function* descriptorOf(
  shell: Shell,
  node: Redirect | HereDoc | HereString,
  standard: number,
  saved: SavedDescriptor[] | undefined,
): Program<number> {
  const { descriptor } = node
  if (descriptor?.type === 'FileDescriptorVariable') {
    const probe = yield* shell.system.open('/dev/null')
    const free = yield* shell.system.fcntl_dupfd(probe, 10)
    yield* shell.system.close(probe)
    shell.variables.set(descriptor.name, String(free))
    return free
  }
  const fd = descriptor?.value ?? standard
  yield* save(shell, fd, saved)
  return fd
}

function* save(shell: Shell, fd: number, saved: SavedDescriptor[] | undefined): Program<void> {
  if (!saved) return
  try {
    saved.push({ fd, copy: yield* shell.system.fcntl_dupfd(fd, 10, true) })
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    saved.push({ fd, copy: -1 })
  }
}

function* move(shell: Shell, from: number, to: number): Program<void> {
  if (from === to) return
  yield* shell.system.dup2(from, to)
  yield* shell.system.close(from)
}

/** Here-documents and here-strings: the text comes from a pipe when it fits in one, else from a file without a name. */
function* redirectText(shell: Shell, node: HereDoc | HereString, saved: SavedDescriptor[] | undefined): Program<void> {
  const text = yield* hereText(shell, node)
  const fd = yield* descriptorOf(shell, node, 0, saved)
  if (text.length < 20_000) {
    const [readEnd, writeEnd] = yield* shell.system.pipe()
    yield* writeAll(shell.system, writeEnd, text)
    yield* shell.system.close(writeEnd)
    yield* move(shell, readEnd, fd)
    return
  }
  const path = `/tmp/sh-thd.${yield* shell.system.getpid()}`
  const writer = yield* shell.system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], 0o600)
  yield* writeAll(shell.system, writer, text)
  yield* shell.system.close(writer)
  yield* move(shell, yield* shell.system.open(path), fd)
  yield* shell.system.unlink(path)
}

function* hereText(shell: Shell, node: HereDoc | HereString): Program<string> {
  if (node.type === 'HereString') return `${node.target ? yield* expandString(shell, node.target) : ''}\n`
  const { parts } = node.body
  // Without its end the text goes to the end of the script, whose last line has one.
  const text = node.closing || node.body.text.endsWith('\n') ? node.body.text : `${node.body.text}\n`
  if (!parts && (node.delimiter?.quoted || !text.includes('\\')))
    return node.operator === '<<' ? text : text.replace(/^\t+/gm, '')
  if (parts && node.operator === '<<' && text === node.body.text && !text.includes('\\\n'))
    return yield* expandQuoted(shell, parts)
  const joined = text.replace(/(?<!\\)((?:\\\\)*)\\\n/g, '$1')
  const stripped = node.operator === '<<' ? joined : joined.replace(/^\t+/gm, '')
  return (yield* expandQuoted(shell, parseQuotedText(stripped))).replace(/\n$/, '')
}

function* closeQuietly(shell: Shell, fd: number): Program<void> {
  try {
    yield* shell.system.close(fd)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
}
