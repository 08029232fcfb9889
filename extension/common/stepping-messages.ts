// Messages about stepping through a listing's program: the buttons' requests, and how the program then stands.

import type { SteppedListing, SteppingView } from '../../src/session/stepping.ts'

/** What a button asks for. */
export const steppingActions = ['step', 'run', 'signal', 'restart', 'stop'] as const
export type SteppingAction = (typeof steppingActions)[number]

/** From the renderer of listings. The program comes with each request: whichever is the first starts it. */
export interface SteppingRequest {
  readonly type: 'stepping'
  /** Tells the listings of a page apart. */
  readonly listing: string
  readonly action: SteppingAction
  readonly program: SteppedListing
  /** Of the action `signal`, without SIG. */
  readonly signal?: string
}

/** To the renderer of listings. */
export interface SteppingAnswer {
  readonly type: 'stepping-view'
  readonly listing: string
  /** Undefined when it is stopped or did not start. */
  readonly view?: SteppingView
  /** Why it did not start: what gcc has said, or another reason. */
  readonly problem?: { readonly isOfCompiler: boolean; readonly text: string }
}

/** The signals to choose from. */
export const steppingSignals = ['TERM', 'INT', 'CHLD', 'HUP', 'USR1', 'KILL', 'STOP', 'CONT'] as const

/** A program of more characters is none that somebody steps through. */
const mostSource = 100_000

/** A request that came from a web view; undefined when it is none, or not of the form that ours have. */
export function readSteppingRequest(message: unknown): SteppingRequest | undefined {
  if (!isRecord(message) || message['type'] !== 'stepping') return undefined
  const { listing, signal } = message
  const action = steppingActions.find((each) => each === message['action'])
  const program = readProgram(message['program'])
  if (typeof listing !== 'string' || action === undefined || program === undefined) return undefined
  if (action !== 'signal') return { type: 'stepping', listing, action, program }
  const known = steppingSignals.find((each) => each === signal)
  return known === undefined ? undefined : { type: 'stepping', listing, action, program, signal: known }
}

/** What the extension sent. Only the extension can send there, so its shape is known. */
export function readSteppingAnswer(message: unknown): SteppingAnswer | undefined {
  return isRecord(message) && message['type'] === 'stepping-view' ? (message as unknown as SteppingAnswer) : undefined
}

function readProgram(value: unknown): SteppedListing | undefined {
  if (!isRecord(value)) return undefined
  const { file, source, command } = value
  if (typeof file !== 'string' || typeof source !== 'string' || source.length > mostSource) return undefined
  if (!Array.isArray(command) || !command.every((word): word is string => typeof word === 'string')) return undefined
  const names = [file, command[0]]
  // Names of files in the directory, which no option of gcc begins like.
  return names.every((name) => typeof name === 'string' && /^\w[\w.-]*$/.test(name))
    ? { file, source, command }
    : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
