// Help pages: the texts and flags of kubectl 1.20 (help.json, see scripts/kubectl-help.go), laid out as its templates lay them out.
// pkg/util/templates/templates.go
import { bool, duration, type FlagRow, type FlagType, int, string, stringArray, strings } from '../../text/flags.ts'
import type { Program, System } from '../kernel/system.ts'

interface Flag {
  readonly name: string
  readonly shorthand?: string
  /** pflag's name of the type. */
  readonly type: string
  readonly default?: string
  /** The value of the flag without one. */
  readonly alone?: string
  readonly usage: string
}

interface Page {
  readonly aliases?: readonly string[]
  readonly short: string
  readonly long?: string
  readonly example?: string
  readonly usage: string
  readonly runnable: boolean
  /** Places in the list of all flags. */
  readonly flags?: readonly number[]
}

interface HelpData {
  /** The lists of `kubectl --help`: a title, then names in the order in which kubectl knows them. */
  readonly groups: readonly (readonly string[])[]
  readonly flags: readonly Flag[]
  readonly global: readonly number[]
  readonly commands: Readonly<Record<string, Page>>
}

/** Loaded when first asked for: 150 kB that most calls do not need. */
export function* loadHelp(system: System): Program<Help> {
  const loaded: unknown = yield* system.host(async () => {
    const { default: data } = await import('./help.json', { with: { type: 'json' } })
    return data as unknown as HelpData
  })
  return new Help(loaded as HelpData)
}

const types: Readonly<Record<string, FlagType>> = {
  bool,
  duration,
  int,
  int32: int,
  int64: int,
  string,
  stringArray,
  stringSlice: strings,
}

/** What kubectl knows of its commands. A command is named as typed after `kubectl`: `rollout status`; kubectl itself is ''. */
export class Help {
  readonly #data: HelpData

  constructor(data: HelpData) {
    this.#data = data
  }

  /** Names without those of subcommands, in the order of `kubectl --help`. */
  get names(): readonly string[] {
    return this.#data.groups.flatMap(([, ...names]) => names)
  }

  /** The command with the longest name that the words begin with; aliases count. */
  find(words: readonly string[]): { readonly name: string; readonly length: number } | undefined {
    let found: { name: string; length: number } | undefined
    for (const [at, word] of words.entries()) {
      const prefix = found === undefined ? '' : `${found.name} `
      const name = this.children(found?.name ?? '').find(
        (each) => each === word || this.#data.commands[prefix + each]?.aliases?.includes(word),
      )
      if (name === undefined) break
      found = { name: prefix + name, length: at + 1 }
    }
    return found
  }

  /** Subcommands, sorted. */
  children(name: string): string[] {
    const prefix = name === '' ? '' : `${name} `
    return Object.keys(this.#data.commands)
      .filter((each) => each.startsWith(prefix) && !each.slice(prefix.length).includes(' '))
      .map((each) => each.slice(prefix.length))
  }

  has(name: string): boolean {
    return name in this.#data.commands
  }

  /** The flags that a command takes, its own and the global ones. */
  flagsOf(name: string): FlagRow[] {
    return [...(this.#data.commands[name]?.flags ?? []), ...this.#data.global].map((at) => {
      const { type, default: value, shorthand, name: flag, usage, alone } = this.#flag(at)
      const known = types[type] ?? (alone === undefined ? string : bool)
      return {
        name: flag,
        usage,
        type: alone === undefined ? known : { ...known, alone },
        ...(shorthand === undefined ? {} : { shorthand }),
        ...(value === undefined ? {} : { default: value }),
      }
    })
  }

  /** The page of `kubectl NAME --help`. @throws RangeError for a command that kubectl does not have */
  page(name: string): string {
    const { long, short } = this.#page(name)
    return `${long ?? short}${this.usage(name)}`
  }

  /** What follows the description on a page. */
  usage(name: string): string {
    const { aliases = [], example, usage, flags = [], runnable } = this.#page(name)
    const own = flags.map((at) => this.#flag(at))
    const children = this.children(name)
    const path = name.split(' ').at(-1) ?? ''
    return [
      '\n\n',
      aliases.length === 0 ? '' : `Aliases:\n${[path, ...aliases].join(', ')}\n\n`,
      example === undefined ? '' : `Examples:\n${example}\n\n`,
      name === ''
        ? this.#groups()
        : children.length === 0
          ? ''
          : `Available Commands:\n${this.#list(name, children)}\n`,
      own.length === 0 ? '' : `Options:\n${own.map(flagLine).join('\n')}\n\n`,
      runnable ? `Usage:\n  ${usage}\n\n` : '',
      children.length === 0 ? '' : `Use "kubectl <command> --help" for more information about a given command.\n`,
      runnable ? `Use "kubectl options" for a list of global command-line options (applies to all commands).\n` : '',
    ].join('')
  }

  /** `kubectl options`. */
  options(): string {
    const lines = this.#data.global.map((at) => flagLine(this.#flag(at)))
    return `The following options can be passed to any command:\n\n${lines.join('\n')}\n`
  }

  #flag(at: number): Flag {
    const flag = this.#data.flags[at]
    if (flag === undefined) throw new RangeError(`no flag ${at}`)
    return flag
  }

  #page(name: string): Page {
    const page = name === '' ? root : this.#data.commands[name]
    if (page === undefined) throw new RangeError(`no command ${name}`)
    return page
  }

  #groups(): string {
    return this.#data.groups.map(([title = '', ...names]) => `${title}\n${this.#list('', names)}\n`).join('')
  }

  /** Names and what they are for; the names as wide as the longest of all that stand beside them, at least 11. */
  #list(parent: string, names: readonly string[]): string {
    const width = Math.max(11, ...this.children(parent).map((name) => name.length))
    const prefix = parent === '' ? '' : `${parent} `
    return names.map((name) => `  ${name.padEnd(width)} ${this.#page(prefix + name).short}\n`).join('')
  }
}

const root: Page = {
  short: 'kubectl controls the Kubernetes cluster manager',
  long: 'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/overview/',
  usage: 'kubectl [flags] [options]',
  runnable: true,
}

function flagLine({ name, shorthand, type, default: value = '', usage }: Flag): string {
  const head = shorthand === undefined ? `      --${name}` : `  -${shorthand}, --${name}`
  return `${head}=${type === 'string' ? `'${value}'` : value}: ${usage}`
}
