// What every backend promises: one suite, run on the real machine and on the simulated one. No test looks at a clock, as
// the simulation's own is virtual: a `sleep 1000` that is waited for would end there at once, and here never.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Backend, RunIo, RunResult, Shell } from '../../src/session/backend.ts'

interface CellResult extends RunResult {
  stdout: string
  stderr: string
}

interface CellOptions {
  /** Aborts as soon as this has arrived on stdout. */
  cancelAt?: string
  /** Is called once, as soon as this has arrived on stdout. */
  when?: { seen: string; act: () => void }
  timeoutMs?: number
}

/** What a run has printed, growing while it runs and after. */
class Output {
  stdout = ''
  stderr = ''
  readonly #decoder = new TextDecoder()

  io(onStdout: () => void = () => {}): RunIo {
    return {
      stdout: (chunk) => {
        this.stdout += this.#decoder.decode(chunk, { stream: true })
        onStdout()
      },
      stderr: (chunk) => {
        this.stderr += new TextDecoder().decode(chunk)
      },
    }
  }
}

async function run(shell: Shell, script: string, options: CellOptions = {}): Promise<CellResult> {
  const output = new Output()
  const abort = new AbortController()
  let told = false
  const io = output.io(() => {
    if (options.cancelAt !== undefined && output.stdout.includes(options.cancelAt)) abort.abort()
    if (options.when === undefined || told || !output.stdout.includes(options.when.seen)) return
    told = true
    options.when.act()
  })
  const limit = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }
  const result = await shell.run(script, { ...io, signal: abort.signal, ...limit })
  return { ...result, stdout: output.stdout, stderr: output.stderr }
}

/** Declares the suite. `open` gives a fresh backend, which the suite disposes of. */
export function backendContract(name: string, open: () => Promise<{ backend: Backend }>): void {
  describe(`${name} as a backend`, () => {
    let backend: Backend
    let shell: Shell

    beforeEach(async () => {
      ;({ backend } = await open())
      shell = await backend.open({})
    })

    afterEach(() => backend.dispose())

    describe('output', () => {
      test('arrives in the order in which it was written', async () => {
        const numbers = Array.from({ length: 200 }, (_, index) => `${index + 1}\n`).join('')
        expect(await run(shell, 'for i in $(seq 200); do echo $i; done')).toEqual({
          exitCode: 0,
          stdout: numbers,
          stderr: '',
        })
      })

      test('arrives while the script still runs', async () => {
        const other = await backend.open({})
        const directory = (await run(shell, 'pwd')).stdout.trim()
        const open = () => void run(other, `echo open > ${directory}/gate`)
        const waiting = 'echo first; until [ -e gate ]; do sleep 0.01; done; cat gate'
        expect(await run(shell, waiting, { when: { seen: 'first\n', act: open } })).toEqual({
          exitCode: 0,
          stdout: 'first\nopen\n',
          stderr: '',
        })
      })

      test('of descriptors 1 and 2 stays apart', async () => {
        expect(await run(shell, 'echo one; echo two >&2; echo three')).toEqual({
          exitCode: 0,
          stdout: 'one\nthree\n',
          stderr: 'two\n',
        })
      })

      test('goes through a pipe', async () => {
        expect(await run(shell, 'printf "b\\na\\n" | sort')).toEqual({ exitCode: 0, stdout: 'a\nb\n', stderr: '' })
      })

      test('has whole bytes, all 256 of them', async () => {
        const bytes = Array.from({ length: 256 }, (_, index) => index)
        const escapes = bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
        const seen: number[] = []
        await shell.run(`printf '${escapes}'`, { stdout: (chunk) => seen.push(...chunk), stderr: () => {} })
        expect(seen).toEqual(bytes)
      })

      test('may be a hundred megabytes', async () => {
        let bytes = 0
        const count = (chunk: Uint8Array) => (bytes += chunk.length)
        await shell.run('head -c 100000000 /dev/zero', { stdout: count, stderr: count })
        expect(bytes).toBe(100_000_000)
      })
    })

    describe('state', () => {
      test.each([
        ['the working directory', 'mkdir inner && cd inner', 'basename "$PWD"', 'inner\n'],
        ['variables', 'x=5', 'echo "$x"', '5\n'],
        ['arrays', 'words=(one "two three")', 'echo "${words[1]}"', 'two three\n'],
        ['functions', 'greet() { echo "hello $1"; }', 'greet you', 'hello you\n'],
        ['options', 'set -o pipefail', 'false | true || echo failed', 'failed\n'],
        ['background jobs', 'sleep 1000 & job=$!', 'kill -0 $job && echo there', 'there\n'],
        ['the last exit code', '(exit 7)', 'echo $?', '7\n'],
      ])('keeps %s', async (_, first, second, stdout) => {
        await run(shell, first)
        expect(await run(shell, second)).toEqual({ exitCode: 0, stdout, stderr: '' })
      })

      test('belongs to a shell, the machine to all shells', async () => {
        const other = await backend.open({})
        await run(shell, 'x=5; echo text > file; sleep 1000 &')
        const { stdout } = await run(shell, 'echo "$PWD/file $!"')
        const [file, pid] = stdout.trim().split(' ')
        expect(await run(other, `echo "[$x]"; cat ${file}; kill -0 ${pid} && echo there`)).toEqual({
          exitCode: 0,
          stdout: '[]\ntext\nthere\n',
          stderr: '',
        })
      })

      test('is changed by one run at a time', async () => {
        const runs = ['x=1; sleep 0.01; x=2', 'echo $x; x=3', 'echo $x'].map((script) => run(shell, script))
        expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(['', '2\n', '3\n'])
      })
    })

    describe('an exit code', () => {
      test.each([
        ['true', 0],
        ['false', 1],
        ['(exit 42)', 42],
        ['false; true', 0],
        ["sh -c 'kill -9 $$' 2>/dev/null", 137],
      ])('of %s is %i', async (script, exitCode) => {
        expect(await run(shell, `{ ${script}; } 2>/dev/null`)).toEqual({ exitCode, stdout: '', stderr: '' })
      })

      test('of a command that is not there is 127, and bash says in which line', async () => {
        expect(await run(shell, 'x=1\nno-such-command')).toEqual({
          exitCode: 127,
          stdout: '',
          stderr: 'bash: line 2: no-such-command: command not found\n',
        })
      })
    })

    describe('background jobs', () => {
      test('do not hold up the end of a run', async () => {
        expect(await run(shell, 'sleep 1000 & echo done')).toEqual({ exitCode: 0, stdout: 'done\n', stderr: '' })
      })

      test('write to the run that started them, also after its end', async () => {
        const output = new Output()
        await shell.run('(until [ -e gate ]; do sleep 0.01; done; echo late) & echo now', output.io())
        const next = await run(shell, 'echo open > gate; wait; echo waited')
        expect([output.stdout, next.stdout]).toEqual(['now\nlate\n', 'waited\n'])
      })
    })

    describe('cancelling', () => {
      const endless = [
        ['a command', 'echo go; sleep 1000; echo no'],
        ['a loop of the shell', 'echo go; while :; do :; done; echo no'],
        ['a loop of commands', 'echo go; while :; do sleep 1; done; echo no'],
        ['a function', 'wait_for_ever() { while :; do sleep 1; done; echo no; }; echo go; wait_for_ever; echo no'],
        ['a pipeline', 'echo go; sleep 1000 | cat; echo no'],
        ['a command substitution', 'echo go; y=$(sleep 1000); echo no'],
        ['a wait for a job', 'sleep 1000 & echo go; wait; echo no'],
        ['a subshell', 'echo go; (sleep 1000; echo no); echo no'],
        ['the rest of a script', 'echo go; sleep 1000\necho no\necho no'],
      ] as const

      test.each(endless)('ends %s', async (_, script) => {
        const { exitCode, ended, stdout } = await run(shell, script, { cancelAt: 'go\n' })
        expect({ exitCode, ended, stdout }).toEqual({ exitCode: 130, ended: 'cancelled', stdout: 'go\n' })
      })

      test.each(endless)('keeps the state of the shell when it ends %s', async (_, script) => {
        await run(shell, 'x=5; mkdir inner; cd inner')
        await run(shell, script, { cancelAt: 'go\n' })
        expect(await run(shell, 'echo "$x $(basename "$PWD")"')).toEqual({
          exitCode: 0,
          stdout: '5 inner\n',
          stderr: '',
        })
      })

      test('kills the jobs that the run has started', async () => {
        const { stdout } = await run(shell, 'sleep 1000 & echo "job $!"; wait', { cancelAt: '\n' })
        const pid = stdout.replace('job ', '').trim()
        expect(await run(shell, `kill -0 ${pid} 2>/dev/null`)).toEqual({ exitCode: 1, stdout: '', stderr: '' })
      })

      test('leaves the jobs of earlier runs alone', async () => {
        await run(shell, 'sleep 1000 & job=$!')
        await run(shell, 'echo go; sleep 1000', { cancelAt: 'go\n' })
        expect(await run(shell, 'kill -0 $job && echo there')).toEqual({ exitCode: 0, stdout: 'there\n', stderr: '' })
      })

      test('before a run has begun keeps it from beginning', async () => {
        const output = new Output()
        const result = await shell.run('echo no; x=1', { ...output.io(), signal: AbortSignal.abort() })
        expect({ ...result, stdout: output.stdout }).toEqual({ exitCode: 130, ended: 'cancelled', stdout: '' })
      })
    })

    describe('a time limit', () => {
      test('ends a run that takes longer', async () => {
        const { exitCode, ended, stdout } = await run(shell, 'sleep 1000; echo no', { timeoutMs: 50 })
        expect({ exitCode, ended, stdout }).toEqual({ exitCode: 124, ended: 'timeout', stdout: '' })
      })

      test('lets a run that is quicker be', async () => {
        expect(await run(shell, 'echo quick', { timeoutMs: 1_000_000 })).toEqual({
          exitCode: 0,
          stdout: 'quick\n',
          stderr: '',
        })
      })
    })

    describe('a shell that ends', () => {
      test.each([
        ['by exit', 'exit 3', 3],
        ['by a failure under set -e', 'set -e; false; echo no', 1],
        ['by a signal', 'kill -9 $$', 137],
      ])('%s gives its exit code, and a hint', async (_, script, exitCode) => {
        const { hints = [], ...result } = await run(shell, script)
        expect({ ...result, hinted: hints.length > 0 }).toEqual({
          exitCode,
          ended: 'shell-exited',
          stdout: '',
          stderr: '',
          hinted: true,
        })
      })

      test.each(['exit 3', 'kill -9 $$'])('by %s is followed by one in the same place', async (script) => {
        await run(shell, 'mkdir inner; cd inner; export GREETING="hello you"')
        await run(shell, script)
        expect(await run(shell, 'echo "$GREETING in $(basename "$PWD")"')).toEqual({
          exitCode: 0,
          stdout: 'hello you in inner\n',
          stderr: '',
        })
      })
    })

    describe('a syntax error', () => {
      test('is told with its line, after what comes before it has run', async () => {
        const { exitCode, stdout, stderr } = await run(shell, 'echo before\nif then\nfi')
        const message = stderr.split('\n')[0]?.replace(/^bash: (eval: )?/, '')
        expect({ exitCode, stdout, message }).toEqual({
          exitCode: 2,
          stdout: 'before\n',
          message: "line 2: syntax error near unexpected token `then'",
        })
      })

      test('leaves the shell alive', async () => {
        await run(shell, 'x=5')
        await run(shell, 'echo "unclosed')
        expect(await run(shell, 'echo $x')).toEqual({ exitCode: 0, stdout: '5\n', stderr: '' })
      })
    })

    describe('there is no terminal', () => {
      test('stdin is at its end', async () => {
        expect(await run(shell, 'cat; echo $?; read line; echo $?')).toEqual({
          exitCode: 0,
          stdout: '0\n1\n',
          stderr: '',
        })
      })

      test.each(['less /etc/passwd', 'vi file', 'nano file', 'top', '$EDITOR file'])(
        '%s fails at once, with a hint',
        async (script) => {
          const { exitCode, stdout, hints = [] } = await run(shell, script)
          expect({ exitCode, stdout, hints: hints.length }).toEqual({ exitCode: 1, stdout: '', hints: 1 })
        },
      )

      test('what pages by itself prints', async () => {
        expect(await run(shell, 'echo text | $PAGER')).toEqual({ exitCode: 0, stdout: 'text\n', stderr: '' })
      })
    })

    test('a backend that was disposed of runs nothing any more', async () => {
      await backend.dispose()
      await expect(run(shell, 'echo no')).rejects.toThrow('this machine is disposed of')
    })
  })
}
