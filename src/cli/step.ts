// `pause-lab step`: follows a lesson's program line by line while it runs in the simulated machine. A key steps, runs on or
// sends a signal. In a pipe it prints the lines that run until the program sleeps or ends.
import { isSet, valueOf } from '../notebook/info-string.ts'
import type { Lesson } from '../notebook/lesson.ts'
import { ListingNotCompiled, type SteppedListing, SourceStepper, type SteppingView } from '../session/stepping.ts'
import { CliError, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { findLesson, languageOf } from './lesson-files.ts'
import type { Parsed } from './options.ts'
import { stepWords } from './step-words.ts'
import { type Style, styleOf } from './style.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const language = languageOf(parsed, io)
  const [named = '', wanted] = parsed.operands
  const { lesson, shownPath } = await findLesson(named, language, io)
  const listing = chooseListing(lesson, wanted, shownPath)
  const { traceLines } = await import('../sim/cc/trace.ts')
  const { backend } = await io.machines.open('sim', { needs: lesson.frontMatter.needs })
  try {
    const stepper = await SourceStepper.open(await backend.open({}), traceLines, listing)
    const walk = new Walk(stepper, listing, io, stepWords[language])
    if (io.inputIsTerminal && io.outputIsTerminal) await walk.byKeys()
    else walk.toItsSleep()
    return 0
  } catch (error) {
    if (error instanceof ListingNotCompiled) throw new CliError(error.message.trimEnd(), { cause: error })
    throw error
  } finally {
    await backend.dispose()
  }
}

/** The listings with `step=`, by the names that a reader sees. */
function listingsOf(lesson: Lesson): (SteppedListing & { names: readonly string[] })[] {
  return lesson.segments.flatMap((segment) => {
    if ((segment.kind !== 'cell' && segment.kind !== 'source') || isSet(segment.info, 'step')) return []
    const step = valueOf(segment.info, 'step')
    if (step === undefined) return []
    const command = step.split(',')
    const file = valueOf(segment.info, 'file') ?? `${command[0]}.c`
    const name = valueOf(segment.info, 'name')
    const names = [file, ...(name === undefined ? [] : [name])]
    return [{ file, source: `${segment.notes.code}\n`, command, names }]
  })
}

function chooseListing(lesson: Lesson, wanted: string | undefined, path: string): SteppedListing {
  const listings = listingsOf(lesson)
  const found = wanted === undefined ? listings[0] : listings.find(({ names }) => names.includes(wanted))
  if (found !== undefined) return found
  if (listings.length === 0) throw new UsageError(`${path} has no listing that can be stepped through`)
  throw new UsageError(`no listing ${wanted} in ${path}; there are ${listings.map(({ file }) => file).join(', ')}`)
}

/** Keys that send a signal. */
const signals: Readonly<Record<string, string>> = {
  t: 'TERM',
  i: 'INT',
  c: 'CHLD',
  h: 'HUP',
  u: 'USR1',
  k: 'KILL',
  z: 'STOP',
  g: 'CONT',
}

class Walk {
  private readonly stepper: SourceStepper
  private readonly lines: readonly string[]
  private readonly io: CliIo
  private readonly words: (typeof stepWords)['en']
  private readonly style: Style
  /** How much of the program's output was shown. */
  private printed = 0

  constructor(stepper: SourceStepper, { source }: SteppedListing, io: CliIo, words: (typeof stepWords)['en']) {
    this.stepper = stepper
    this.lines = source.split('\n')
    this.io = io
    this.words = words
    this.style = styleOf(io)
  }

  async byKeys(): Promise<void> {
    this.io.write(`${this.style.dim(this.words.keys)}\n\n`)
    for (;;) {
      const key = await this.io.readKey()
      if (key === undefined || ['q', '\x03', '\x04'].includes(key)) return
      const signal = Object.hasOwn(signals, key) ? signals[key] : undefined
      if (signal !== undefined) {
        this.io.write(`${this.style.cyan(`kill -s ${signal}`)}\n`)
        this.show(await this.stepper.signal(signal), false)
      } else if (key === 'r') this.show(await this.stepper.runOn())
      else if (['s', ' ', '\r', '\n'].includes(key)) this.show(this.stepper.step())
      const { process } = this.stepper.view
      if (process !== undefined && process.state === undefined) return
    }
  }

  toItsSleep(): void {
    do this.show(this.stepper.step())
    while (this.stepper.view.ahead > 0)
  }

  private show(view: SteppingView, hasMoved = true): void {
    const { current, process, pid, output, ahead } = view
    if (current !== undefined && hasMoved) {
      const number = String(current.line).padStart(String(this.lines.length).length)
      this.io.write(`${this.style.bold(`${number}  ${this.lines[current.line - 1] ?? ''}`)}\n`)
    }
    if (process === undefined) {
      if (!hasMoved) this.io.write(`${this.style.dim(this.words.ahead(ahead))}\n`)
      return
    }
    const text = output.slice(this.printed)
    this.printed = output.length
    this.io.write(text === '' || text.endsWith('\n') ? text : `${text}\n`)
    const { state, systemCall, wchan, exitCode } = process
    const call = systemCall && `${systemCall.name ?? systemCall.number}()${wchan === undefined ? '' : ` (${wchan})`}`
    const facts = state === undefined ? this.words.ended(exitCode ?? 0) : [state, call].filter(Boolean).join(' ')
    this.io.write(`${this.style.dim(`PID ${pid}: ${facts}`)}\n`)
  }
}
