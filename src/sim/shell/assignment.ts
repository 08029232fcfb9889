// Assignments: `x=1`, `x+=1`, `a[i]=1`, `a=(1 2 [5]=x)`, before commands, alone, and as arguments of declare.
import type { ArrayValue, Assignment } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { evaluateText } from './arithmetic-text.ts'
import { FatalError } from './control.ts'
import { expandString, expandWords } from './expand-word.ts'
import type { Shell } from './shell.ts'
import { parseWord } from './syntax.ts'
import type { Variable } from './variables.ts'
import { elements } from './variables.ts'

/** Does one assignment and gives its value for `set -x`. Throws FatalError for a readonly variable. */
export function* assign(shell: Shell, node: Assignment): Program<string> {
  if (node.value.type === 'ArrayValue') {
    if (node.index) throw new FatalError(`${node.name}[${node.index.text}]: cannot assign list to array member`)
    yield* assignArray(shell, node.name, node.value, node.append === true)
    return ''
  }
  const text = yield* expandString(shell, node.value, 'assignment')
  if (node.index)
    yield* assignElement(shell, node.name, yield* expandString(shell, node.index), text, node.append === true)
  else yield* assignText(shell, node.name, text, node.append === true)
  return text
}

/** `name=text`, with what the variable's attributes ask for. */
export function* assignText(shell: Shell, name: string, text: string, append = false): Program<void> {
  const variable = shell.variables.find(name)
  const old = append ? (shell.variables.get(name) ?? '') : ''
  shell.variables.set(name, yield* converted(shell, variable, old, text, append))
  if (shell.options.allexport) shell.variables.declare(name, { exported: true })
  if (name === 'RANDOM') shell.state.randomSeed = Number(text) || 1
  if (name === 'SECONDS') {
    const now = yield* shell.system.clock_gettime('CLOCK_REALTIME')
    shell.state.startedAt = now - (Number(text) || 0) * 1_000_000
  }
  if (name === 'PATH') shell.state.hashed.clear()
}

/** `name[subscript]=text`. */
export function* assignElement(
  shell: Shell,
  name: string,
  subscript: string,
  text: string,
  append = false,
): Program<void> {
  const variable = shell.variables.find(name)
  if (subscript === '') throw new FatalError(`${name}[]: bad array subscript`)
  const key = variable?.associative ? subscript : yield* indexOf(shell, name, variable, subscript)
  const old = append ? (elements(variable).find(([each]) => each === String(key))?.[1] ?? '') : ''
  shell.variables.setElement(name, key, yield* converted(shell, variable, old, text, append))
}

function* indexOf(shell: Shell, name: string, variable: Variable | undefined, subscript: string): Program<number> {
  const index = Number(yield* evaluateText(shell, subscript))
  if (index >= 0) return index
  const last = Number(elements(variable).at(-1)?.[0] ?? -1)
  if (last + 1 + index < 0) throw new FatalError(`${name}[${subscript}]: bad array subscript`)
  return last + 1 + index
}

function* converted(
  shell: Shell,
  variable: Variable | undefined,
  old: string,
  text: string,
  append: boolean,
): Program<string> {
  if (!variable?.integer) return old + text
  const value = yield* evaluateText(shell, text)
  return String(append ? (yield* evaluateText(shell, old)) + value : value)
}

function* assignArray(shell: Shell, name: string, value: ArrayValue, append: boolean): Program<void> {
  const associative = shell.variables.find(name)?.associative !== undefined
  /** All expanded before the old elements go: `a=(x "${a[@]}")`. */
  const entries: { subscript: string | undefined; text: string }[] = []
  for (const element of value.elements) {
    const match = /^\[([^\]]*)\]\+?=([\s\S]*)$/.exec(element.text)
    if (match) {
      const subscript = parseWord(match[1] ?? '')
      const text = parseWord(match[2] || "''")
      entries.push({
        subscript: subscript ? yield* expandString(shell, subscript) : (match[1] ?? ''),
        text: text ? yield* expandString(shell, text) : '',
      })
    } else for (const text of yield* expandWords(shell, [element])) entries.push({ subscript: undefined, text })
  }
  if (!append) shell.variables.clearArray(name, associative ? 'associative' : 'indexed')
  const last = elements(shell.variables.find(name)).at(-1)?.[0]
  let next = last === undefined ? 0 : Number(last) + 1
  if (associative) {
    yield* assignPairs(shell, name, entries)
    return
  }
  for (const { subscript, text } of entries) {
    if (subscript !== undefined) next = Number(yield* evaluateText(shell, subscript))
    shell.variables.setElement(name, next, yield* converted(shell, shell.variables.find(name), '', text, false))
    next += 1
  }
}

/** `([key]=value …)`, or keys and values in turn. */
function* assignPairs(
  shell: Shell,
  name: string,
  entries: readonly { subscript: string | undefined; text: string }[],
): Program<void> {
  let key: string | undefined
  for (const { subscript, text } of entries) {
    if (subscript !== undefined) yield* assignElement(shell, name, subscript, text)
    else if (key === undefined) key = text
    else {
      yield* assignElement(shell, name, key, text)
      key = undefined
    }
  }
  if (key !== undefined) yield* assignElement(shell, name, key, '')
}
