// A real machine with a real engine, booted by test/lab-host/machine.sh: runs scripts one after another, each on its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Printed } from './printed.ts'

/** Debian's suites by the engine that they have. */
const suites: Readonly<Record<string, string>> = {
  'docker-20.10': 'bookworm',
  'docker-26.1': 'trixie',
  'docker-28.5': 'sid',
}

const labHost = (script: string): string => fileURLToPath(new URL(`../lab-host/${script}`, import.meta.url))

/** Builds what the engine's machine needs, once. Returns whether it can boot; why not has been printed then. */
export function prepareMachine(engine: string): boolean {
  const { status } = spawnSync(labHost('root.sh'), [suites[engine] ?? ''], { stdio: ['ignore', 'ignore', 'inherit'] })
  return status === 0
}

/** What stands for the exit code of a script that did not end in time; its machine is gone then. */
export const didNotEnd = -1

const limitMs = 40_000
/** The same for the first one, which waits for the machine to boot. */
const bootLimitMs = 180_000

const graceMs = 2_000

export class RealMachine {
  readonly #child: ChildProcess
  readonly #out: Reader
  readonly #err: Reader
  readonly #closed: Promise<unknown>
  #hasServed = false

  constructor(engine: string) {
    // Node's own pipes are sockets, which /dev/stderr cannot reopen; the two `cat` make them pipes, as in a terminal.
    const piped = 'set -o pipefail; "$@" 2> >(cat >&2) | cat'
    const args = ['-c', piped, 'bash', labHost('machine.sh'), suites[engine] ?? '']
    this.#child = spawn('bash', args, { stdio: 'pipe', detached: true })
    // A machine that has died tells so by the end of its output.
    this.#child.stdin?.on('error', () => undefined)
    this.#out = new Reader(this.#child.stdout)
    this.#err = new Reader(this.#child.stderr)
    this.#closed = new Promise((resolve) => {
      this.#child.on('close', resolve)
    })
  }

  /**
   * Runs a script on the machine as the one before left it: empty. With the exit code `didNotEnd` the machine cannot be used
   * any more.
   * @throws Error when the machine did not boot
   */
  async run(script: string): Promise<Printed> {
    this.#child.stdin?.write(`${script}\0`)
    let isLate = false
    // What has come while this process was busy is looked at before the second timer: it may hold the end.
    let timer = setTimeout(
      () => {
        timer = setTimeout(() => {
          isLate = true
          this.#kill()
        }, graceMs)
      },
      this.#hasServed ? limitMs : bootLimitMs,
    )
    const [stdout, stderr] = await Promise.all([this.#out.untilMark(), this.#err.untilMark()])
    clearTimeout(timer)
    if (stdout.code === undefined && !isLate && !this.#hasServed)
      throw new Error(`the machine did not boot: ${stderr.text.trim()}`)
    this.#hasServed = true
    return { stdout: stdout.text, stderr: stderr.text, exitCode: stdout.code ?? didNotEnd }
  }

  async close(): Promise<void> {
    this.#child.stdin?.end()
    await this.#closed
  }

  #kill(): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL')
  }
}

/** Text of a stream up to the mark that follows each script: NUL, exit code, NUL. */
class Reader {
  #text = ''
  #ended = false
  #wake: () => void = () => undefined

  constructor(stream: ChildProcess['stdout']) {
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => {
      this.#text += chunk
      this.#wake()
    })
    stream?.on('close', () => {
      this.#ended = true
      this.#wake()
    })
  }

  async untilMark(): Promise<{ text: string; code: number | undefined }> {
    for (;;) {
      const mark = /\0(\d+)\0/.exec(this.#text)
      if (mark) {
        const text = this.#text.slice(0, mark.index)
        this.#text = this.#text.slice(mark.index + mark[0].length)
        return { text, code: Number(mark[1]) }
      }
      if (this.#ended) return { text: this.#text, code: undefined }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
