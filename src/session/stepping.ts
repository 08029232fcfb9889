// Stepping through a program's source while it runs. The program runs until it sleeps in the kernel or ends; what it ran
// is kept line by line, and the reader follows at a pace of their own. A signal makes it run on. What the process is
// doing there, its state and its system call, comes from /proc, as the reader would see it.
import type { Shell } from './backend.ts'
import { quote } from './script.ts'

/** A line of source that ran. */
export interface SourceLine {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly functionName: string
}

/** Who can tell which lines run, the simulation; the listener gives false when it wants no more. */
export type LineSource = (program: string, listener: (line: SourceLine) => boolean) => () => void

/** What the process is doing, behind the last line that ran. */
export interface ProcessState {
  /** As in /proc/PID/stat: `R`, `S`, `T`, `Z`; undefined when it is gone. */
  readonly state?: string
  /** In which it sleeps: the first field of /proc/PID/syscall, proc_pid_syscall(5), and its name when that is a usual one. */
  readonly systemCall?: { readonly number: number; readonly name?: string }
  /** The kernel function in which it sleeps, proc_pid_wchan(5). */
  readonly wchan?: string
  /** As a shell says it: 128 and the signal's number if one ended it. */
  readonly exitCode?: number
}

export interface SteppingView {
  readonly pid: number
  /** The line to mark; undefined before the first. */
  readonly current?: SourceLine
  /** How many lines that have run the reader has not seen. */
  readonly ahead: number
  /** Only once nothing is ahead: before, the reader looks at the past. */
  readonly process?: ProcessState
  /** What the program has printed so far. */
  readonly output: string
  /** The last signal that was sent, without SIG. */
  readonly signal?: string
}

/** A listing whose lines are to be followed. */
export interface SteppedListing {
  /** As it is compiled: `pause.c`. */
  readonly file: string
  readonly source: string
  /** The program's name and its arguments. */
  readonly command: readonly string[]
}

/** gcc took the listing for no program; the message is what it said. */
export class ListingNotCompiled extends Error {}

export interface SteppingOptions {
  /** Last part of the program's path. */
  readonly program: string
  /** Starts it and does not wait for it: `./pause &`. */
  readonly start: string
  /** Prints its PID: `echo $!`, the default, or what asks docker for a container's. */
  readonly pid?: string
}

/** More lines than a reader steps through; a program that loops for ever would have no end. */
const mostLines = 10_000
/** What a signal or a start may set going, in the time of the machine. */
const settle = 'sleep 0.05'
/** For whoever waits for something to happen by itself. */
const second = 'sleep 1'

/** By their numbers on x86-64, those in which programs of the lessons sleep. */
const systemCallNames: Readonly<Record<number, string>> = {
  0: 'read',
  7: 'poll',
  23: 'select',
  34: 'pause',
  35: 'nanosleep',
  61: 'wait4',
  130: 'rt_sigsuspend',
  202: 'futex',
  230: 'clock_nanosleep',
  270: 'pselect6',
  271: 'ppoll',
}

export class SourceStepper {
  readonly #shell: Shell
  readonly #stop: () => void
  readonly #lines: SourceLine[] = []
  /** How many of the lines the reader has seen. */
  #seen = 0
  #pid = 0
  #output = ''
  #process: ProcessState = {}
  #signal: string | undefined

  private constructor(shell: Shell, program: string, lines: LineSource) {
    this.#shell = shell
    this.#stop = lines(program, (line) => {
      this.#lines.push(line)
      return this.#lines.length < mostLines
    })
  }

  /**
   * Starts a program and stands before its first line.
   *
   * @param shell one of its own: what runs in it must not end the program
   * @throws Error when there is no process after `start`
   */
  static async start(shell: Shell, lines: LineSource, options: SteppingOptions): Promise<SourceStepper> {
    const stepper = new SourceStepper(shell, options.program, lines)
    await stepper.#run(options.start, true)
    stepper.#pid = Number(await stepper.#run(options.pid ?? 'echo $!'))
    if (!(stepper.#pid > 0)) {
      stepper.dispose()
      throw new Error(`${options.start}: there is no process`)
    }
    await stepper.#goOn()
    return stepper
  }

  /**
   * Compiles a listing and stands before the first line of the program.
   *
   * @param shell one of its own, in a directory where it may write
   * @throws ListingNotCompiled
   */
  static async open(shell: Shell, lines: LineSource, listing: SteppedListing): Promise<SourceStepper> {
    const [program = ''] = listing.command
    const file = quote(listing.file)
    let messages = ''
    const decoder = new TextDecoder()
    const take = (chunk: Uint8Array): void => {
      messages += decoder.decode(chunk, { stream: true })
    }
    const script = `printf %s ${quote(listing.source)} > ${file} && gcc -o ${quote(program)} ${file}`
    const { exitCode } = await shell.run(script, { stdout: take, stderr: take })
    if (exitCode !== 0) throw new ListingNotCompiled(messages)
    const start = [`./${program}`, ...listing.command.slice(1)].map(quote).join(' ')
    return SourceStepper.start(shell, lines, { program, start: `${start} &` })
  }

  get view(): SteppingView {
    const current = this.#lines[this.#seen - 1]
    const ahead = this.#lines.length - this.#seen
    return {
      pid: this.#pid,
      ...(current === undefined ? {} : { current }),
      ahead,
      ...(ahead === 0 ? { process: this.#process } : {}),
      output: this.#output,
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    }
  }

  /** One line on, if one has run. */
  step(): SteppingView {
    this.#seen = Math.min(this.#seen + 1, this.#lines.length)
    return this.view
  }

  /** To where the process is now. */
  run(): SteppingView {
    this.#seen = this.#lines.length
    return this.view
  }

  /** To where the process is now; if the reader is there already, a second passes for it first. */
  async runOn(): Promise<SteppingView> {
    if (this.view.ahead === 0 && this.#process.state !== undefined) await this.#goOn(second)
    return this.run()
  }

  /**
   * Sends a signal, kill(1). The lines that it makes run are ahead then; those that were are behind.
   *
   * @param name without SIG: `CHLD`
   */
  async signal(name: string): Promise<SteppingView> {
    this.run()
    if (!/^[A-Z0-9+-]+$/.test(name)) throw new Error(`${name} is no signal`)
    if (this.#process.state === undefined) return this.view
    this.#signal = name
    await this.#run(`kill -s ${name} ${this.#pid}`, true)
    await this.#goOn()
    return this.view
  }

  /** Ends the program if it still runs, and stops listening. */
  async end(): Promise<void> {
    this.dispose()
    if (this.#process.state !== undefined) await this.#run(`kill -s KILL ${this.#pid}; kill -s CONT ${this.#pid}`)
  }

  dispose(): void {
    this.#stop()
  }

  /** Lets the machine's time go on, and looks what has become of the process. */
  async #goOn(time = settle): Promise<void> {
    await this.#run(time, true)
    const proc = `/proc/${this.#pid}`
    const status = await this.#run(`cat ${proc}/status 2>/dev/null`)
    const state = /^State:\s+(\w)/m.exec(status)?.[1]
    if (state === undefined) {
      this.#process = { exitCode: Number(await this.#run(`wait ${this.#pid} 2>/dev/null; echo $?`)) }
      return
    }
    const number = Number.parseInt(await this.#run(`cat ${proc}/syscall 2>/dev/null`), 10)
    const wchan = (await this.#run(`cat ${proc}/wchan 2>/dev/null`)).trim()
    const name = systemCallNames[number]
    this.#process = {
      state,
      ...(number >= 0 ? { systemCall: { number, ...(name === undefined ? {} : { name }) } } : {}),
      ...(wchan === '' || wchan === '0' ? {} : { wchan }),
    }
  }

  /** @param isProgram what is printed, also later, is the program's */
  async #run(script: string, isProgram = false): Promise<string> {
    const decoder = new TextDecoder()
    let text = ''
    const take = (chunk: Uint8Array): void => {
      const part = decoder.decode(chunk, { stream: true })
      text += part
      if (isProgram) this.#output += part
    }
    await this.#shell.run(script, { stdout: take, stderr: take })
    return text
  }
}
