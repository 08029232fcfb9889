// One line of input in a terminal, edited with readline's keys, and the lines that were entered before.

/** What the editor asks of its owner. */
export interface LineEvents {
  /** To the terminal, control sequences included. */
  write(text: string): void
  submit(line: string): void
  /** Ctrl-C on a line: it is dropped. */
  discard(): void
  /** Ctrl-C while no line is being taken. */
  interrupt(): void
  /** Ctrl-D on an empty line. */
  end(): void
  /** Tab: what may stand for the word before the cursor. */
  complete(line: string, cursor: number): Promise<Completion>
}

export interface Completion {
  /** Where the word begins in the line. */
  start: number
  /** Whole words, sorted. */
  candidates: readonly string[]
}

type Key = () => void | Promise<void>

// A control sequence (CSI, or SS3 as keypads send), Alt and a letter, a pair of UTF-16 units, or one unit.
const token = /^(?:\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|\x1b[a-z\x7f]|[\ud800-\udbff][\udc00-\udfff]|[^])/

export class LineEditor {
  /** Width of the terminal. */
  columns = 80
  readonly #events: LineEvents
  readonly #history: string[] = []
  #prompt: { text: string; width: number } | undefined
  /** Characters, so that the cursor never stands within one. */
  #line: string[] = []
  #cursor = 0
  /** Rows of the screen from the prompt's row to the cursor's. */
  #row = 0
  #recalled = 0
  #draft: string[] = []
  #waiting = ''
  #isBusy = false

  constructor(events: LineEvents) {
    this.#events = events
  }

  /** Shows a prompt and takes a line; what was typed meanwhile comes first. `width` counts the prompt's columns. */
  begin(prompt: string, width: number): void {
    this.#prompt = { text: prompt, width }
    this.#line = []
    this.#cursor = 0
    this.#row = 0
    this.#recalled = this.#history.length
    this.#draw()
    void this.#drain()
  }

  /** Keys as the terminal sends them. */
  input(keys: string): void {
    if (keys.includes('\x03') && this.#prompt === undefined) {
      this.#waiting = ''
      this.#events.interrupt()
      return
    }
    this.#waiting += keys
    void this.#drain()
  }

  async #drain(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      while (this.#prompt !== undefined && this.#waiting !== '') {
        const key = token.exec(this.#waiting)?.[0] ?? ''
        this.#waiting = this.#waiting.slice(key.length)
        const known = this.#keys.get(key)
        if (known !== undefined) await known()
        else if (!/^[\0-\x1f\x7f]/.test(key)) this.#insert(key)
      }
    } finally {
      this.#isBusy = false
    }
  }

  /** readline(3)'s names of these keys are in its manual page, under "EDITING COMMANDS". */
  readonly #keys: ReadonlyMap<string, Key> = new Map<string, Key>([
    ['\r', () => this.#submit()],
    ['\n', () => this.#submit()],
    ['\x7f', () => this.#erase(this.#cursor - 1, this.#cursor)],
    ['\b', () => this.#erase(this.#cursor - 1, this.#cursor)],
    ['\x1b[3~', () => this.#erase(this.#cursor, this.#cursor + 1)],
    ['\x04', () => (this.#line.length === 0 ? this.#end() : this.#erase(this.#cursor, this.#cursor + 1))],
    ['\x1b[D', () => this.#move(this.#cursor - 1)],
    ['\x02', () => this.#move(this.#cursor - 1)],
    ['\x1b[C', () => this.#move(this.#cursor + 1)],
    ['\x06', () => this.#move(this.#cursor + 1)],
    ['\x1b[1;5D', () => this.#move(this.#wordStart())],
    ['\x1bb', () => this.#move(this.#wordStart())],
    ['\x1b[1;5C', () => this.#move(this.#wordEnd())],
    ['\x1bf', () => this.#move(this.#wordEnd())],
    ['\x1b[H', () => this.#move(0)],
    ['\x1bOH', () => this.#move(0)],
    ['\x01', () => this.#move(0)],
    ['\x1b[F', () => this.#move(this.#line.length)],
    ['\x1bOF', () => this.#move(this.#line.length)],
    ['\x05', () => this.#move(this.#line.length)],
    ['\x15', () => this.#erase(0, this.#cursor)],
    ['\x0b', () => this.#erase(this.#cursor, this.#line.length)],
    ['\x17', () => this.#erase(this.#wordStart(), this.#cursor)],
    ['\x1b[A', () => this.#recall(this.#recalled - 1)],
    ['\x10', () => this.#recall(this.#recalled - 1)],
    ['\x1b[B', () => this.#recall(this.#recalled + 1)],
    ['\x0e', () => this.#recall(this.#recalled + 1)],
    ['\x0c', () => this.#clear()],
    ['\x03', () => this.#discard()],
    ['\t', () => this.#complete()],
  ])

  #insert(text: string): void {
    this.#line.splice(this.#cursor, 0, text)
    this.#cursor += 1
    this.#draw()
  }

  #erase(from: number, to: number): void {
    if (from < 0 || from >= to) return
    this.#line.splice(from, to - from)
    this.#move(from)
  }

  #move(to: number): void {
    this.#cursor = Math.max(0, Math.min(this.#line.length, to))
    this.#draw()
  }

  #wordStart(): number {
    let at = this.#cursor
    while (at > 0 && this.#line[at - 1] === ' ') at -= 1
    while (at > 0 && this.#line[at - 1] !== ' ') at -= 1
    return at
  }

  #wordEnd(): number {
    let at = this.#cursor
    while (at < this.#line.length && this.#line[at] === ' ') at += 1
    while (at < this.#line.length && this.#line[at] !== ' ') at += 1
    return at
  }

  #recall(index: number): void {
    if (index < 0 || index > this.#history.length) return
    if (this.#recalled === this.#history.length) this.#draft = this.#line
    this.#recalled = index
    this.#line = index === this.#history.length ? this.#draft : [...(this.#history[index] ?? '')]
    this.#move(this.#line.length)
  }

  #clear(): void {
    this.#row = 0
    this.#events.write('\x1b[2J\x1b[H')
    this.#draw()
  }

  #discard(): void {
    this.#leave('^C')
    this.#events.discard()
  }

  #end(): void {
    this.#leave('')
    this.#events.end()
  }

  #submit(): void {
    const line = this.#line.join('')
    this.#leave('')
    if (line.trim() !== '' && this.#history.at(-1) !== line) this.#history.push(line)
    this.#events.submit(line)
  }

  /** Goes to a row below the line. */
  #leave(mark: string): void {
    this.#move(this.#line.length)
    this.#events.write(`${mark}\r\n`)
    this.#prompt = undefined
  }

  async #complete(): Promise<void> {
    const line = this.#line.slice(0, this.#cursor).join('')
    const { start, candidates } = await this.#events.complete(line, this.#cursor)
    const word = line.slice(start)
    const common = commonStart(candidates)
    const isOnly = candidates.length === 1
    const added = [...common.slice(word.length), ...(isOnly && !common.endsWith('/') ? [' '] : [])]
    if (added.length > 0 && common.startsWith(word)) {
      this.#line.splice(this.#cursor, 0, ...added)
      this.#move(this.#cursor + added.length)
    } else if (candidates.length > 1) {
      this.#move(this.#cursor)
      this.#events.write(`\r\n${candidates.join('  ')}\r\n`)
      this.#row = 0
      this.#draw()
    }
  }

  /** Draws prompt and line anew, and puts the cursor in its place. */
  #draw(): void {
    const { text, width } = this.#prompt ?? { text: '', width: 0 }
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : ''
    const end = this.#place(width + this.#line.length)
    const cursor = this.#place(width + this.#cursor)
    // A line that fills the last column leaves the cursor there until something follows.
    const wrap = end.column === 0 && end.row > 0 ? '\r\n' : ''
    const back = end.row > cursor.row ? `\x1b[${end.row - cursor.row}A` : ''
    const right = cursor.column > 0 ? `\x1b[${cursor.column}C` : ''
    this.#events.write(`${up}\r\x1b[J${text}${this.#line.join('')}${wrap}${back}\r${right}`)
    this.#row = cursor.row
  }

  #place(at: number): { row: number; column: number } {
    return { row: Math.floor(at / this.columns), column: at % this.columns }
  }
}

function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words
  let length = first.length
  for (const word of rest) {
    while (!word.startsWith(first.slice(0, length))) length -= 1
  }
  return first.slice(0, length)
}
