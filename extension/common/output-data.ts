// What the kernel hands to the output renderer: plain data, its sentences already in the learner's language.

/** The mime type of a cell's one output item; beside it stands text/plain for every reader without the renderer. */
export const outputMime = 'application/x.pause-lab.output+json'

/** A piece of output: 1 is standard output, 2 standard error, as file descriptors are numbered. */
export type Chunk = readonly [fd: 1 | 2, text: string]

/** Where the text under a cell comes from, and how its run stands. */
export type OutputState =
  | 'recorded' // printed by an engine when the lesson was written, not by this learner's run
  | 'running'
  | 'right' // ended with the exit code that the lesson expects
  | 'wrong' // ended with another one
  | 'cancelled'

export interface OutputData {
  state: OutputState
  /** Whose output this is, in words: the cell's name and where it ran. */
  heading: string
  /** Names the run to which the text belongs; absent for a recorded listing. What becomes known later comes by this name. */
  run?: string
  /** Short facts after the heading: exit code, duration. */
  facts: readonly string[]
  /** The text, or its end when it was too long to show. */
  chunks: readonly Chunk[]
  /** Set when the text above is not all. */
  omitted?: Omitted
  /** What stands below the text: hints of the machine, the result of a check, a prediction beside the result. */
  notes: readonly OutputNote[]
  words: OutputWords
}

export interface Omitted {
  /** "12,000 earlier lines are not shown." */
  text: string
  /** The button's label. */
  open: string
  /** What the renderer sends back to open it all. */
  key: string
}

export interface OutputNote {
  kind: 'hint' | 'check' | 'prediction' | 'listing' | 'refusal'
  title: string
  lines: readonly string[]
  /** Folded until asked for. */
  details?: { summary: string; text: string }
}

/** Words that the renderer needs by itself. */
export interface OutputWords {
  stderr: string
  noOutput: string
  container: string
  process: string
  namespace: string
  /** What a capture of a recorded listing is: ‹PID a›. */
  capture: string
  /** Above the list of what the numbers in the output are. */
  owners: string
  /** Before the reason why an output is stale. */
  stale: string
}

/** What became known of a run after it was drawn. */
export interface RunFacts {
  /** Why it no longer follows from the state of the machine, a sentence; absent while it does. */
  stale?: string
  /** Whose the identities in it were when it ended, by `KIND:KEY`. */
  owners?: Readonly<Record<string, string>>
}
