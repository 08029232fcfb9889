// A terminal into the machine of a lesson: the same machine that its cells see, in a shell of its own.

import * as vscode from 'vscode'
import type { Backend, Shell } from '../src/session/backend.ts'
import { completeWord, type RunQuietly } from './common/completion.ts'
import { LineEditor } from './common/line-editor.ts'

/** The learner's machine may be made anew while the terminal is open. */
export type MachineNow = () => Promise<Backend>

export class MachineTerminal implements vscode.Pseudoterminal {
  readonly #machineNow: MachineNow
  readonly #greeting: string
  readonly #written = new vscode.EventEmitter<string>()
  readonly #closed = new vscode.EventEmitter<number>()
  readonly onDidWrite = this.#written.event
  readonly onDidClose = this.#closed.event
  readonly #editor: LineEditor
  #shell: { machine: Backend; shell: Shell } | undefined
  #abort: AbortController | undefined
  #column = 0
  #begun = ''

  constructor(machineNow: MachineNow, greeting: string) {
    this.#machineNow = machineNow
    this.#greeting = greeting
    this.#editor = new LineEditor({
      write: (text) => this.#written.fire(text),
      submit: (line) => void this.#submit(line),
      discard: () => {
        this.#begun = ''
        void this.#prompt()
      },
      interrupt: () => this.#abort?.abort(),
      end: () => this.#closed.fire(0),
      complete: async (line) => completeWord(line, (script) => this.#ask(script)),
    })
  }

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    if (dimensions !== undefined) this.setDimensions(dimensions)
    this.#written.fire(`${this.#greeting}\r\n`)
    void this.#prompt()
  }

  setDimensions({ columns }: vscode.TerminalDimensions): void {
    this.#editor.columns = columns
  }

  handleInput(keys: string): void {
    this.#editor.input(keys)
  }

  close(): void {
    this.#abort?.abort()
  }

  async #submit(line: string): Promise<void> {
    // As in bash, a backslash at the end says that the command goes on.
    if (/(?<!\\)(?:\\\\)*\\$/.test(line)) {
      this.#begun += `${line}\n`
      this.#editor.begin('> ', 2)
      return
    }
    const script = this.#begun + line
    this.#begun = ''
    if (script.trim() !== '') await this.#run(script)
    await this.#prompt()
  }

  async #run(script: string): Promise<void> {
    const decoders = [new TextDecoder(), new TextDecoder()] as const
    const write = (decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): void =>
      this.#print(decoder.decode(bytes, { stream: true }))
    this.#abort = new AbortController()
    try {
      const { ended, hints = [] } = await (await this.#open()).run(`${script}\n`, {
        stdout: (bytes) => write(decoders[0], bytes),
        stderr: (bytes) => write(decoders[1], bytes),
        signal: this.#abort.signal,
      })
      if (ended === 'cancelled') this.#print('^C\n')
      for (const hint of hints) this.#print(`${this.#column === 0 ? '' : '\n'}\x1b[2m${hint}\x1b[0m\n`)
      if (ended === 'shell-exited') this.#closed.fire(0)
    } catch (error) {
      this.#print(`${error instanceof Error ? error.message : String(error)}\n`)
    } finally {
      this.#abort = undefined
    }
  }

  async #prompt(): Promise<void> {
    if (this.#column > 0) this.#print('\n')
    let directory = ''
    try {
      directory = await this.#ask('printf %s "$PWD"')
    } catch (error) {
      this.#print(`${error instanceof Error ? error.message : String(error)}\n`)
    }
    this.#editor.begin(`\x1b[1m${directory}\x1b[0m$ `, directory.length + 2)
  }

  /** A shell in the machine as it now is. */
  async #open(): Promise<Shell> {
    const machine = await this.#machineNow()
    if (this.#shell?.machine !== machine) this.#shell = { machine, shell: await machine.open({}) }
    return this.#shell.shell
  }

  readonly #ask: RunQuietly = async (script) => {
    const decoder = new TextDecoder()
    let text = ''
    await (await this.#open()).run(`${script}\n`, {
      stdout: (bytes) => {
        text += decoder.decode(bytes, { stream: true })
      },
      stderr: () => undefined,
    })
    return text
  }

  #print(text: string): void {
    if (text === '') return
    const lastLine = text.slice(text.lastIndexOf('\n') + 1)
    this.#column = text.includes('\n') ? lastLine.length : this.#column + lastLine.length
    this.#written.fire(text.replaceAll(/\r?\n/g, '\r\n'))
  }
}
