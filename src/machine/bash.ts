// One long-lived bash session: runs cells one after the other, and begins a new bash when the one before is gone.
import type { ChildProcess } from 'node:child_process'
import { constants, openSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { basename, dirname } from 'node:path'
import { $ } from 'zx'
import type { RunIo, RunResult, Shell } from '../session/backend.ts'
import { type Quarry, hunt, send } from './cancel.ts'
import { type Channel, ChannelPool } from './channel.ts'
import { type ControlMessage, controlParser } from './control.ts'
import { abandonSignal, cellMessage, driverScript, markerVariable, savedExitCode } from './driver.ts'
import type { Environment } from './environment.ts'
import { exitStatus, hintsFor, savedHints } from './hints.ts'
import { childrenOf, pidsIn } from './processes.ts'
import { quote } from './quote.ts'
import type { SessionFiles } from './session-files.ts'

export interface BashOptions {
  /** Path of bash. */
  program: string
  files: SessionFiles
  environment: Environment
  cwd: string
  /** Begins the markers of all runs of this shell. Ends with a dot. */
  marker: string
}

/** What a run needs while it is under way. */
interface Run {
  number: number
  stdout: Channel
  stderr: Channel
  quarry: Quarry
  hints: string[]
  /** Whether the shell has taken up the cell. */
  begun: boolean
  onBegun: () => void
  /** How the shell ended the cell, once it has. */
  end?: { exitCode: number; shellExited: boolean }
  onEnd: () => void
}

type Reason = 'cancelled' | 'timeout'

const exitCodes: Readonly<Record<Reason, number>> = { cancelled: 130, timeout: 124 }

export class BashShell implements Shell {
  readonly #options: BashOptions
  readonly #channels: ChannelPool
  readonly #control: Socket
  #child: ChildProcess | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #run: Run | undefined
  #runCount = 0
  #cwd: string
  // `$?` for the next cell.
  #status = 0
  #onReady: (() => void) | undefined
  // Whether the handler that abandons a cell has been asked and has not answered yet.
  #abandoning = false
  // Whether a run is being cancelled.
  #interrupting = false
  // Told with the next run: what became of the shell before.
  #news: string[] = []
  #ended = false

  constructor(options: BashOptions) {
    this.#options = options
    this.#cwd = options.cwd
    this.#channels = new ChannelPool(options.files.channels)
    // Open for writing too, so that it has no end when the shell closes its side.
    const fd = openSync(options.files.control, constants.O_RDWR | constants.O_NONBLOCK)
    this.#control = new Socket({ fd, readable: true, writable: false })
    this.#control.on(
      'data',
      controlParser((message) => this.#onControl(message)),
    )
  }

  /** Starts bash. Returns when it is ready for a cell. */
  start(): Promise<void> {
    return this.#begin(false)
  }

  run(script: string, io: RunIo): Promise<RunResult> {
    const result = this.#queue.then(() => this.#runNow(script, io))
    this.#queue = result.catch(() => {})
    return result
  }

  /** The output channels that may still be written to. */
  get channels(): string[] {
    return this.#channels.paths
  }

  /** Ends bash itself. What it has started is the backend's to end. Returns the PID that it had. */
  end(): number | undefined {
    this.#ended = true
    const pid = this.#child?.pid
    if (pid !== undefined) send(pid, 'SIGKILL')
    return pid
  }

  /** Gives back all that this side holds open. Precondition: ended. */
  close(): void {
    this.#channels.close()
    this.#control.destroy()
  }

  async #begin(again: boolean): Promise<void> {
    const { program, files, environment, marker } = this.#options
    await rm(files.leave, { force: true })
    await writeFile(files.driver, driverScript(files, { cwd: this.#cwd, environment: again }))
    const ready = new Promise<void>((resolve) => (this.#onReady = resolve))
    const shell = $({
      // A session of its own: no terminal to ask, and none to be stopped by.
      detached: true,
      // Output goes through channels; zx would keep all of it.
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: dirname(files.driver),
      env: { ...environment, [markerVariable]: `${marker}0.` },
      nothrow: true,
      quiet: true,
      // Not bash: with a socket as its stdin, which it takes for a remote login, it would read the learner's ~/.bashrc.
      shell: '/bin/sh',
      prefix: 'exec ',
      quote,
    })`${program} --noprofile --norc ${basename(files.driver)}`
    const child = shell.child
    if (child === undefined) throw new Error('zx did not start bash')
    this.#child = child
    // Writing to a shell that has just ended is no fault: its end is told by `exit`.
    child.stdin?.on('error', () => {})
    child.once('exit', (code, signal) => this.#onExit(child, code, signal))
    await ready
    this.#onReady = undefined
  }

  async #runNow(script: string, io: RunIo): Promise<RunResult> {
    if (this.#ended) throw new Error('this machine is disposed of')
    if (io.signal?.aborted) return { exitCode: exitCodes.cancelled, ended: 'cancelled' }
    if (this.#child === undefined) await this.#begin(true)
    const { run, reason } = await this.#attempt(script, io)
    // The shell had died before it saw the cell: another one takes it up, with the news of what became of the first.
    if (run.end?.shellExited && !run.begun && reason === undefined) {
      this.#news.push(...run.hints)
      return this.#runNow(script, io)
    }
    return this.#resultOf(run, reason)
  }

  async #attempt(script: string, io: RunIo): Promise<{ run: Run; reason: Reason | undefined }> {
    await this.#channels.reserve(2)

    const run = this.#open(io)
    const ended = new Promise<void>((resolve) => (run.onEnd = resolve))
    this.#run = run
    this.#child?.stdin?.write(
      cellMessage({
        number: run.number,
        script: script.replaceAll('\0', ''),
        marker: run.quarry.marker,
        stdout: run.stdout.path,
        stderr: run.stderr.path,
        status: this.#status,
        control: this.#options.files.control,
        jobs: process.platform === 'linux' ? undefined : this.#options.files.jobs,
      }),
    )
    const reason = await this.#endOrInterruption(run, ended, io)
    run.stdout.release()
    run.stderr.release()
    // Of older runs as well: what a job wrote before this run's end has arrived when this run has ended.
    this.#channels.drain()
    this.#run = undefined
    return { run, reason }
  }

  #open(io: RunIo): Run {
    const number = ++this.#runCount
    const stdout = this.#channels.open((chunk) => io.stdout(chunk))
    const stderr = this.#channels.open((chunk) => io.stderr(chunk))
    const shell = this.#child?.pid ?? 0
    return {
      number,
      stdout,
      stderr,
      quarry: {
        shells: [shell],
        marker: `${this.#options.marker}${number}.`,
        channels: new Set([stdout.path, stderr.path]),
        older: new Set(childrenOf(shell)),
      },
      hints: this.#news.splice(0),
      begun: false,
      onBegun: () => {},
      onEnd: () => {},
    }
  }

  /** Waits for the run's end, and brings it about when the signal or the time limit asks for it. */
  async #endOrInterruption(run: Run, ended: Promise<void>, io: RunIo): Promise<Reason | undefined> {
    let timer: NodeJS.Timeout | undefined
    let onAbort: (() => void) | undefined
    const interrupted = new Promise<Reason>((resolve) => {
      onAbort = () => resolve('cancelled')
      io.signal?.addEventListener('abort', onAbort)
      if (io.signal?.aborted) resolve('cancelled')
      if (io.timeoutMs !== undefined) timer = setTimeout(() => resolve('timeout'), io.timeoutMs)
    })
    const reason = await Promise.race([ended.then(() => undefined), interrupted])
    clearTimeout(timer)
    if (onAbort !== undefined) io.signal?.removeEventListener('abort', onAbort)
    if (reason === undefined) return undefined
    await this.#interrupt(run)
    await ended
    this.#interrupting = false
    return reason
  }

  async #interrupt(run: Run): Promise<void> {
    const shell = this.#child?.pid
    this.#interrupting = true
    // Before that the shell would not know what to abandon.
    if (!run.begun && run.end === undefined) await new Promise<void>((resolve) => (run.onBegun = resolve))
    if (shell !== undefined && run.end === undefined) {
      this.#abandoning = true
      send(shell, abandonSignal)
    }
    const older = new Set([...run.quarry.older, ...pidsIn(this.#options.files.jobs)])
    const isOver = () => run.end !== undefined && !this.#abandoning
    // A shell that waits in a system call which it takes up again, such as opening a FIFO, cannot leave its cell. Asked
    // again, it saves its variables and functions and exits.
    const allGone = await hunt({ ...run.quarry, older }, isOver, (long) => {
      writeFileSync(this.#options.files.leave, '')
      if (shell !== undefined) send(shell, long ? 'SIGKILL' : abandonSignal)
    })
    if (!allGone && shell !== undefined && !isOver()) send(shell, 'SIGKILL')
  }

  #resultOf(run: Run, reason: Reason | undefined): RunResult {
    const end = run.end ?? { exitCode: 0, shellExited: false }
    this.#status = end.shellExited ? 0 : end.exitCode
    const exitCode = reason === undefined ? end.exitCode : exitCodes[reason]
    const ended = reason ?? (end.shellExited ? 'shell-exited' : undefined)
    return {
      exitCode,
      ...(ended === undefined ? {} : { ended }),
      ...(run.hints.length === 0 ? {} : { hints: run.hints }),
    }
  }

  #onControl(message: ControlMessage): void {
    const run = this.#run
    if (message.kind === 'hint') run?.hints.push(message.text)
    else if (message.kind === 'abandoned') this.#abandoning = false
    else if (message.kind === 'begun') {
      if (run !== undefined) run.begun = true
      run?.onBegun()
    } else {
      this.#cwd = message.cwd
      if (run !== undefined && message.cell === run.number)
        run.end ??= { exitCode: message.exitCode, shellExited: false }
      this.#onReady?.()
    }
    if (run?.end !== undefined && !this.#abandoning) run.onEnd()
  }

  #onExit(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#child !== child) return
    this.#child = undefined
    this.#abandoning = false
    const hints = code === savedExitCode && this.#interrupting ? savedHints : hintsFor(code, signal, this.#cwd)
    const run = this.#run
    if (run === undefined || run.end !== undefined) this.#news.push(...hints)
    else {
      run.end = { exitCode: exitStatus(code, signal), shellExited: true }
      run.hints.push(...hints)
    }
    run?.onBegun()
    run?.onEnd()
    this.#onReady?.()
  }
}
