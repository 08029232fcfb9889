// What an annotated listing says besides its code and its notes, for the eye and for a screen reader.

/** What is said of a listing's program while it runs. `{0}`, `{1}` stand for what is put in. */
export interface SteppingWords {
  /** Name of the part that steps through the program. */
  stepping: string
  step: string
  run: string
  signal: string
  send: string
  restart: string
  stop: string
  notStarted: string
  /** {0} is the line, {1} the function. */
  line: string
  beforeFirstLine: string
  /** {0} is the PID. */
  process: string
  stateR: string
  stateS: string
  stateT: string
  stateZ: string
  /** {0} is the letter of a state that has no words here. */
  stateOther: string
  /** {0} is the system call, {1} the function of the kernel. */
  inCall: string
  /** {0} is the exit code. */
  ended: string
  /** {0} is the exit code, {1} the signal. */
  endedBySignal: string
  /** {0} is the last signal. */
  lastSignal: string
  /** {0} is how many lines have run that were not shown. */
  ahead: string
  /** What the program has printed. */
  printed: string
  notCompiled: string
  stopped: string
}

/** `{0}`, `{1}` stand for what is put in. */
export interface ListingWords extends SteppingWords {
  /** Name of the whole: {0} is its title. */
  listing: string
  /** Title of output that was recorded: {0} is the cell's name. */
  recorded: string
  /** Title of a listing of which nothing is known. */
  plain: string
  notes: string
  /** {0} is how many. */
  count: string
  /** {0} of {1}. */
  position: string
  /** Name of a marker: {0} is its number, {1} its line. */
  marker: string
  previous: string
  next: string
  copy: string
  copied: string
}

/** For pages that bring no words, and until they come. */
export const englishListingWords: ListingWords = {
  listing: 'Listing with notes: {0}',
  recorded: 'Recorded output of {0}',
  plain: 'Text',
  notes: 'Notes',
  count: 'Notes: {0}',
  position: '{0} of {1}',
  marker: 'Note {0}, line {1}',
  previous: 'Previous note (k)',
  next: 'Next note (j)',
  copy: 'Copy',
  copied: 'Copied',
  stepping: 'Run it line by line, in the simulated machine',
  step: 'Step',
  run: 'Run',
  signal: 'Signal',
  send: 'Send',
  restart: 'Restart',
  stop: 'Stop',
  notStarted: 'Not started. Keys: s step, r run, x send the signal.',
  line: 'line {0} in {1}',
  beforeFirstLine: 'before the first line',
  process: 'PID {0}',
  stateR: 'R running',
  stateS: 'S sleeping',
  stateT: 'T stopped',
  stateZ: 'Z zombie',
  stateOther: 'state {0}',
  inCall: 'in {0}() ({1})',
  ended: 'ended, exit code {0}',
  endedBySignal: 'ended by {1}, exit code {0}',
  lastSignal: 'last signal {0}',
  ahead: 'lines ahead: {0}',
  printed: 'What the program has printed',
  notCompiled: 'gcc does not compile it',
  stopped: 'Stopped.',
}

/** Words from an attribute or a message, as JSON; undefined when it holds none. */
export function readListingWords(text: unknown): ListingWords | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const words: unknown = JSON.parse(text)
    if (typeof words !== 'object' || words === null) return undefined
    const given = Object.entries(words).filter(
      ([name, value]) => Object.hasOwn(englishListingWords, name) && typeof value === 'string',
    )
    return { ...englishListingWords, ...Object.fromEntries(given) }
  } catch {
    return undefined
  }
}

/** To the renderer: take the focus to the listing of the cell that begins with this segment of the lesson. */
export interface StepNotesMessage {
  type: 'step-notes'
  from: number
}

/** The segment of such a message; undefined for another message. */
export function readStepNotes(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('from' in message)) return undefined
  return message.type === 'step-notes' && typeof message.from === 'number' ? message.from : undefined
}

/** Puts values into a sentence. */
export function fillIn(sentence: string, ...values: readonly (string | number)[]): string {
  return sentence.replaceAll(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''))
}
