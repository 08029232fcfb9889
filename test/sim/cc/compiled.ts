// For tests of the C compiler: a source through all its parts into the machine, and runs there.
import { readFile } from 'node:fs/promises'
import type { RunResult } from '../../../src/session/backend.ts'
import { type SimulatedMachine, bootMachine } from '../../../src/sim/boot.ts'
import { check } from '../../../src/sim/cc/check.ts'
import { generate } from '../../../src/sim/cc/generate.ts'
import { headers } from '../../../src/sim/cc/headers.ts'
import { link } from '../../../src/sim/cc/link.ts'
import { resolvePath } from '../../../src/sim/kernel/path-resolution.ts'
import { SIGCHLD } from '../../../src/sim/kernel/signal-numbers.ts'
import { ShellSession } from '../../../src/sim/shell/session.ts'

/** The bytes of the executable. @throws Error with what the compiler says */
export function compile(source: string, file: string): Uint8Array {
  const { unit, diagnostics } = check(source, file, { include: (name) => headers.get(name) })
  if (unit === undefined) throw new Error(diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  const linked = link([generate(unit)], { static: false })
  if ('undefined' in linked) throw new Error(linked.undefined.map(({ symbol }) => symbol).join('\n'))
  return linked.executable
}

export const programFolder = new URL('programs/', import.meta.url)

/** A machine, and a shell in an empty directory of it, `/tmp/run`. */
export class CompiledPrograms {
  readonly machine: SimulatedMachine
  readonly #session: ShellSession

  constructor(machine: SimulatedMachine = bootMachine()) {
    this.machine = machine
    const { kernel, init } = machine
    this.#session = new ShellSession({
      kernel,
      parent: init,
      environment,
      workingDirectory: resolvePath(init, '/tmp'),
    })
  }

  /** Puts a file into the machine. */
  async install(path: string, content: Uint8Array): Promise<void> {
    const { kernel, init } = this.machine
    let done = false
    const main = function* install(system: typeof kernel.system) {
      const fd = yield* system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], 0o755)
      yield* system.write(fd, content)
      yield* system.close(fd)
      done = true
      return 0
    }
    kernel.spawn({ parent: init, main, argv: ['install'] })
    await kernel.run(() => done)
  }

  /** Runs a script: what it prints, and how it ends. */
  async run(script: string, signal?: AbortSignal): Promise<{ stdout: string; stderr: string; result: RunResult }> {
    const decoder = { out: new TextDecoder(), err: new TextDecoder() }
    let stdout = ''
    let stderr = ''
    const io = {
      stdout: (chunk: Uint8Array | string) => {
        stdout += typeof chunk === 'string' ? chunk : decoder.out.decode(chunk, { stream: true })
      },
      stderr: (chunk: Uint8Array | string) => {
        stderr += typeof chunk === 'string' ? chunk : decoder.err.decode(chunk, { stream: true })
      },
      ...(signal === undefined ? {} : { signal }),
    }
    const result = await this.#session.run(script, io)
    return { stdout, stderr, result }
  }

  /** Compiles one of the recorded programs and runs it as the recorder does; gives the text of its record. */
  async record(name: string): Promise<string> {
    const source = await readFile(new URL(`${name}.c`, programFolder), 'utf8')
    await this.run('rm -rf /tmp/run; mkdir /tmp/run; cd /tmp/run')
    await this.install(`/tmp/run/${name}`, compile(source, `${name}.c`))
    const code = await this.#execute(name)
    const read = async (file: string) => (await this.run(`cat /tmp/${file}`)).stdout
    return `[stdout]\n${await read('out')}[stderr]\n${await read('err')}[exit ${code}]\n`
  }

  /** Runs `./name` with its outputs in files; gives the exit code as a shell has it. */
  async #execute(name: string): Promise<number> {
    const { kernel, init } = this.machine
    let code: number | undefined
    const child = function* child(system: typeof kernel.system) {
      yield* system.chdir('/tmp/run')
      for (const [fd, file] of ['/dev/null', '/tmp/out', '/tmp/err'].entries()) {
        const opened = yield* system.open(file, fd === 0 ? ['RDONLY'] : ['WRONLY', 'CREAT', 'TRUNC'])
        yield* system.dup2(opened, fd)
        if (opened > 2) yield* system.close(opened)
      }
      return yield* system.execve(`./${name}`, [`./${name}`], environment)
    }
    const main = function* starter(system: typeof kernel.system) {
      // The machine's init, whose handlers a spawned process has, reaps whatever ends.
      yield* system.sigaction(SIGCHLD, { handler: 'SIG_DFL' })
      const pid = yield* system.fork(child)
      const ended = yield* system.wait4(pid, {})
      code = ended?.how === 'signaled' ? 128 + ended.status : (ended?.status ?? -1)
      return 0
    }
    kernel.spawn({ parent: init, main, argv: ['starter'] })
    await kernel.run(() => code !== undefined)
    return code ?? -1
  }
}

const environment: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
])
