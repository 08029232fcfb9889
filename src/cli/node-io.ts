// The program's real world: Node's process, its terminal, its signals.
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CliIo } from './io.ts'
import { machines } from './machines.ts'

/** @param moduleUrl of the program's own file: the lessons are in `../notebooks` from there */
export function nodeIo(moduleUrl: string, version: string): CliIo {
  const { stdin, stdout, stderr } = process
  let lines: Interface | undefined
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
    async readInput() {
      const chunks: Buffer[] = []
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
      return Buffer.concat(chunks).toString('utf8')
    },
    async readLine(prompt) {
      lines ??= createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY === true })
      const reader = lines
      reader.resume()
      return new Promise((resolve) => {
        const end = (line: string | undefined): void => {
          reader.removeAllListeners('close')
          reader.removeAllListeners('SIGINT')
          reader.pause()
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
    readKey() {
      return new Promise((resolve) => {
        stdin.setRawMode(true)
        stdin.resume()
        const end = (key: string | undefined): void => {
          stdin.off('data', take)
          stdin.off('end', close)
          stdin.setRawMode(false)
          stdin.pause()
          resolve(key)
        }
        const take = (data: Buffer): void => end(data.toString('utf8').slice(0, 1))
        const close = (): void => end(undefined)
        stdin.once('data', take)
        stdin.once('end', close)
      })
    },
    onInterrupt(listener) {
      process.on('SIGINT', listener)
      return () => void process.off('SIGINT', listener)
    },
    machines,
  }
}
