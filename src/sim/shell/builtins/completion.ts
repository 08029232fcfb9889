// compgen and complete: what Tab would offer, and for which commands it is told otherwise. bash(1) "Programmable Completion".
import { signals } from '../../kernel/signal-numbers.ts'
import { type Program, SystemCallError } from '../../kernel/system.ts'
import { lines, readText, writeOut } from '../../programs/stdio.ts'
import { CommandError } from '../control.ts'
import { isRunning } from '../jobs.ts'
import { patternToRegExp } from '../pattern.ts'
import { quoteForReuse } from '../parameter-transform.ts'
import { type Builtin, optionLetters, type Shell } from '../shell.ts'
import { statOf } from '../test-operators.ts'
import { bashOnly } from './bash-only.ts'
import { usageError } from './usages.ts'

type Action = (shell: Shell, word: string) => Program<string[]>

const keywords =
  'if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc'.split(' ')

function* builtinNames(shell: Shell): Program<string[]> {
  return [...shell.interpreter.builtins.keys()].toSorted()
}

function* functionNames(shell: Shell): Program<string[]> {
  return [...shell.state.functions.keys()].toSorted()
}

function* aliasNames(shell: Shell): Program<string[]> {
  return [...shell.state.aliases.keys()].toSorted()
}

/** Names in a directory that a word could go on to. */
function filesOf(wanted: 'all' | 'directories' | 'executables'): Action {
  return function* files(shell, word) {
    const slash = word.lastIndexOf('/') + 1
    const head = word.slice(0, slash)
    const names = yield* namesIn(shell, head === '' ? '.' : head)
    const found: string[] = []
    for (const name of names) {
      const isHidden = name.startsWith('.') && !word.slice(slash).startsWith('.')
      if (isHidden || !`${head}${name}`.startsWith(word)) continue
      const stat = wanted === 'all' ? undefined : yield* statOf(shell, `${head}${name}`, true)
      const isDirectory = stat?.type === 'directory'
      const fits = wanted === 'directories' ? isDirectory : !isDirectory && ((stat?.mode ?? 0) & 0o111) !== 0
      if (wanted === 'all' || fits) found.push(`${head}${name}`)
    }
    return found
  }
}

function* namesIn(shell: Shell, directory: string): Program<string[]> {
  try {
    const fd = yield* shell.system.open(directory, ['RDONLY', 'DIRECTORY'])
    const entries = yield* shell.system.getdents(fd)
    yield* shell.system.close(fd)
    return entries.map(({ name }) => name).filter((name) => name !== '.' && name !== '..')
  } catch (error) {
    if (error instanceof SystemCallError) return []
    throw error
  }
}

/** First fields of a table such as /etc/passwd. */
function namesOf(file: string): Action {
  return function* names(shell) {
    try {
      return lines(yield* readText(shell.system, file)).map((line) => line.split(':')[0] ?? '')
    } catch (error) {
      if (error instanceof SystemCallError) return []
      throw error
    }
  }
}

function* commandNames(shell: Shell, word: string): Program<string[]> {
  if (word.includes('/')) return yield* filesOf('executables')(shell, word)
  const names = [
    ...(yield* aliasNames(shell)),
    ...keywords,
    ...(yield* functionNames(shell)),
    ...(yield* builtinNames(shell)),
  ]
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const found = yield* filesOf('executables')(shell, `${directory}/${word}`)
    names.push(...found.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  }
  return names
}

function variables(onlyExported: boolean): Action {
  return function* names(shell) {
    const environment = shell.variables.environment()
    return shell.variables.names().filter((name) => !onlyExported || environment.has(name))
  }
}

function jobNames(which: 'all' | 'running' | 'stopped'): Action {
  return function* names(shell) {
    const fits = shell.state.jobs.filter(
      (job) => which === 'all' || (which === 'stopped' ? job.stopped : isRunning(job) && !job.stopped),
    )
    return fits.map((job) => job.text.split(' ')[0] ?? '')
  }
}

/** Actions by their name for -A, with the letter that means the same. */
const actions: Readonly<Record<string, readonly [letter: string | undefined, action: Action]>> = {
  alias: ['a', aliasNames],
  builtin: ['b', builtinNames],
  command: ['c', commandNames],
  directory: ['d', filesOf('directories')],
  export: ['e', variables(true)],
  file: ['f', filesOf('all')],
  function: [undefined, functionNames],
  group: ['g', namesOf('/etc/group')],
  job: ['j', jobNames('all')],
  keyword: [
    'k',
    function* words() {
      return [...keywords]
    },
  ],
  running: [undefined, jobNames('running')],
  setopt: [
    undefined,
    function* options() {
      return optionLetters.map(([name]) => name)
    },
  ],
  signal: [
    undefined,
    function* names() {
      return ['EXIT', ...signals.map(({ name }) => `SIG${name}`), 'DEBUG', 'ERR', 'RETURN']
    },
  ],
  stopped: [undefined, jobNames('stopped')],
  user: ['u', namesOf('/etc/passwd')],
  variable: ['v', variables(false)],
}

interface Specification {
  /** Names of actions, in the order of the table. */
  readonly actions: ReadonlySet<string>
  /** Values of -o, -W, -P, -S, -X, -F, -C, -G. */
  readonly values: ReadonlyMap<string, string>
  /** -p and -r of complete. */
  readonly letters: ReadonlySet<string>
  readonly operands: readonly string[]
}

function parse(name: string, words: readonly string[], own: string): Specification {
  const found = new Set<string>()
  const values = new Map<string, string>()
  const letters = new Set<string>()
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') {
      at += 1
      break
    }
    if (!/^-./.test(word)) break
    for (let index = 1; index < word.length; index++) {
      const letter = word[index] ?? ''
      const action = Object.entries(actions).find(([, [each]]) => each === letter)?.[0]
      if (action !== undefined) found.add(action)
      else if (own.includes(letter)) letters.add(letter)
      else if ('AoWPSXFCG'.includes(letter)) {
        const value = word.slice(index + 1) || words[++at]
        if (value === undefined) throw usageError(name, `-${letter}: option requires an argument`)
        if (letter !== 'A') values.set(letter, value)
        else if (value in actions) found.add(value)
        else throw new CommandError(`${name}: ${value}: invalid action name`, 2)
        break
      } else throw usageError(name, `-${letter}: invalid option`)
    }
  }
  return { actions: found, values, letters, operands: words.slice(at) }
}

const compgen: Builtin = function* compgen(shell, argv) {
  const { actions: wanted, values, operands } = parse('compgen', argv.slice(1), '')
  const [word = ''] = operands
  const found: string[] = []
  for (const [name, [, action]] of Object.entries(actions)) {
    if (wanted.has(name)) found.push(...(yield* action(shell, word)))
  }
  const list = values.get('W')
  if (list !== undefined) found.push(...list.split(/[ \t\n]+/).filter((each) => each !== ''))
  const filter = values.get('X')
  const removed = filter === undefined ? undefined : patternToRegExp(filter.replace(/^!/, ''))
  const kept = found.filter(
    (each) => each.startsWith(word) && (removed === undefined || removed.test(each) === filter?.startsWith('!')),
  )
  const text = kept.map((each) => `${values.get('P') ?? ''}${each}${values.get('S') ?? ''}\n`).join('')
  yield* writeOut(shell.system, text)
  return kept.length > 0 ? 0 : 1
}

const complete: Builtin = function* complete(shell, argv) {
  const specification = parse('complete', argv.slice(1), 'prDEI')
  const { letters, operands, actions: wanted, values } = specification
  const { completions } = shell.state
  if (letters.has('r')) {
    if (operands.length === 0) completions.clear()
    return yield* forEach(shell, operands, (name) => completions.delete(name))
  }
  if (letters.has('p') || (wanted.size === 0 && values.size === 0 && operands.length === 0)) {
    const names = operands.length > 0 ? operands : [...completions.keys()]
    for (const name of names) {
      const text = completions.get(name)
      if (text !== undefined) yield* writeOut(shell.system, `complete ${text}${name}\n`)
    }
    return yield* forEach(shell, operands, (name) => completions.has(name))
  }
  if (operands.length === 0) throw usageError('complete')
  for (const name of operands) completions.set(name, textOf(specification))
  return 0
}

/** Complains of each name that is not known. */
function* forEach(shell: Shell, names: readonly string[], known: (name: string) => boolean): Program<number> {
  let status = 0
  for (const name of names) {
    if (known(name)) continue
    yield* shell.complain(`complete: ${name}: no completion specification`)
    status = 1
  }
  return status
}

/** The options again, in the order in which `complete -p` prints them. */
function textOf({ actions: wanted, values }: Specification): string {
  const letters = Object.entries(actions).filter(([name, [letter]]) => letter !== undefined && wanted.has(name))
  const names = Object.entries(actions).filter(([name, [letter]]) => letter === undefined && wanted.has(name))
  const value = (letter: string, text: string): string =>
    letter === 'o' || letter === 'F' ? text : quoteForReuse(text)
  const words = [
    ...['o'].flatMap((letter) => values.get(letter)?.replace(/^/, `-${letter} `) ?? []),
    ...letters.map(([, [letter]]) => `-${letter}`),
    ...names.map(([name]) => `-A ${name}`),
    ...[...'GWPSXFC'].flatMap((letter) => {
      const text = values.get(letter)
      return text === undefined ? [] : [`-${letter} ${value(letter, text)}`]
    }),
  ]
  return words.map((word) => `${word} `).join('')
}

export const completionBuiltins: readonly (readonly [string, Builtin])[] = [
  ['compgen', bashOnly('compgen', compgen)],
  ['complete', bashOnly('complete', complete)],
]
