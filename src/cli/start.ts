// `pause-lab start`: steps through a lesson in a terminal, a cell a keypress. In a pipe it prints the transcript.
import type { Cell } from '../notebook/cell.ts'
import type { Segment } from '../notebook/lesson.ts'
import type { Quiz } from '../notebook/quiz.ts'
import type { Language } from '../session/messages.ts'
import type { CellResult } from '../session/result.ts'
import type { LessonSession, RunnableCell } from '../session/session.ts'
import { promptLines } from '../session/transcript.ts'
import type { CliIo } from './io.ts'
import { coursePaths, findLesson, languageOf, type LessonFile, lessonName } from './lesson-files.ts'
import { renderMarkdown } from './markdown-text.ts'
import type { Parsed } from './options.ts'
import { noteProgress } from './progress.ts'
import { withSession } from './session-run.ts'
import { startWords } from './start-words.ts'
import { type Style, styleOf } from './style.ts'
import { OutputWriter, printAnswer, printOutcome, printQuestion, printTranscript } from './transcript.ts'

/** The lesson that one begins with. */
const firstLesson = 'alp1-alp2'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const language = languageOf(parsed, io)
  const file = await lessonToStart(parsed.operands[0], language, io)
  return withSession(file, parsed, io, async (session, stop) => {
    if (!io.inputIsTerminal || !io.outputIsTerminal) return (await printTranscript(session, io, { language })) ? 0 : 1
    await new Stepper(session, file, io, language, stop).walk()
    return 0
  })
}

async function lessonToStart(named: string | undefined, language: Language, io: CliIo): Promise<LessonFile> {
  if (named !== undefined) return findLesson(named, language, io)
  const names = (await coursePaths(language, io)).map((path) => lessonName(path))
  const first = names.find(({ slug }) => slug === firstLesson) ?? names[0]
  return findLesson(first?.name ?? firstLesson, language, io)
}

/** What a key at a cell asks for. */
type Step = 'run' | 'skip' | 'quit' | 'hint' | 'try' | 'check'

const steps: Readonly<Record<string, Step>> = {
  '\r': 'run',
  '\n': 'run',
  ' ': 'run',
  s: 'skip',
  q: 'quit',
  '\x03': 'quit',
  '\x04': 'quit',
  h: 'hint',
  t: 'try',
  c: 'check',
}

class Stepper {
  private readonly session: LessonSession
  private readonly file: LessonFile
  private readonly io: CliIo
  private readonly language: Language
  private readonly stop: AbortSignal
  private readonly style: Style

  constructor(session: LessonSession, file: LessonFile, io: CliIo, language: Language, stop: AbortSignal) {
    this.session = session
    this.file = file
    this.io = io
    this.language = language
    this.stop = stop
    this.style = styleOf(io)
  }

  async walk(): Promise<void> {
    this.say(this.style.dim(this.words.keys))
    for (const segment of this.session.lesson.segments) {
      if (this.stop.aborted || !(await this.show(segment))) return
    }
    this.say(this.words.end)
  }

  private get words(): (typeof startWords)[Language] {
    return startWords[this.language]
  }

  /** @returns false when the learner quits */
  private async show(segment: Segment): Promise<boolean> {
    switch (segment.kind) {
      case 'markdown':
      case 'source':
        this.say(renderMarkdown(segment.source.trimEnd(), this.style, this.io.columns))
        return true
      case 'quiz':
        return this.ask(segment)
      case 'cell':
        if (segment.attributes.solution !== undefined) return true
        return segment.attributes.check ? this.task(segment) : this.step(segment)
      default:
        return true
    }
  }

  private async ask(quiz: Quiz): Promise<boolean> {
    if (!quiz.question) return true
    printQuestion(quiz, this.io)
    const count = quiz.question.options.length
    this.io.write(this.style.dim(this.words.guess(count)))
    for (;;) {
      const key = await this.io.readKey()
      const isQuit = key === undefined || steps[key] === 'quit'
      const option = Number(key)
      if (!isQuit && steps[key] !== 'skip' && !(option >= 1 && option <= count)) continue
      this.io.write(`${isQuit || steps[key] === 'skip' ? '' : key}\n\n`)
      if (isQuit) return false
      if (steps[key] === 'skip') return true
      if (quiz.before === undefined) this.sayAnswer(quiz, option)
      else this.session.predict(quiz, option)
      return true
    }
  }

  /** A question that is not about a cell is answered at once. */
  private sayAnswer(quiz: Quiz, option: number): void {
    const isRight = quiz.question?.right.includes(option) === true
    this.io.write(isRight ? `${this.style.green(this.words.right)} ` : `${this.style.yellow(this.words.wrong)} `)
    printAnswer(quiz, this.io, this.language)
    this.io.write('\n')
  }

  private async step(cell: Cell): Promise<boolean> {
    for (const line of promptLines(cell)) this.io.write(`${this.style.bold(line)}\n`)
    const step = await this.key(this.words.run, [])
    if (step === 'quit') return false
    if (step === 'run') this.sayPredictions(await this.runCell(cell))
    this.io.write('\n')
    return true
  }

  /** A task: the learner may think, ask for hints, and see a solution. */
  private async task(check: Cell): Promise<boolean> {
    const { segments, cells } = this.session.lesson
    const hints = segments.filter((segment) => segment.kind === 'hint').filter((hint) => hint.for === check.name)
    const texts = hints.map((hint) => hint.text)
    for (;;) {
      const step = await this.key(this.words.task, texts, ['try', 'check'])
      if (step === 'quit') return false
      if (step === 'skip') return true
      if (step === 'run') break
      if (step === 'try') await this.tryOut(check)
      else if ((await this.runCheck(check, true)).ok) return true
    }
    for (const solution of cells.filter((cell) => cell.attributes.solution === check.name)) {
      for (const line of promptLines(solution)) this.io.write(`${this.style.bold(line)}\n`)
      await this.runCell(solution, false)
    }
    // Who was shown the solution has not passed the check.
    await this.runCheck(check, false)
    return true
  }

  private async runCheck(check: Cell, isOwn: boolean): Promise<CellResult> {
    const result = await this.runCell(check, isOwn)
    this.say(result.ok ? this.style.green(this.words.reached) : this.style.red(this.words.notReached))
    return result
  }

  /** Lines that the learner types run where the check looks. */
  private async tryOut(check: Cell): Promise<void> {
    this.say(this.style.dim(this.words.try))
    for (;;) {
      const script = await this.io.readLine('$ ')
      if (script === undefined || script.trim() === '') return
      const attributes = { ...check.attributes, check: false, after: [] }
      await this.runCell({ name: '', script, attributes }, false)
    }
  }

  /** Waits for a key that means something here; shows hints one by one meanwhile. */
  private async key<More extends 'try' | 'check' = never>(
    words: string,
    hints: string[],
    more: readonly More[] = [],
  ): Promise<'run' | 'skip' | 'quit' | More> {
    for (;;) {
      this.io.write(this.style.dim(words))
      const key = await this.io.readKey()
      // The words were only to be seen while waiting.
      this.io.write('\r\x1b[K')
      const step = key === undefined ? 'quit' : steps[key]
      if (step === 'run' || step === 'skip' || step === 'quit') return step
      const asked = more.find((each) => each === step)
      if (asked !== undefined) return asked
      const hint = step === 'hint' ? hints.shift() : undefined
      if (hint !== undefined) this.say(renderMarkdown(hint, this.style, this.io.columns))
      else if (step === 'hint') this.say(this.style.dim(this.words.noHint))
      else if (key === '?') this.say(this.style.dim(this.words.keys))
    }
  }

  private async runCell(cell: RunnableCell, isNoted = true): Promise<CellResult> {
    const output = new OutputWriter(this.io)
    const result = await this.session.runCell(cell, output, { withPrerequisites: true })
    output.endLine()
    printOutcome(result, this.io, this.language)
    if (isNoted) await noteProgress(this.file.path, this.session.lesson, result, this.io)
    return result
  }

  private sayPredictions(result: CellResult): void {
    for (const { chosen, right, correct, why } of result.predictions) {
      const verdict = correct ? this.style.green(this.words.right) : this.style.yellow(this.words.wrong)
      const facts = correct ? why : `${this.words.answer(right.join('; '))} ${why}`
      this.io.write(`\n${verdict} `)
      this.io.write(`${renderMarkdown(`${this.words.yours(chosen)} ${facts}`, this.style, this.io.columns)}\n`)
    }
  }

  private say(text: string): void {
    this.io.write(`${text}\n\n`)
  }
}
