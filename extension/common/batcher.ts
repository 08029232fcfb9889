// Groups many small changes into few updates: the next one waits for the interval and for the one before it.

/** Starts `callback` after so many milliseconds. */
export type Timer = (callback: () => void, milliseconds: number) => unknown

export class Batcher {
  readonly #update: () => PromiseLike<void>
  readonly #interval: () => number
  readonly #timer: Timer
  #changed = false
  #scheduled = false
  #busy: Promise<void> = Promise.resolve()

  /**
   * @param update shows the state as it is when called; never called again before its promise has ended
   * @param interval milliseconds to gather changes, asked anew each time
   */
  constructor(update: () => PromiseLike<void>, interval: () => number, timer: Timer = setTimeout) {
    this.#update = update
    this.#interval = interval
    this.#timer = timer
  }

  /** Something changed: it will be shown with the next update. */
  request(): void {
    this.#changed = true
    if (this.#scheduled) return
    this.#scheduled = true
    this.#timer(() => {
      this.#scheduled = false
      void this.flush()
    }, this.#interval())
  }

  /** Shows what changed, now, and resolves when all updates have ended. */
  flush(): Promise<void> {
    const before = this.#busy
    this.#busy = this.#updateAfter(before)
    return this.#busy
  }

  async #updateAfter(before: Promise<void>): Promise<void> {
    await before
    if (!this.#changed) return
    this.#changed = false
    await this.#update()
  }
}
