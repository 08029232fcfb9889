// kubectl's JSONPath: a template over JSON, its results as text, as k8s.io/client-go/util/jsonpath prints them.
import { quoteJson, withSortedKeys, writeJson } from './json.ts'
import { JsonPathError, type JsonPathNode, parseJsonPath } from './jsonpath-parse.ts'

export { JsonPathError } from './jsonpath-parse.ts'

/** How missing keys are taken: `kubectl get -o jsonpath` allows them, `kubectl wait` and others do not. */
export interface JsonPathOptions {
  readonly allowMissingKeys?: boolean
}

/**
 * The text that a template makes of a value.
 * @throws JsonPathError when the template cannot be read, or a key is missing that may not be
 */
export function printJsonPath(template: string, value: unknown, options: JsonPathOptions = {}): string {
  return new Evaluation(options).print(parseJsonPath(template), value)
}

/** The values that one path, such as `.metadata.name` or `{.items[*]}`, finds. @throws JsonPathError */
export function findJsonPath(path: string, value: unknown, options: JsonPathOptions = {}): unknown[] {
  const [list] = parseJsonPath(path.startsWith('{') ? path : `{${path}}`)
  return list?.kind === 'list' ? new Evaluation(options).apply(list.nodes, [value]) : []
}

/**
 * A path as it may be typed for custom columns and `--sort-by`: `x.y`, `.x.y`, `{x.y}`, `{.x.y}`.
 * @throws JsonPathError with kubectl's text
 */
export function relaxedJsonPath(path: string): string {
  if (path === '') return path
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path)
  const inside = match?.[1] ?? match?.[2]
  if (inside === undefined) {
    throw new JsonPathError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    )
  }
  return `{.${inside}}`
}

/** One value as `kubectl` prints it: text as it is, numbers as Go's %v, the rest as JSON. */
export function jsonPathText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'object') return writeJson(withSortedKeys(value), { escapeHtml: true })
  return String(value)
}

class Evaluation {
  private readonly options: JsonPathOptions

  constructor(options: JsonPathOptions) {
    this.options = options
  }

  print(nodes: readonly JsonPathNode[], value: unknown): string {
    let text = ''
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]
      if (node?.kind === 'text') text += node.text
      if (node?.kind !== 'list') continue
      const [first, ...rest] = node.nodes
      if (first?.kind === 'range') {
        const end = endOfRange(nodes, at)
        const body = nodes.slice(at + 1, end)
        for (const item of this.apply(rest, [value])) text += this.print(body, item)
        at = end
      } else if (first?.kind === 'end') {
        throw new JsonPathError('not in range, nothing to end')
      } else {
        text += this.apply(node.nodes, [value]).map(jsonPathText).join(' ')
      }
    }
    return text
  }

  apply(nodes: readonly JsonPathNode[], values: readonly unknown[]): unknown[] {
    return nodes.reduce<unknown[]>((current, node) => this.step(node, current), [...values])
  }

  private step(node: JsonPathNode, values: readonly unknown[]): unknown[] {
    switch (node.kind) {
      case 'field':
        return values.flatMap((value) => this.field(value, node.name))
      case 'wildcard':
        return values.flatMap(children)
      case 'recursive':
        return values.flatMap(withDescendants)
      case 'slice':
        return values.flatMap((value) => this.slice(value, node))
      case 'union':
        return node.parts.flatMap((part) => this.apply(part, values))
      case 'filter':
        return values.flatMap((value) => children(value).filter((item) => this.isMatch(item, node)))
      case 'literal':
        return [node.value]
      default:
        return []
    }
  }

  private field(value: unknown, name: string): unknown[] {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const found = Object.getOwnPropertyDescriptor(value, name)?.value
      if (found !== undefined && found !== null) return [found]
      if (found === null) return []
    }
    if (this.options.allowMissingKeys) return []
    throw new JsonPathError(`${name} is not found`)
  }

  private slice(value: unknown, node: Extract<JsonPathNode, { kind: 'slice' }>): unknown[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      throw new JsonPathError(`${goKind(value)} is not array or slice`)
    }
    const { length } = value
    const absolute = (index: number): number => (index < 0 ? index + length : index)
    if (node.isIndex) {
      const index = absolute(node.start ?? 0)
      if (index < 0 || index >= length) {
        if (this.options.allowMissingKeys && length === 0) return []
        throw new JsonPathError(`array index out of bounds: index ${node.start ?? 0}, length ${length}`)
      }
      return [value[index]]
    }
    const step = node.step ?? 1
    const result: unknown[] = []
    for (let at = absolute(node.start ?? 0); at < Math.min(absolute(node.end ?? length), length); at += step) {
      if (step <= 0) break
      if (at >= 0) result.push(value[at])
    }
    return result
  }

  private isMatch(item: unknown, node: Extract<JsonPathNode, { kind: 'filter' }>): boolean {
    // A filter looks for what is there: a missing key is no error in it.
    const inside = new Evaluation({ ...this.options, allowMissingKeys: true })
    const left = inside.apply(node.left, [item])
    if (node.operator === 'exists') return left.length > 0
    const right = inside.apply(node.right, [item])
    if (left.length === 0 || right.length === 0) return false
    return compare(left[0], right[0], node.operator)
  }
}

function compare(left: unknown, right: unknown, operator: string): boolean {
  if (typeof left === 'object' || typeof right === 'object') return false
  const [a, b] = typeof left === typeof right ? [left, right] : [String(left), String(right)]
  switch (operator) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return (a as string) < (b as string)
    case '>':
      return (a as string) > (b as string)
    case '<=':
      return (a as string) <= (b as string)
    default:
      return (a as string) >= (b as string)
  }
}

function endOfRange(nodes: readonly JsonPathNode[], from: number): number {
  let depth = 0
  for (let at = from; at < nodes.length; at++) {
    const node = nodes[at]
    const first = node?.kind === 'list' ? node.nodes[0]?.kind : undefined
    if (first === 'range') depth++
    if (first === 'end' && --depth === 0) return at
  }
  throw new JsonPathError('unexpected end of range')
}

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, member]) => member as unknown)
}

function withDescendants(value: unknown): unknown[] {
  const below = children(value)
  return below.length === 0 ? [] : [value, ...below.flatMap(withDescendants)]
}

function goKind(value: unknown): string {
  if (typeof value === 'object') return `map[string]interface {}`
  return quoteJson(String(value))
}
