// What a program asks about the machine, its users and its own limits; getopt(3), and what is left of libgen and locale.
import { type Program, type ResourceLimit, type System, SystemCallError } from '../../kernel/system.ts'
import { decodeText, encodeText } from '../../programs/bytes.ts'
import { readText } from '../../programs/stdio.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, attempt, count, fail, int, newText, putText, staticText, text, textArray } from './access.ts'
import type { AsyncTable, SyncTable } from './native.ts'
import { complain } from './stdio-output.ts'

const einval = 22
const enametoolong = 36

const limitNames: readonly ResourceLimit[] = [
  'CPU',
  'FSIZE',
  'DATA',
  'STACK',
  'CORE',
  'RSS',
  'NPROC',
  'NOFILE',
  'MEMLOCK',
  'AS',
]

function limitValue(value: Value): number {
  return typeof value === 'bigint' ? Number.POSITIVE_INFINITY : value
}

function* account(system: System, file: string, wanted: (row: string[]) => boolean): Program<string[] | undefined> {
  try {
    const rows = (yield* readText(system, file)).split('\n').map((line) => line.split(':'))
    return rows.find((row) => row.length > 3 && wanted(row))
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return undefined
  }
}

function putUser(machine: Machine, row: string[] | undefined): Value {
  if (row === undefined) return 0
  const at = machine.library.staticSpace('passwd', 48)
  const { memory } = machine
  const words = [row[0], row[1], row[4], row[5], row[6]].map((word) => newText(machine, word ?? ''))
  const [name = 0, password = 0, gecos = 0, directory = 0, shell = 0] = words
  memory.store64(at, name)
  memory.store64(at + 8, password)
  memory.store32(at + 16, Number(row[2]))
  memory.store32(at + 20, Number(row[3]))
  memory.store64(at + 24, gecos)
  memory.store64(at + 32, directory)
  memory.store64(at + 40, shell)
  return at
}

function putGroup(machine: Machine, row: string[] | undefined): Value {
  if (row === undefined) return 0
  const at = machine.library.staticSpace('group', 32)
  const { memory } = machine
  const members = (row[3] ?? '').split(',').filter(Boolean)
  const list = machine.library.heap.allocate((members.length + 1) * 8)
  for (const [index, member] of members.entries()) memory.store64(list + index * 8, newText(machine, member))
  memory.store64(list + members.length * 8, 0)
  memory.store64(at, newText(machine, row[0] ?? ''))
  memory.store64(at + 8, newText(machine, row[1] ?? ''))
  memory.store32(at + 16, Number(row[2]))
  memory.store64(at + 24, list)
  return at
}

interface LongOption {
  readonly name: string
  readonly argument: number
  readonly flag: Value
  readonly value: number
}

function longOptions(machine: Machine, at: Value): LongOption[] {
  const found: LongOption[] = []
  const { memory } = machine
  for (let row = at; memory.loadu64(row) !== 0; row = add(row, 32)) {
    found.push({
      name: text(machine, memory.loadu64(row)),
      argument: memory.load32(add(row, 8)),
      flag: memory.loadu64(add(row, 16)),
      value: memory.load32(add(row, 24)),
    })
  }
  return found
}

/** getopt(3) and getopt_long(3): operands are moved to the end, as glibc does unless POSIXLY_CORRECT or `+`. */
function* getopt(
  machine: Machine,
  system: System,
  argc: Value,
  argv: Value,
  options: Value,
  longs: Value,
  longIndex: Value,
): Program<Value> {
  const { memory, library } = machine
  const words = textArray(machine, argv).slice(0, int(argc))
  let known = text(machine, options)
  const inOrder = known.startsWith('+')
  if (inOrder || known.startsWith('-')) known = known.slice(1)
  const quiet = known.startsWith(':') || memory.load32(library.address('opterr')) === 0
  const colon = known.startsWith(':')
  const say = function* say(message: string): Program<void> {
    if (!quiet) yield* complain(machine, system, `${words[0] ?? ''}: ${message}\n`)
  }
  let index = memory.load32(library.address('optind'))
  if (index === 0) index = 1
  const done = (next: number, result: Value): Value => {
    memory.store32(library.address('optind'), next)
    return result
  }
  memory.store64(library.address('optarg'), 0)
  if (library.optionAt === 0) {
    const operand = (word: string | undefined) => word === undefined || !word.startsWith('-') || word === '-'
    if (!inOrder && operand(words[index])) {
      const next = words.findIndex((word, at) => at >= index && !operand(word))
      if (next < 0) return done(index, -1)
      // The option, with its argument, comes before the operands that stood in front of it.
      moveForward(machine, argv, index, next)
      const takes = takesNext(words[next] ?? '', known, longs === 0 ? [] : longOptions(machine, longs))
      if (takes && next + 1 < words.length) moveForward(machine, argv, index + 1, next + 1)
      return yield* getopt(machine, system, argc, argv, options, longs, longIndex)
    }
    const word = words[index]
    if (word === undefined || operand(word)) return done(index, -1)
    if (word === '--') return done(index + 1, -1)
    if (longs !== 0 && word.startsWith('--')) {
      return yield* longOption(machine, { word, words, index, argv, longs, longIndex, colon, say, done })
    }
    library.optionAt = 1
  }
  const word = words[index] ?? ''
  const letter = word[library.optionAt++] ?? ''
  const place = known.indexOf(letter)
  const last = library.optionAt >= word.length
  if (place < 0 || letter === ':') {
    memory.store32(library.address('optopt'), letter.charCodeAt(0))
    if (last) library.optionAt = 0
    yield* say(`invalid option -- '${letter}'`)
    return done(last ? index + 1 : index, 0x3f)
  }
  if (known[place + 1] !== ':') {
    if (last) library.optionAt = 0
    return done(last ? index + 1 : index, letter.charCodeAt(0))
  }
  const at = library.optionAt
  library.optionAt = 0
  const optional = known[place + 2] === ':'
  if (!last || optional) {
    if (!last) memory.store64(library.address('optarg'), add(memory.loadu64(add(argv, index * 8)), at))
    return done(index + 1, letter.charCodeAt(0))
  }
  if (index + 1 >= words.length) {
    memory.store32(library.address('optopt'), letter.charCodeAt(0))
    yield* say(`option requires an argument -- '${letter}'`)
    return done(index + 1, colon ? 0x3a : 0x3f)
  }
  memory.store64(library.address('optarg'), memory.loadu64(add(argv, (index + 1) * 8)))
  return done(index + 2, letter.charCodeAt(0))
}

function takesNext(word: string, known: string, longs: readonly LongOption[]): boolean {
  if (word.startsWith('--')) {
    const row = longs.find(({ name }) => name === word.slice(2))
    return row?.argument === 1
  }
  const letter = word.at(-1) ?? ''
  const place = known.indexOf(letter)
  return place >= 0 && known[place + 1] === ':' && known[place + 2] !== ':' && word.length === 2
}

/** Moves the word at `from` to `to`, those between one further. */
function moveForward({ memory }: Machine, argv: Value, to: number, from: number): void {
  const moved = memory.loadu64(add(argv, from * 8))
  for (let at = from; at > to; at--) memory.store64(add(argv, at * 8), memory.loadu64(add(argv, (at - 1) * 8)))
  memory.store64(add(argv, to * 8), moved)
}

function* longOption(
  machine: Machine,
  context: {
    word: string
    words: readonly string[]
    index: number
    argv: Value
    longs: Value
    longIndex: Value
    colon: boolean
    say: (message: string) => Program<void>
    done: (next: number, result: Value) => Value
  },
): Program<Value> {
  const { word, words, index, argv, longs, longIndex, colon, say, done } = context
  const { memory, library } = machine
  const [name = '', given] = splitOnce(word.slice(2))
  const rows = longOptions(machine, longs)
  const exact = rows.findIndex((row) => row.name === name)
  const partial = rows.filter((row) => row.name.startsWith(name))
  const chosen = exact >= 0 ? exact : partial.length === 1 ? rows.findIndex((row) => row === partial[0]) : -1
  const row = rows[chosen]
  if (row === undefined) {
    const choices = partial.map((each) => ` '--${each.name}'`).join('')
    yield* say(
      partial.length > 1
        ? `option '--${name}' is ambiguous; possibilities:${choices}`
        : `unrecognized option '--${name}'`,
    )
    memory.store32(library.address('optopt'), 0)
    return done(index + 1, 0x3f)
  }
  let next = index + 1
  if (given !== undefined) {
    if (row.argument === 0) {
      yield* say(`option '--${row.name}' doesn't allow an argument`)
      memory.store32(library.address('optopt'), row.value)
      return done(next, 0x3f)
    }
    memory.store64(library.address('optarg'), add(memory.loadu64(add(argv, index * 8)), name.length + 3))
  } else if (row.argument === 1) {
    if (next >= words.length) {
      yield* say(`option '--${row.name}' requires an argument`)
      memory.store32(library.address('optopt'), row.value)
      return done(next, colon ? 0x3a : 0x3f)
    }
    memory.store64(library.address('optarg'), memory.loadu64(add(argv, next * 8)))
    next++
  }
  if (longIndex !== 0) memory.store32(longIndex, chosen)
  if (row.flag !== 0) {
    memory.store32(row.flag, row.value)
    return done(next, 0)
  }
  return done(next, row.value)
}

function splitOnce(words: string): [string, string | undefined] {
  const at = words.indexOf('=')
  return at < 0 ? [words, undefined] : [words.slice(0, at), words.slice(at + 1)]
}

/** sysconf(3): what is asked for most. */
const configuration: Readonly<Record<number, number>> = { 0: 2_097_152, 1: 95_915, 2: 100, 4: 1024, 30: 4096, 180: 64 }

export const factFunctions: AsyncTable = {
  *gethostname(m, system, to = 0, size = 0) {
    const { nodename } = yield* system.uname()
    const bytes = encodeText(nodename)
    if (bytes.length + 1 > count(size)) return fail(m, enametoolong)
    putText(m, to, nodename)
    return 0
  },
  *sethostname(m, system, from = 0, size = 0) {
    return yield* attempt(m, system.sethostname(decodeText(m.memory.read(from, count(size)))), () => 0)
  },
  *getdomainname(m, system, to = 0) {
    putText(m, to, (yield* system.uname()).domainname)
    return 0
  },
  *uname(m, system, at = 0) {
    const { sysname, nodename, release, version, machine, domainname } = yield* system.uname()
    for (const [index, word] of [sysname, nodename, release, version, machine, domainname].entries()) {
      putText(m, add(at, index * 65), word)
    }
    return 0
  },
  *sysinfo(m, system, at = 0) {
    const info = yield* system.sysinfo()
    m.memory.fill(at, 0, 112)
    m.memory.store64(at, info.uptimeSeconds)
    m.memory.store64(add(at, 32), info.totalRam)
    m.memory.store64(add(at, 40), info.freeRam)
    m.memory.store16(add(at, 80), info.processes)
    m.memory.store32(add(at, 104), 1)
    return 0
  },
  *sysconf(m, system, name = 0) {
    if (int(name) === 83 || int(name) === 84) return yield* processors(system)
    if (int(name) === 85) return Math.floor((yield* system.sysinfo()).totalRam / 4096)
    if (int(name) === 4) return (yield* system.getrlimit('NOFILE')).soft
    return configuration[int(name)] ?? fail(m, einval)
  },
  *get_nprocs(_m, system) {
    return yield* processors(system)
  },
  *get_nprocs_conf(_m, system) {
    return yield* processors(system)
  },
  *getrlimit(m, system, resource = 0, at = 0) {
    const name = limitNames[int(resource)]
    if (name === undefined) return fail(m, einval)
    const { soft, hard } = yield* system.getrlimit(name)
    for (const [index, value] of [soft, hard].entries()) {
      m.memory.store64(add(at, index * 8), Number.isFinite(value) ? value : 2n ** 64n - 1n)
    }
    return 0
  },
  *setrlimit(m, system, resource = 0, at = 0) {
    const name = limitNames[int(resource)]
    if (name === undefined) return fail(m, einval)
    const soft = limitValue(m.memory.loadu64(at))
    const hard = limitValue(m.memory.loadu64(add(at, 8)))
    return yield* attempt(m, system.setrlimit(name, { soft, hard }), () => 0)
  },
  *getrusage(m, system, who = 0, at = 0) {
    const usage = yield* system.getrusage(int(who) === 0 ? 'self' : 'children')
    m.memory.fill(at, 0, 144)
    for (const [index, value] of [usage.userMicroseconds, usage.systemMicroseconds].entries()) {
      m.memory.store64(add(at, index * 16), Math.floor(value / 1e6))
      m.memory.store64(add(at, index * 16 + 8), Math.floor(value % 1e6))
    }
    m.memory.store64(add(at, 32), 1400)
    return 0
  },
  *getpwuid(m, system, uid = 0) {
    return putUser(m, yield* account(system, '/etc/passwd', (row) => Number(row[2]) === int(uid)))
  },
  *getpwnam(m, system, name = 0) {
    const wanted = text(m, name)
    return putUser(m, yield* account(system, '/etc/passwd', (row) => row[0] === wanted))
  },
  *getgrgid(m, system, gid = 0) {
    return putGroup(m, yield* account(system, '/etc/group', (row) => Number(row[2]) === int(gid)))
  },
  *getgrnam(m, system, name = 0) {
    const wanted = text(m, name)
    return putGroup(m, yield* account(system, '/etc/group', (row) => row[0] === wanted))
  },
  *getopt(m, system, argc = 0, argv = 0, options = 0) {
    return yield* getopt(m, system, argc, argv, options, 0, 0)
  },
  *getopt_long(m, system, argc = 0, argv = 0, options = 0, longs = 0, longIndex = 0) {
    return yield* getopt(m, system, argc, argv, options, longs, longIndex)
  },
  *getopt_long_only(m, system, argc = 0, argv = 0, options = 0, longs = 0, longIndex = 0) {
    return yield* getopt(m, system, argc, argv, options, longs, longIndex)
  },
}

function* processors(system: System): Program<number> {
  try {
    const info = yield* readText(system, '/proc/cpuinfo')
    return Math.max(1, info.match(/^processor/gm)?.length ?? 1)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return 1
  }
}

export const plainFunctions: SyncTable = {
  sched_getcpu: () => 0,
  __errno_location: ({ library }) => library.address(' errno'),
  setlocale: (m, _category, locale) =>
    locale === 0 || text(m, locale) === '' || text(m, locale) === 'C' ? staticText(m, 'locale', 'C') : 0,
  dirname(m, path) {
    if (path === 0) return staticText(m, 'dirname', '.')
    const words = text(m, path).replace(/(?<!^)\/+$/, '')
    const slash = words.lastIndexOf('/')
    if (slash < 0) return staticText(m, 'dirname', '.')
    putText(m, path, slash === 0 ? '/' : words.slice(0, slash).replace(/(?<!^)\/+$/, ''))
    return path
  },
  __xpg_basename(m, path) {
    if (path === 0 || m.memory.loadu8(path) === 0) return staticText(m, 'dirname', '.')
    const words = text(m, path).replace(/(?<!^)\/+$/, '')
    putText(m, path, words)
    const slash = words.lastIndexOf('/')
    return words === '/' ? path : add(path, slash + 1)
  },
}
