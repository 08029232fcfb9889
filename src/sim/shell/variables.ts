// The shell's parameters: variables with their attributes, arrays, and the dynamic scope of functions' locals.
import type { Environment } from '../kernel/system.ts'
import { FatalError } from './control.ts'

/** Who may change a variable in place: copies of a table share what none of them has changed. */
type Owner = object

export interface Variable {
  /** Kept by `Variables`. */
  owner?: Owner
  /** A plain value; undefined when it is declared but not set, or is an array. */
  value?: string | undefined
  indexed?: Map<number, string> | undefined
  associative?: Map<string, string> | undefined
  exported?: boolean
  readonly?: boolean
  /** declare -i: assigned values are arithmetic. */
  integer?: boolean
  /** declare -l and -u. */
  letters?: 'lower' | 'upper' | undefined
  /** declare -t. */
  traced?: boolean
  /** Declared as an array, but nothing assigned yet. */
  isUnsetArray?: boolean
  /** declare -n: its value is the name of the variable meant. */
  reference?: boolean
}

export type Attributes = Pick<Variable, 'exported' | 'readonly' | 'integer' | 'letters' | 'reference' | 'traced'>

export class Variables {
  readonly #table: Map<string, Variable>
  #owner: Owner = {}
  /** What each function call under way has hidden by `local`. */
  readonly #frames: Map<string, Variable | undefined>[] = []

  constructor(environment: Environment | Variables = new Map()) {
    if (environment instanceof Variables) {
      // From now on neither changes in place what the other sees.
      environment.#owner = {}
      this.#table = new Map(environment.#table)
      for (const frame of environment.#frames) this.#frames.push(new Map(frame))
      return
    }
    this.#table = new Map()
    for (const [name, value] of environment) {
      if (/^[A-Za-z_]\w*$/.test(name)) this.#table.set(name, { owner: this.#owner, value, exported: true })
    }
  }

  /** A copy for a subshell. */
  clone(): Variables {
    return new Variables(this)
  }

  /** The name that a name stands for, through declare -n. */
  resolve(name: string): string {
    let at = name
    for (let hops = 0; hops < 10; hops += 1) {
      const variable = this.#table.get(at)
      if (!variable?.reference || !variable.value) return at
      at = variable.value
    }
    return at
  }

  find(name: string): Readonly<Variable> | undefined {
    return this.#table.get(this.resolve(name))
  }

  /** The value of a variable, element 0 of an array; undefined when unset. */
  get(name: string): string | undefined {
    const variable = this.find(name)
    return variable && plainValue(variable)
  }

  isSet(name: string): boolean {
    return this.get(name) !== undefined
  }

  /** Sets a value; of an array, its element 0. Throws FatalError when it is readonly. */
  set(name: string, value: string): void {
    const variable = this.#writable(name)
    variable.isUnsetArray = false
    if (variable.indexed) variable.indexed.set(0, value)
    else if (variable.associative) variable.associative.set('0', value)
    else variable.value = changeLetters(variable, value)
  }

  setElement(name: string, index: number | string, value: string): void {
    const variable = this.#writable(name)
    variable.isUnsetArray = false
    if (typeof index === 'string') {
      variable.associative ??= new Map()
      variable.associative.set(index, changeLetters(variable, value))
      return
    }
    variable.indexed ??= new Map(variable.value === undefined ? [] : [[0, variable.value]])
    variable.value = undefined
    variable.indexed.set(index, changeLetters(variable, value))
  }

  /** Makes it an empty array. */
  clearArray(name: string, kind: 'indexed' | 'associative'): void {
    const variable = this.#writable(name)
    variable.value = undefined
    variable.isUnsetArray = false
    if (kind === 'indexed') variable.indexed = new Map()
    else variable.associative = new Map()
  }

  /** declare -a and -A: an array from now on; a value that it has becomes element 0. */
  declareArray(name: string, kind: 'indexed' | 'associative'): void {
    const old = this.get(name)
    this.clearArray(name, kind)
    if (old !== undefined) this.setElement(name, kind === 'indexed' ? 0 : '0', old)
    else this.#writable(name).isUnsetArray = true
  }

  /** Makes sure that there is such a variable, with these attributes besides its own. */
  declare(name: string, attributes: Attributes): Variable {
    const resolved = attributes.reference === undefined ? this.resolve(name) : name
    return Object.assign(this.#own(resolved), attributes)
  }

  unset(name: string): void {
    const resolved = this.resolve(name)
    if (this.#table.get(resolved)?.readonly) throw new FatalError(`${name}: cannot unset: readonly variable`)
    this.#table.delete(resolved)
  }

  unsetElement(name: string, index: number | string): void {
    if (this.find(name) === undefined) return
    const variable = this.#own(this.resolve(name))
    if (typeof index === 'string') variable.associative?.delete(index)
    else variable.indexed?.delete(index)
  }

  /** A function begins: its locals end with `leaveFunction`. */
  enterFunction(): void {
    this.#frames.push(new Map())
  }

  leaveFunction(): void {
    for (const [name, hidden] of this.#frames.pop() ?? []) {
      if (hidden) this.#table.set(name, hidden)
      else this.#table.delete(name)
    }
  }

  get inFunction(): boolean {
    return this.#frames.length > 0
  }

  /** Makes a variable local to the innermost function. */
  makeLocal(name: string): Variable {
    const frame = this.#frames.at(-1)
    if (frame && !frame.has(name)) {
      const hidden = this.#table.get(name)
      frame.set(name, hidden)
      this.#table.set(name, hidden?.exported ? { exported: true } : {})
    }
    return this.declare(name, {})
  }

  /** Puts a variable back as it was, also when it was readonly or absent. */
  restore(name: string, saved: Variable | undefined): void {
    if (saved) this.#table.set(name, saved)
    else this.#table.delete(name)
  }

  /** A copy of a variable as it is now, for `restore`. */
  save(name: string): Variable | undefined {
    const variable = this.#table.get(name)
    return variable && cloneVariable(variable)
  }

  /** Names in order, all or those with a prefix. */
  names(prefix = ''): string[] {
    return [...this.#table.keys()].filter((name) => name.startsWith(prefix)).toSorted()
  }

  /** What children get as environ(7). */
  environment(): Map<string, string> {
    const environment = new Map<string, string>()
    for (const [name, variable] of this.#table) {
      const value = plainValue(variable)
      if (variable.exported && value !== undefined) environment.set(name, value)
    }
    return environment
  }

  #writable(name: string): Variable {
    const resolved = this.resolve(name)
    if (this.#table.get(resolved)?.readonly) throw new FatalError(`${name}: readonly variable`)
    return this.#own(resolved)
  }

  /** The variable itself if it is this table's alone, else a copy that takes its place; a new one if there is none. */
  #own(name: string): Variable {
    const known = this.#table.get(name)
    if (known?.owner === this.#owner) return known
    const variable = known === undefined ? {} : cloneVariable(known)
    variable.owner = this.#owner
    this.#table.set(name, variable)
    return variable
  }
}

/** The elements of an array by key, in order; of a plain variable, its value at 0. */
export function elements(variable: Variable | undefined): [string, string][] {
  if (!variable) return []
  if (variable.associative) return [...variable.associative]
  if (variable.indexed) {
    return [...variable.indexed].toSorted(([a], [b]) => a - b).map(([index, value]) => [String(index), value])
  }
  return variable.value === undefined ? [] : [['0', variable.value]]
}

function plainValue(variable: Variable): string | undefined {
  if (variable.indexed) return variable.indexed.get(0)
  if (variable.associative) return variable.associative.get('0')
  return variable.value
}

function changeLetters(variable: Variable, value: string): string {
  if (variable.letters === 'lower') return value.toLowerCase()
  return variable.letters === 'upper' ? value.toUpperCase() : value
}

function cloneVariable(variable: Variable): Variable {
  return {
    ...variable,
    ...(variable.indexed && { indexed: new Map(variable.indexed) }),
    ...(variable.associative && { associative: new Map(variable.associative) }),
  }
}
