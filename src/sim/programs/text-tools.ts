// sed, awk, jq, diff, find and other text tools: just-bash's implementations, each run as a program of the kernel.
// The library is asynchronous and asks for files; the program answers each question by its own system calls.
import type { Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { readAll, TooMuchInput, writeError, writeOut } from './stdio.ts'
import { answer, QuestionedFiles } from './text-tool-files.ts'

/** What is used of the library. */
export interface TextToolLibrary {
  readonly Bash: new (options: {
    fs: QuestionedFiles
    cwd: string
    env: Record<string, string>
  }) => {
    exec(
      command: string,
      options: {
        args: string[]
        stdin: string
        stdinKind?: 'bytes'
        rawScript: boolean
        cwd: string
        env: Record<string, string>
      },
    ): Promise<{ stdout: string; stderr: string; exitCode: number; stdoutKind?: string }>
  }
}

const loader: () => Promise<TextToolLibrary> = async () =>
  (await import('./text-tools-library.ts')) as unknown as TextToolLibrary
let library: Promise<TextToolLibrary> | undefined

/** How many operands a tool needs before it leaves its standard input alone. */
const operandsBeforeInput: Readonly<Record<string, number>> = {
  sed: 2,
  awk: 2,
  gawk: 2,
  jq: 2,
  diff: 2,
  find: 0,
  yq: 2,
  comm: 2,
  join: 2,
}

/** Options whose value stands in a word of its own: it is no operand. */
const valued: Readonly<Record<string, RegExp>> = { awk: /^-[vF]$/, gawk: /^-[vF]$/ }

/** Tools that never read standard input. */
const withoutInput: ReadonlySet<string> = new Set(['find', 'expr', 'tree', 'du', 'file'])

/** Bytes of input that a tool of the library holds: an endless input must not fill the host's memory. */
const inputLimit = 32 * 2 ** 20

/** A tool of the library as a program. */
export function textTool(name: string): Main {
  return function* main(system, argv, environment) {
    const args = argv.slice(1)
    let input: Uint8Array = new Uint8Array()
    try {
      if (readsInput(name, args)) input = yield* readAll(system, 0, inputLimit)
    } catch (error) {
      if (!(error instanceof TooMuchInput)) throw error
      const limit = `${inputLimit / 2 ** 20} MiB`
      yield* writeError(
        system,
        `pause-lab: the simulated ${name} reads all of its input before it starts, ${limit} at most\n`,
      )
      return 2
    }
    const cwd = yield* system.getcwd()
    const env = Object.fromEntries(environment)
    const { Bash } = yield* hosted(system, () => (library ??= loader()))
    const files = new QuestionedFiles()
    const bash = new Bash({ fs: files, cwd, env })
    const run = bash.exec(name, { args, stdin: decodeText(input), rawScript: true, cwd, env })
    const result = yield* answerUntil(system, files, run)
    yield* writeError(system, messages(name, result.stderr))
    // The library puts a blank too many before characters.
    if (name === 'od' && args.some((word) => /^-\w*c/.test(word)))
      result.stdout = result.stdout.replaceAll(/^([0-7]{7,}) /gm, '$1')
    yield* writeOut(system, result.stdoutKind === 'bytes' ? fromLatin1(result.stdout) : result.stdout)
    return status(name, result.exitCode, result.stderr)
  }
}

/** Awaits work of the host; the table of calls has lost the type of its result. */
function* hosted<T>(system: System, work: () => Promise<T>): Program<T> {
  return (yield* system.host(work)) as T
}

/** Answers the library's questions about files until its work is done. */
function* answerUntil<T>(system: System, files: QuestionedFiles, run: Promise<T>): Program<T> {
  const ended = run.then((value) => ({ kind: 'ended' as const, value }))
  for (;;) {
    const next = yield* hosted(system, () => Promise.race([files.next(), ended]))
    if (next.kind === 'ended') return next.value
    try {
      next.question.resolve(yield* answer(system, next.question))
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      next.question.reject(
        new Error(`${error.errno}: ${error.message.toLowerCase()}, ${next.question.kind} '${next.question.path}'`),
      )
    }
  }
}

function readsInput(name: string, args: readonly string[]): boolean {
  if (withoutInput.has(name)) return false
  const operands = args.filter(
    (word, index) => word === '-' || !(word.startsWith('-') || valued[name]?.test(args[index - 1] ?? '')),
  )
  const scriptByOption =
    /^(?:sed|awk|gawk|jq)$/.test(name) && args.some((word) => /^-(?:[a-zA-Z]*[ef]|-expression|-file)/.test(word))
  const needed = (operandsBeforeInput[name] ?? 1) - (scriptByOption ? 1 : 0)
  return operands.includes('-') || operands.length < needed || scriptByOption
}

/** The library's messages without its shell's name, and with the words of the real tools. */
function messages(name: string, text: string): string {
  return text
    .replace(/^bash: /gm, '')
    .replace(/^(\w+): ENOENT: no such file or directory, \w+ '(.*)'$/gm, `${name}: $2: No such file or directory`)
}

/** Wrong usage is 2 for the tools where it is so. */
function status(name: string, exitCode: number, errors: string): number {
  if (exitCode === 1 && /^(?:diff|awk|jq|cmp)$/.test(name) && /(?:invalid|unrecognized|unknown) option/.test(errors))
    return 2
  return exitCode
}

function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff)
}
