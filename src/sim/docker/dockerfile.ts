// Reads a Dockerfile: instructions with their flags, comments and continued lines taken out, and what is wrong with them.
import { configInstructions, jsonList, wordsOf } from './dockerfile-config.ts'
import { EngineError } from './errors.ts'
import type { DockerParameters } from './versions.ts'

type Words = DockerParameters['errorTexts']

export interface Instruction {
  /** In capitals. */
  readonly name: string
  readonly flags: readonly string[]
  readonly rest: string
  /** The whole instruction in one line, as the builder prints it. */
  readonly original: string
  /** Where it begins, from 1. */
  readonly line: number
}

const known = new Set([...Object.keys(configInstructions), 'ADD', 'ARG', 'COPY', 'FROM', 'MAINTAINER', 'RUN'])

/** @throws EngineError 400 with the builder's words */
export function parseDockerfile(text: string, name: string, words: Words): Instruction[] {
  const instructions: Instruction[] = []
  let joined = ''
  let begin = 0
  for (const [index, raw] of text.split('\n').entries()) {
    if (joined === '') begin = index + 1
    if (/^\s*(#|$)/.test(raw)) continue
    const continued = /\\[ \t]*$/.test(raw)
    const line = raw.replace(/\\[ \t]*$/, '').replace(/\r$/, '')
    joined += joined === '' ? line.trimStart() : line
    if (continued) continue
    instructions.push(parseInstruction(joined.trimEnd(), begin, words))
    joined = ''
  }
  if (joined !== '') instructions.push(parseInstruction(joined.trimEnd(), begin, words))
  if (instructions.length === 0) throw new EngineError(400, `the Dockerfile (${name}) cannot be empty`)
  if (instructions.find((each) => each.name !== 'ARG')?.name !== 'FROM') {
    throw new EngineError(400, 'no build stage in current context')
  }
  return instructions
}

function parseInstruction(original: string, line: number, words: Words): Instruction {
  const [, word = '', after = ''] = /^(\S+)\s*(.*)$/s.exec(original) ?? []
  const name = word.toUpperCase()
  const refuse = (reason: string) =>
    new EngineError(400, `dockerfile parse error ${words === '20.10' ? '' : 'on '}line ${line}: ${reason}`)
  if (!known.has(name)) throw refuse(`unknown instruction: ${name}`)
  const flags: string[] = []
  let rest = after
  for (let flag = /^(--\S+)\s*/.exec(rest); flag !== null; flag = /^(--\S+)\s*/.exec(rest)) {
    flags.push(flag[1] ?? '')
    rest = rest.slice(flag[0].length)
  }
  const problem = problemOf(name, rest)
  if (problem !== undefined) throw refuse(problem)
  if ((name === 'ENV' || name === 'LABEL') && !/^\S+(=|\s)/.test(rest)) {
    throw new EngineError(400, `failed to parse Dockerfile: ${name} must have two arguments`)
  }
  return { name, flags, rest, original, line }
}

const exactlyOne = new Set(['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER'])
const atLeastOne = new Set(['ARG', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'LABEL', 'ONBUILD', 'SHELL', 'VOLUME'])

function problemOf(name: string, rest: string): string | undefined {
  const parts = jsonList(rest) ?? wordsOf(rest)
  if (name === 'FROM') {
    const stage = parts.length === 3 && parts[1]?.toUpperCase() === 'AS'
    return parts.length === 1 || stage ? undefined : 'FROM requires either one or three arguments'
  }
  if (exactlyOne.has(name) && rest === '') return `${name} requires exactly one argument`
  if (atLeastOne.has(name) && rest === '') return `${name} requires at least one argument`
  if ((name === 'COPY' || name === 'ADD') && parts.length < 2) {
    if (parts.length === 0) return `${name} requires at least two arguments, but none were provided`
    return `${name} requires at least two arguments, but only one was provided. Destination could not be determined`
  }
  if (name === 'HEALTHCHECK') {
    const [kind = ''] = parts
    if (rest === '') return 'HEALTHCHECK requires at least one argument'
    if (!['CMD', 'NONE'].includes(kind.toUpperCase())) {
      return `Unknown type ${JSON.stringify(kind.toUpperCase())} in HEALTHCHECK (try CMD)`
    }
  }
  if (name === 'SHELL' && jsonList(rest) === undefined) return 'SHELL requires the arguments to be in JSON form'
  if (name === 'ONBUILD') {
    const trigger = (parts[0] ?? '').toUpperCase()
    if (trigger === 'ONBUILD') return "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"
    if (trigger === 'FROM' || trigger === 'MAINTAINER') return `${trigger} isn't allowed as an ONBUILD trigger`
  }
  return undefined
}

/** Replaces `$NAME`, `${NAME}`, `${NAME:-word}` and `${NAME:+word}`; a backslash keeps a dollar sign. */
export function substitute(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\\\$|\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g,
    (whole: string, plain?: string, braced?: string, sign?: string, word?: string) => {
      if (whole === '\\$') return '$'
      const value = variables.get(plain ?? braced ?? '')
      const isSet = value !== undefined && value !== ''
      if (sign === '-') return isSet ? value : (word ?? '')
      if (sign === '+') return isSet ? (word ?? '') : ''
      return value ?? ''
    },
  )
}
