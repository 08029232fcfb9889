// The command line of procps' ps: UNIX options with a dash, BSD ones without, GNU's long ones; ps(1).
import type { NameTables } from './name-tables.ts'
import type { ProcessRecord } from './process-table.ts'
import { type PsColumn, psColumns } from './ps-columns.ts'

/** A column as asked for: with another header (`user=WHO`, `pid=`) or width (`wchan:20`). */
export interface Shown {
  readonly column: PsColumn
  readonly header: string
  readonly width: number
}

export interface SortKey {
  readonly column: PsColumn
  readonly descending: boolean
}

export interface PsRequest {
  readonly columns: readonly Shown[]
  /** How those that are told of were chosen. */
  readonly selects: readonly ((process: ProcessRecord) => boolean)[]
  /** Without selects: all; those with a terminal; or those of the caller's terminal and user. */
  readonly scope: 'all' | 'session-members' | 'own-user' | 'any-terminal' | 'caller'
  /** The only processes that can be meant, where only their numbers were asked for. */
  readonly pids: ReadonlySet<number> | undefined
  readonly negated: boolean
  readonly forest: 'none' | 'branches' | 'indent'
  readonly headers: boolean
  readonly sort: readonly SortKey[]
  /** `help`, `version`: prints that and nothing else. */
  readonly instead?: 'help' | 'version'
}

export class PsError extends Error {}

/** Makes no sense whichever way the words are read. */
class ConflictError extends PsError {}

/** What the words have said so far. */
interface Draft {
  format: { readonly own: Shown[]; unix: Set<string>; bsd: Set<string> }
  selects: ((process: ProcessRecord) => boolean)[]
  scope: PsRequest['scope'] | undefined
  /** PIDs asked for, and by how many of the selects. */
  pids: Set<number>
  pidSelects: number
  bsdAll: boolean
  bsdNoTerminal: boolean
  negated: boolean
  forest: PsRequest['forest']
  headers: boolean
  sort: SortKey[]
  instead?: 'help' | 'version'
}

type Value = (what: string) => string
type Apply = (draft: Draft, value: Value, names: NameTables) => void

const flag = (change: (draft: Draft) => void): Apply => change

/** Words of a list, separated by commas or blanks. */
function listOf(text: string): string[] {
  return text.split(/[ ,]+/).filter((word) => word !== '')
}

/** Numbers of a list. @throws PsError */
function pidsOf(text: string): Set<number> {
  if (/^,|,,|,$/.test(text)) throw new PsError('improper list')
  const words = listOf(text)
  if (words.length === 0 || words.some((word) => !/^\d+$/.test(word))) throw new PsError('process ID list syntax error')
  if (words.some((word) => Number(word) < 1 || Number(word) > 0x7fff_ffff)) throw new PsError('process ID out of range')
  return new Set(words.map(Number))
}

function selectPids(what: string, key: (process: ProcessRecord) => number, isOwn = true): Apply {
  return (draft, value) => {
    const wanted = pidsOf(value(what))
    draft.selects.push((process) => wanted.has(key(process)))
    if (isOwn) notePids(draft, wanted)
  }
}

function notePids(draft: Draft, wanted: ReadonlySet<number>): void {
  draft.pidSelects++
  for (const pid of wanted) draft.pids.add(pid)
}

function selectIds(
  what: string,
  unknown: string,
  table: (names: NameTables) => ReadonlyMap<number, string>,
  key: (process: ProcessRecord) => number,
): Apply {
  return (draft, value, names) => {
    const byName = new Map([...table(names)].map(([id, name]) => [name, id]))
    const wanted = new Set(
      listOf(value(what)).map((word) => {
        const id = /^\d+$/.test(word) ? Number(word) : byName.get(word)
        if (id === undefined) throw new PsError(unknown)
        return id
      }),
    )
    draft.selects.push((process) => wanted.has(key(process)))
  }
}

const noUser = 'user name does not exist'
const noGroup = 'group name does not exist'
const usersOf = ({ users }: NameTables) => users
const groupsOf = ({ groups }: NameTables) => groups

const selectCommands: (what: string) => Apply = (what) => (draft, value) => {
  const wanted = new Set(listOf(value(what)).map((name) => name.slice(0, 15)))
  draft.selects.push(({ comm }) => wanted.has(comm))
}

const selectSessions: (what: string) => Apply = (what) => (draft, value) => {
  const words = listOf(value(what))
  if (words.some((word) => !/^\d+$/.test(word))) {
    throw new PsError('list of session leaders OR effective group IDs was invalid')
  }
  draft.selects.push(({ sid }) => words.includes(String(sid)))
}

const selectTerminals: (what: string) => Apply = (what) => (draft, value) => {
  for (const word of listOf(value(what))) {
    const number = /^(?:\/dev\/)?pts\/(\d+)$/.exec(word)?.[1]
    if (word !== '?' && word !== '-' && number === undefined) throw new PsError('TTY could not be found')
    draft.selects.push(({ tty }) => (number === undefined ? tty === 0 : tty === 0x8800 + Number(number)))
  }
}

const formatOf: (what: string) => Apply = (what) => (draft, value) => {
  draft.format.own.push(...parseFormat(value(what), what))
}

const sortBy: (what: string) => Apply = (what) => (draft, value) => {
  draft.sort.push(...parseSort(value(what)))
}

/** -O FORMAT: the own columns between the PID and the rest of the plain format. */
const formatAround: (what: string) => Apply = (what) => (draft, value) => {
  const own = parseFormat(value(what), what)
  draft.format.own.push(...parseFormat('pid', ''), ...own, ...parseFormat('state,tname,time,cmd', ''))
}

const unixOptions: Readonly<Record<string, Apply>> = {
  A: flag((draft) => (draft.scope = 'all')),
  C: selectCommands('list of command names must follow -C'),
  F: flag((draft) => draft.format.unix.add('F')),
  G: selectIds('list of real groups must follow -G', noGroup, groupsOf, ({ gid }) => gid),
  H: flag((draft) => (draft.forest = 'indent')),
  L: flag((draft) => draft.format.unix.add('L')),
  M: flag((draft) => draft.format.unix.add('Z')),
  N: flag((draft) => (draft.negated = !draft.negated)),
  O: formatAround('format or sort specification must follow -O'),
  T: flag((draft) => draft.format.unix.add('T')),
  U: selectIds('list of real users must follow -U', noUser, usersOf, ({ uid }) => uid),
  V: flag((draft) => (draft.instead = 'version')),
  Z: flag((draft) => draft.format.unix.add('Z')),
  a: flag((draft) => (draft.scope = 'any-terminal')),
  c: flag((draft) => draft.format.unix.add('c')),
  d: flag((draft) => (draft.scope = 'session-members')),
  e: flag((draft) => (draft.scope = 'all')),
  f: flag((draft) => draft.format.unix.add('f')),
  g: selectSessions('list of session leaders OR effective group names must follow -g'),
  j: flag((draft) => draft.format.unix.add('j')),
  l: flag((draft) => draft.format.unix.add('l')),
  m: flag(() => {}),
  o: formatOf('format specification must follow -o'),
  p: selectPids('list of process IDs must follow -p', ({ pid }) => pid),
  q: selectPids('List of process IDs must follow -q.', ({ pid }) => pid),
  s: selectSessions('some sid thing(s) must follow -s'),
  t: selectTerminals('list of terminals (pty, tty...) must follow -t'),
  u: selectIds('list of users must follow -u', noUser, usersOf, ({ euid }) => euid),
  w: flag(() => {}),
  y: flag((draft) => draft.format.unix.add('y')),
}

const bsdOptions: Readonly<Record<string, Apply>> = {
  H: flag(() => {}),
  L: flag(() => {}),
  N: formatOf('alternate System.map file must follow N'),
  O: formatAround('format or sort specification must follow O'),
  S: flag(() => {}),
  T: flag((draft) => (draft.scope = 'caller')),
  U: selectIds('list of users must follow U', noUser, usersOf, ({ euid }) => euid),
  V: flag((draft) => (draft.instead = 'version')),
  X: flag((draft) => draft.format.bsd.add('X')),
  Z: flag((draft) => draft.format.unix.add('Z')),
  a: flag((draft) => (draft.bsdAll = true)),
  c: flag(() => {}),
  e: flag(() => {}),
  f: flag((draft) => (draft.forest = 'branches')),
  g: flag(() => {}),
  h: flag((draft) => (draft.headers = false)),
  j: flag((draft) => draft.format.bsd.add('j')),
  k: sortBy("long sort specification must follow 'k'"),
  l: flag((draft) => draft.format.bsd.add('l')),
  m: flag(() => {}),
  n: flag(() => {}),
  o: formatOf('format specification must follow o'),
  p: selectPids('list of process IDs must follow p', ({ pid }) => pid),
  q: selectPids('List of process IDs must follow q.', ({ pid }) => pid),
  r: (draft) => draft.selects.push(({ state }) => state === 'R'),
  s: flag((draft) => draft.format.bsd.add('s')),
  t: flag((draft) => (draft.scope = 'own-user')),
  u: flag((draft) => draft.format.bsd.add('u')),
  v: flag((draft) => draft.format.bsd.add('v')),
  w: flag(() => {}),
  x: flag((draft) => (draft.bsdNoTerminal = true)),
}

const columnsText = 'number of columns must follow --cols, --width, or --columns'
const rowsText = 'number of rows must follow --rows or --lines'
const count: (what: string) => Apply = (what) => (_draft, value) => {
  if (!/^\d+$/.test(value(what))) throw new PsError(what)
}

const longOptions: Readonly<Record<string, Apply>> = {
  Group: selectIds('list of real groups must follow --Group', noGroup, groupsOf, ({ gid }) => gid),
  User: selectIds('list of real users must follow --User', noUser, usersOf, ({ uid }) => uid),
  cols: count(columnsText),
  columns: count(columnsText),
  context: flag((draft) => draft.format.unix.add('Z')),
  cumulative: flag(() => {}),
  deselect: flag((draft) => (draft.negated = !draft.negated)),
  forest: flag((draft) => (draft.forest = 'branches')),
  format: formatOf('format specification must follow --format'),
  group: selectIds('list of effective groups must follow --group', noGroup, groupsOf, ({ egid }) => egid),
  header: flag((draft) => (draft.headers = true)),
  headers: flag((draft) => (draft.headers = true)),
  heading: flag((draft) => (draft.headers = true)),
  headings: flag((draft) => (draft.headers = true)),
  help: flag((draft) => (draft.instead = 'help')),
  info: flag((draft) => (draft.instead = 'version')),
  lines: count(rowsText),
  'no-header': flag((draft) => (draft.headers = false)),
  'no-headers': flag((draft) => (draft.headers = false)),
  'no-heading': flag((draft) => (draft.headers = false)),
  'no-headings': flag((draft) => (draft.headers = false)),
  noheader: flag((draft) => (draft.headers = false)),
  noheaders: flag((draft) => (draft.headers = false)),
  noheading: flag((draft) => (draft.headers = false)),
  noheadings: flag((draft) => (draft.headers = false)),
  pid: selectPids('list of process IDs must follow --pid', ({ pid }) => pid),
  ppid: selectPids('list of process IDs must follow --ppid', ({ ppid }) => ppid, false),
  'quick-pid': selectPids('list of process IDs must follow --quick-pid', ({ pid }) => pid),
  rows: count(rowsText),
  sid: selectSessions('some sid thing(s) must follow --sid'),
  sort: sortBy('long sort specification must follow --sort'),
  tty: selectTerminals('list of terminals must follow --tty'),
  user: selectIds('list of effective users must follow --user', noUser, usersOf, ({ euid }) => euid),
  version: flag((draft) => (draft.instead = 'version')),
  width: count(columnsText),
}

/** Long options that take a value; the others refuse one. */
const withoutValue = /^(context|cumulative|deselect|forest|head|help|info|no|version)/

/** @throws PsError */
export function parsePs(argv: readonly string[], names: NameTables): PsRequest {
  const words = argv.slice(1)
  try {
    return finish(read(words, names, false))
  } catch (error) {
    // What makes no sense as UNIX options may be BSD options with a dash, as `ps -aux`.
    if (!(error instanceof PsError) || error instanceof ConflictError || !words.some((word) => /^-\w/.test(word)))
      throw error
    try {
      return finish(read(words, names, true))
    } catch (second) {
      if (second instanceof PsError) throw error
      throw second
    }
  }
}

function read(given: readonly string[], names: NameTables, dashedAreBsd: boolean): Draft {
  const draft: Draft = {
    format: { own: [], unix: new Set(), bsd: new Set() },
    selects: [],
    scope: undefined,
    pids: new Set(),
    pidSelects: 0,
    bsdAll: false,
    bsdNoTerminal: false,
    negated: false,
    forest: 'none',
    headers: true,
    sort: [],
  }
  const words = [...given]
  const readLetters = (letters: string, table: typeof unixOptions, unknown: string) => {
    for (let at = 0; at < letters.length; at++) {
      const apply = table[letters[at] ?? '']
      if (apply === undefined) throw new PsError(unknown)
      const rest = letters.slice(at + 1)
      let taken = false
      apply(
        draft,
        (what) => {
          taken = true
          const value = rest === '' ? words.shift() : rest
          if (value === undefined || value === '') throw new PsError(what)
          return value
        },
        names,
      )
      if (taken) return
    }
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith('--')) readLong(word.slice(2))
    else if (/^-?\d/.test(word)) {
      const wanted = pidsOf(word.startsWith('-') ? word.slice(1) : word)
      if (wanted.size > 1) throw new PsError('process ID list syntax error')
      const negative = word.startsWith('-')
      draft.selects.push(({ pid, sid }) => wanted.has(negative ? sid : pid))
      if (!negative) notePids(draft, wanted)
      draft.format.bsd.add('pid')
    } else if (word.startsWith('-') && !dashedAreBsd) readLetters(word.slice(1), unixOptions, 'unsupported SysV option')
    else {
      draft.format.bsd.add('')
      readLetters(word.replace(/^-/, ''), bsdOptions, 'unsupported option (BSD syntax)')
    }
  }
  return draft

  function readLong(text: string): void {
    const [name = '', ...rest] = text.split('=')
    const apply = longOptions[name]
    if (apply === undefined) throw new PsError('unknown gnu long option')
    if (rest.length > 0 && withoutValue.test(name)) throw new PsError(`option --${name} does not take an argument`)
    apply(
      draft,
      (what) => {
        const value = rest.length > 0 ? rest.join('=') : words.shift()
        if (value === undefined || value === '') throw new PsError(what)
        return value
      },
      names,
    )
  }
}

function finish(draft: Draft): PsRequest {
  const { selects, negated, forest, headers, sort, instead } = draft
  const scope =
    draft.scope ??
    (draft.bsdAll ? (draft.bsdNoTerminal ? 'all' : 'any-terminal') : draft.bsdNoTerminal ? 'own-user' : 'caller')
  return {
    columns: columnsOf(draft),
    selects,
    scope,
    pids: draft.pidSelects > 0 && draft.pidSelects === selects.length && !negated ? draft.pids : undefined,
    negated,
    forest,
    headers,
    sort,
    ...(instead === undefined ? {} : { instead }),
  }
}

/** The fixed formats of BSD options, by letter; without one, that of `ps x`. */
const bsdFormats: Readonly<Record<string, string>> = {
  X: 'pid,stackp,esp,eip,tmout=TMOUT,alarm=ALARM,stat,tname=TTY,bsdtime,args',
  j: 'ppid,pid,pgid,sid,tname=TTY,tpgid,stat,uid,bsdtime,args',
  l: 'f,uid,pid,ppid,pri_baz=PRI,ni,vsz,rss,wchan,stat,tname=TTY,bsdtime,args',
  s: 'uid,pid,pending,blocked,ignored,caught,stat,tname=TTY,bsdtime,args',
  u: 'user,pid,pcpu,pmem,vsz,rss,tname=TTY,stat,start_time=START,bsdtime,args',
  v: 'pid,tname=TTY,stat,bsdtime,maj_flt=MAJFL,trs,drs,rss,pmem,args',
}

function columnsOf({ format: { own, unix, bsd } }: Draft): Shown[] {
  const letters = [...bsd].filter((letter) => letter.length === 1)
  const unixFormat = [...unix].some((letter) => 'fFlj'.includes(letter))
  if (letters.length > 1 || (letters.length > 0 && (unixFormat || own.length > 0)))
    throw new ConflictError('conflicting format options')
  if (own.length > 0) return own
  const [letter] = letters
  if (letter !== undefined) return parseFormat(bsdFormats[letter] ?? '', '')
  if (bsd.size > 0 && !unixFormat) return parseFormat('pid,tname=TTY,stat,bsdtime,args', '')
  return parseFormat(unixFormatOf(unix), '')
}

/** -f, -F, -l, -j and what they add to each other, in the order in which UNIX prints. */
function unixFormatOf(unix: ReadonlySet<string>): string {
  const full = unix.has('f') || unix.has('F')
  const long = unix.has('l')
  const threads = unix.has('L') || unix.has('T')
  const columns: string[] = []
  if (unix.has('Z')) columns.push('label')
  if (long) columns.push(...(unix.has('y') ? ['s'] : ['f', 's']))
  if (full) columns.push('user=UID')
  else if (long) columns.push('uid')
  columns.push('pid')
  if (unix.has('T')) columns.push('spid')
  if (full || long) columns.push('ppid')
  if (unix.has('j')) columns.push('pgid', 'sid')
  if (threads && !unix.has('T')) columns.push('lwp')
  if (full || long) columns.push('c')
  if (unix.has('L') && full) columns.push('nlwp')
  if (long) columns.push('opri', 'ni', ...(unix.has('y') ? ['rss', 'sz'] : ['addr', 'sz']), 'wchan')
  if (unix.has('F')) columns.push('sz', 'rss', 'psr')
  if (unix.has('c')) columns.push('class', 'pri')
  if (full) columns.push('stime')
  columns.push('tname', 'time', full ? 'cmd' : 'ucmd')
  return columns.join(',')
}

/** `pid,ppid`, `user=WHO`, `pid=`, `wchan:20`; after `=` the rest of the word is the header. @throws PsError */
export function parseFormat(text: string, what: string): Shown[] {
  const shown: Shown[] = []
  let rest = text.trim()
  if (rest === '') throw new PsError(what)
  while (rest !== '') {
    const match = /^([%\w]+)(?::(\d+))?(?:=([^,]*(?:,(?![%\w]+[,=:]|[%\w]+$)[^,]*)*))?(?:[, ]+|$)/.exec(rest)
    const name = match?.[1] ?? rest
    const column = psColumns.get(name)
    if (match === null || column === undefined) {
      throw new PsError(`unknown user-defined format specifier "${name}"`)
    }
    const header = match[3] ?? column.header
    const width = match[2] === undefined ? Math.max(column.width, header.length) : Number(match[2])
    shown.push({ column, header, width })
    rest = rest.slice(match[0].length)
  }
  return shown
}

function parseSort(text: string): SortKey[] {
  return text.split(',').map((word) => {
    const column = psColumns.get(word.replace(/^[+-]/, ''))
    if (column === undefined) throw new PsError('unknown sort specifier')
    return { column, descending: word.startsWith('-') }
  })
}
