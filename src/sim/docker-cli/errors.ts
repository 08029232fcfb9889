// What docker says when something is wrong, and the exit code that goes with it; the texts are docker's own.
import type { ConnectionError } from '../docker/connect.ts'
import type { Command } from './command.ts'
import type { Release } from './release.ts'

/** Ends the command: the message goes to stderr as it is, with a newline, and the code is the exit code. */
export class StatusError extends Error {
  readonly code: number

  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** The end of a message about wrong usage: where the help is. */
export function seeHelp(release: Release, name: string): string {
  if (release !== '28.5') return `See '${name} --help'.`
  return `\nRun '${name} --help' for more information`
}

/** A wrong flag: exit code 125, whatever the command. */
export function flagError(release: Release, name: string, usage: string, message: string): StatusError {
  const line = release === '28.5' ? `\nUsage:  ${name}${usage === '' ? '' : ` ${usage}`}\n` : ''
  return new StatusError(`${message}\n${line}${seeHelp(release, name)}`, 125)
}

/** Too few or too many operands. */
export function operandError(release: Release, name: string, command: Command, summary: string): StatusError {
  const { least, most } = command.operands
  const usage = command.usage === '' ? name : `${name} ${command.usage}`
  const wanted = operandsWanted(release, least, most)
  if (release !== '28.5') {
    return new StatusError(`"${name}" ${wanted}.\nSee '${name} --help'.\n\nUsage:  ${usage}\n\n${summary}`)
  }
  // Of all rules, only that of a least number says "See", and that of a greatest one has a slip.
  const hint = most === undefined ? 'See' : least === 0 && most > 0 ? 'SRun' : 'Run'
  return new StatusError(
    `docker: '${name}' ${wanted}\n\nUsage:  ${usage}\n\n${hint} '${name} --help' for more information`,
  )
}

function operandsWanted(release: Release, least: number, most: number | undefined): string {
  const arguments_ = (count: number) => (count === 1 ? 'argument' : 'arguments')
  if (most === 0) return 'accepts no arguments'
  if (most === undefined) return `requires at least ${least} ${arguments_(least)}`
  if (least === most) return `requires ${release === '28.5' ? '' : 'exactly '}${least} ${arguments_(least)}`
  if (least === 0) return `requires at most ${most} ${arguments_(most)}`
  return `requires at least ${least} and at most ${most} ${arguments_(most)}`
}

/** `docker nosuch`. */
export function unknownCommand(release: Release, word: string): StatusError {
  if (release !== '28.5') return new StatusError(`docker: '${word}' is not a docker command.\nSee 'docker --help'`)
  return new StatusError(`docker: unknown command: docker ${word}\n\nRun 'docker --help' for more information`)
}

/** What `docker run` and `docker create` could not do; `help` points to the help page, where that version does. */
export function runError(release: Release, name: string, message: string, code: number, help: boolean): StatusError {
  if (release === '28.5') return new StatusError(`docker: ${message}\n${seeHelp(release, name)}`, code)
  return new StatusError(`docker: ${message.replace(/\.$/, '')}.${help ? `\n${seeHelp(release, name)}` : ''}`, code)
}

/** The exit code for what the engine said when a container did not start: 126, 127, or 125 for all else. */
export function startErrorCode(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(message))
    return 127
  if (/permission denied|is a directory/.test(message)) return 126
  return 125
}

/** The daemon did not answer. `request` is what was asked of it: `Get "http://…"`. */
export function connectionMessage(error: ConnectionError, release: Release, request: string): string {
  if (error.reason === 'unsupported') return `unable to parse docker host \`${error.host}\``
  if (error.reason !== 'permission') {
    return `Cannot connect to the Docker daemon at ${error.host}. Is the docker daemon running?`
  }
  const socket = error.host.replace(/^unix:\/\//, '')
  const first = release === '20.10' ? 'Got permission denied' : 'permission denied'
  return `${first} while trying to connect to the Docker daemon socket at ${error.host}: ${request}: dial unix ${socket}: connect: permission denied`
}
