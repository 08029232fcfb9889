// The program's real world: Node's process, its terminal, its signals.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CliIo } from './io.ts'
import { machines } from './machines.ts'

/** @param moduleUrl of the program's own file: the lessons are in `../notebooks` from there */
export function nodeIo(moduleUrl: string, version: string): CliIo {
  const { stdin, stdout, stderr } = process
  let lines: Interface | undefined
  let keys = ''
  return {
    write: (data) => void stdout.write(data),
    writeError: (data) => void stderr.write(data),
    outputIsTerminal: stdout.isTTY === true,
    inputIsTerminal: stdin.isTTY === true,
    columns: stdout.columns > 0 ? stdout.columns : 80,
    env: process.env,
    cwd: process.cwd(),
    notebooks: fileURLToPath(new URL('../notebooks', moduleUrl)),
    version,
    today: () => new Date().toISOString().slice(0, 10),
    progressFile: join(stateFolder(process.env, process.platform), 'pause-lab', 'progress.json'),
    async readInput() {
      const chunks: Buffer[] = []
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
      return Buffer.concat(chunks).toString('utf8')
    },
    async readLine(prompt) {
      lines ??= createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY === true })
      const reader = lines
      // Outside of a prompt the terminal is not raw, so that Ctrl-C interrupts what runs.
      if (stdin.isTTY === true) stdin.setRawMode(true)
      reader.resume()
      return new Promise((resolve) => {
        const end = (line: string | undefined): void => {
          reader.removeAllListeners('close')
          reader.removeAllListeners('SIGINT')
          reader.pause()
          if (stdin.isTTY === true) stdin.setRawMode(false)
          resolve(line)
        }
        reader.once('close', () => {
          lines = undefined
          end(undefined)
        })
        // Ctrl-C throws away what was typed, as in a shell.
        reader.on('SIGINT', () => {
          stdout.write('^C\n')
          reader.write(null, { ctrl: true, name: 'u' })
          reader.prompt()
        })
        reader.question(prompt, end)
      })
    },
    async readKey() {
      if (keys === '') keys = await readKeys(stdin)
      // An arrow key or its like is one key of several characters.
      const key = /^(?:\x1b\[[0-9;]*[A-Za-z~]|\x1b.|.)/su.exec(keys)?.[0]
      keys = keys.slice(key?.length ?? 0)
      return key
    },
    onInterrupt(listener) {
      // Told to end, by `kill` or a closed terminal: as two times Ctrl-C, and nothing more is typed.
      const end = (): void => {
        listener()
        listener()
        lines?.close()
        stdin.destroy()
      }
      process.on('SIGINT', listener)
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
      return () => {
        process.off('SIGINT', listener)
        for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, end)
      }
    },
    machines,
  }
}

/** Where programs keep what they remember of their user: the XDG base directories, and Windows' own. */
function stateFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  const { XDG_STATE_HOME: state, LOCALAPPDATA: local } = env
  if (state) return state
  return platform === 'win32' && local ? local : join(homedir(), '.local', 'state')
}

/** What is typed next, without waiting for Enter; empty at the end of input. Raw only meanwhile, so that Ctrl-C works. */
function readKeys(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve) => {
    const end = (typed: string): void => {
      stdin.off('data', take)
      stdin.off('end', close)
      stdin.off('close', close)
      if (!stdin.destroyed) stdin.setRawMode(false)
      stdin.pause()
      resolve(typed)
    }
    const take = (data: Buffer): void => end(data.toString('utf8'))
    const close = (): void => end('')
    stdin.setRawMode(true)
    stdin.on('data', take)
    stdin.on('end', close)
    stdin.on('close', close)
    stdin.resume()
  })
}
