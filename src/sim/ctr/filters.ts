// containerd's filters, github.com/containerd/containerd/filters: `id==x`, `labels."a.b"==c,image~=alpine`; several are alternatives.
import { CtrError } from './errors.ts'

/** What a filter may ask of: the value at a path such as `labels`, `io.kubernetes.pod.name`; undefined when it is not there. */
export type Adaptor = (path: readonly string[]) => string | undefined

type Selector = (adaptor: Adaptor) => boolean

const word = /^[A-Za-z0-9_]+/
const quoted = /^"((?:[^"\\]|\\.)*)"/
const bareValue = /^[^,\s]+/

/** @throws CtrError for a text that is no filter */
export function parseFilters(texts: readonly string[]): (adaptor: Adaptor) => boolean {
  const filters = texts.map(parseFilter)
  return (adaptor) => filters.length === 0 || filters.some((filter) => filter(adaptor))
}

/** Selectors between commas: all must hold. */
function parseFilter(text: string): Selector {
  const input = new Input(text)
  const selectors: Selector[] = []
  while (!input.isAtEnd) {
    selectors.push(readSelector(input))
    if (!input.isAtEnd && input.take(/^,/) === undefined) throw input.fail('unexpected input')
  }
  return (adaptor) => selectors.every((selector) => selector(adaptor))
}

/** What is left to read of a filter. */
class Input {
  readonly #text: string
  #rest: string

  constructor(text: string) {
    this.#text = text
    this.#rest = text
  }

  get isAtEnd(): boolean {
    return this.#rest === ''
  }

  /** What the pattern's first group matches, or all of it; undefined when it does not. */
  take(pattern: RegExp): string | undefined {
    const match = pattern.exec(this.#rest)
    if (match === null) return undefined
    this.#rest = this.#rest.slice(match[0].length)
    return match[1] ?? match[0]
  }

  fail(what: string): CtrError {
    return new CtrError(`parse error: [${this.#text} >|${this.#rest}|<]: ${what}: invalid argument`)
  }
}

function readSelector(input: Input): Selector {
  const path: string[] = []
  do {
    const part = input.take(quoted) ?? input.take(word)
    if (part === undefined) throw input.fail('expected field or quoted')
    path.push(part.replaceAll(/\\(.)/g, '$1'))
  } while (input.take(/^\./) !== undefined)
  const operator = input.take(/^(?:==|!=|~=)/)
  if (operator === undefined) return (adaptor) => (adaptor(path) ?? '') !== ''
  const value = input.take(quoted) ?? input.take(bareValue)
  if (value === undefined) throw input.fail('expected value or quoted')
  return comparison(path, operator, value)
}

function comparison(path: readonly string[], operator: string, value: string): Selector {
  if (operator === '==') return (adaptor) => adaptor(path) === value
  if (operator === '!=') return (adaptor) => adaptor(path) !== value
  const pattern = new RegExp(value)
  return (adaptor) => pattern.test(adaptor(path) ?? '')
}
