// A machine that only knows what a test tells it: answers by script, and a record of what was run.
import type { Backend, RunIo, RunResult, Shell } from '../../src/session/backend.ts'

type Answer = Partial<RunResult> & { stdout?: string; stderr?: string; wait?: Promise<void> }

export class FakeBackend implements Backend {
  /** Scripts in the order in which they began, of all shells; without the questions about tools and versions. */
  readonly scripts: string[] = []
  shells = 0
  isDisposed = false
  private readonly answer: (script: string) => Answer

  /** @param answers what a script prints and how it ends, by its text without the last line end; a string is its stdout */
  constructor(answers: Readonly<Record<string, Answer | string>> | ((script: string) => Answer) = {}) {
    const answerOf = (script: string): Answer => {
      if (typeof answers === 'function') return answers(script)
      const found = answers[script]
      if (found === undefined && script.startsWith('command -v ')) return { exitCode: 0 }
      return typeof found === 'string' ? { stdout: found } : (found ?? {})
    }
    this.answer = answerOf
  }

  async open(): Promise<Shell> {
    this.shells += 1
    let tail: Promise<unknown> = Promise.resolve()
    return {
      run: (script, io) => {
        const run = tail.then(() => this.run(script.replace(/\n$/, ''), io))
        tail = run
        return run
      },
    }
  }

  async snapshot(): ReturnType<Backend['snapshot']> {
    return { time: 0, processes: [], containers: [] }
  }

  async dispose(): Promise<void> {
    this.isDisposed = true
  }

  private async run(script: string, io: RunIo): Promise<RunResult> {
    if (!/^(command -v|docker version|uname -r)/.test(script)) this.scripts.push(script)
    const { stdout = '', stderr = '', wait, ...result } = this.answer(script)
    if (stdout !== '') io.stdout(new TextEncoder().encode(stdout))
    if (stderr !== '') io.stderr(new TextEncoder().encode(stderr))
    if (!wait) return { exitCode: 0, ...result }
    const aborted = new Promise<RunResult>((resolve) => {
      const end = (): void => resolve({ exitCode: 130, ended: 'cancelled' })
      io.signal?.addEventListener('abort', end)
      if (io.signal?.aborted) end()
    })
    return Promise.race([wait.then(() => ({ exitCode: 0, ...result })), aborted])
  }
}

/** A promise, and the function that fulfils it. */
export function gate(): { promise: Promise<void>; open(): void } {
  const openers: (() => void)[] = []
  const promise = new Promise<void>((resolve) => {
    openers.push(resolve)
  })
  return { promise, open: () => openers.forEach((open) => open()) }
}
