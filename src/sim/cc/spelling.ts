// "did you mean": gcc's distance between words and its limits for a suggestion.

const step = 2
const caseStep = 1

/** Damerau-Levenshtein distance; a change of case costs half a step. */
export function editDistance(from: string, to: string): number {
  let twoAgo: number[] = []
  let oneAgo = Array.from({ length: from.length + 1 }, (_, index) => index * step)
  for (let i = 0; i < to.length; i += 1) {
    const next = [(i + 1) * step]
    for (let j = 0; j < from.length; j += 1) {
      const same = from[j] === to[i]
      const cost = same ? 0 : from[j]?.toLowerCase() === to[i]?.toLowerCase() ? caseStep : step
      let cheapest = Math.min((next[j] ?? 0) + step, (oneAgo[j + 1] ?? 0) + step, (oneAgo[j] ?? 0) + cost)
      if (i > 0 && j > 0 && from[j] === to[i - 1] && from[j - 1] === to[i]) {
        cheapest = Math.min(cheapest, (twoAgo[j - 1] ?? 0) + step)
      }
      next.push(cheapest)
    }
    twoAgo = oneAgo
    oneAgo = next
  }
  return oneAgo[from.length] ?? 0
}

function cutoff(goal: number, candidate: number): number {
  const longest = Math.max(goal, candidate)
  const shortest = Math.min(goal, candidate)
  if (longest <= 1) return 0
  if (longest - shortest <= 1) return step * Math.max(Math.floor(longest / 3), 1)
  return Math.floor((step * (longest + 2)) / 3)
}

/** Finds the nearest word of those that it is shown. */
export class BestMatch {
  readonly #goal: string
  #best: string | undefined
  #distance = Number.POSITIVE_INFINITY

  constructor(goal: string) {
    this.#goal = goal
  }

  consider(candidate: string): void {
    const least = step * Math.abs(candidate.length - this.#goal.length)
    if (least >= this.#distance || least > cutoff(this.#goal.length, candidate.length)) return
    const distance = editDistance(this.#goal, candidate)
    if (distance < this.#distance) {
      this.#distance = distance
      this.#best = candidate
    }
  }

  /** The best word, when it is near enough and not the goal itself. */
  get result(): string | undefined {
    if (this.#best === undefined || this.#distance === 0) return undefined
    return this.#distance > cutoff(this.#goal.length, this.#best.length) ? undefined : this.#best
  }
}

export function suggest(goal: string, candidates: Iterable<string>): string | undefined {
  const match = new BestMatch(goal)
  for (const candidate of candidates) match.consider(candidate)
  return match.result
}
