// pstree(1) of psmisc: the processes as a tree, equal branches put together.
import type { Main } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { writeError, writeOut } from './stdio.ts'
import { utility } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['p', 'show-pids'] },
  { names: ['a', 'arguments'] },
  { names: ['c', 'compact-not'] },
  { names: ['n', 'numeric-sort'] },
  { names: ['s', 'show-parents'] },
  { names: ['u', 'uid-changes'] },
  { names: ['g', 'show-pgids'] },
  { names: ['A', 'ascii'] },
  { names: ['U', 'unicode'] },
  { names: ['G', 'vt100'] },
  { names: ['T', 'hide-threads'] },
  { names: ['l', 'long'] },
  { names: ['t', 'thread-names'] },
  { names: ['S', 'ns-changes'] },
  { names: ['Z', 'security-context'] },
  { names: ['h', 'highlight-all'] },
  { names: ['H', 'highlight-pid'], value: 'required' },
  { names: ['N', 'ns-sort'], value: 'required' },
  { names: ['C', 'color'], value: 'required' },
  { names: ['V', 'version'] },
]

const usage = `Usage: pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]
              [ -A | -G | -U ] [ PID | USER ]
   or: pstree -V

Display a tree of processes.

  -a, --arguments     show command line arguments
  -A, --ascii         use ASCII line drawing characters
  -c, --compact-not   don't compact identical subtrees
  -C, --color=TYPE    color process by attribute
                      (age)
  -g, --show-pgids    show process group ids; implies -c
  -G, --vt100         use VT100 line drawing characters
  -h, --highlight-all highlight current process and its ancestors
  -H PID, --highlight-pid=PID
                      highlight this process and its ancestors
  -l, --long          don't truncate long lines
  -n, --numeric-sort  sort output by PID
  -N TYPE, --ns-sort=TYPE
                      sort output by this namespace type
                              (cgroup, ipc, mnt, net, pid, time, user, uts)
  -p, --show-pids     show PIDs; implies -c
  -s, --show-parents  show parents of the selected process
  -S, --ns-changes    show namespace transitions
  -t, --thread-names  show full thread names
  -T, --hide-threads  hide threads, show only processes
  -u, --uid-changes   show uid transitions
  -U, --unicode       use UTF-8 (Unicode) line drawing characters
  -V, --version       display version information
  -Z, --security-context
                      show security attributes

  PID    start at this PID; default is 1 (init)
  USER   show only trees rooted at processes of this user

`

interface Lines {
  readonly single: string
  readonly first: string
  readonly branch: string
  readonly last: string
  readonly down: string
}

const ascii: Lines = { single: '---', first: '-+-', branch: '|-', last: '`-', down: '| ' }
const unicode: Lines = { single: '───', first: '─┬─', branch: '├─', last: '└─', down: '│ ' }

interface Node {
  readonly text: string
  readonly children: readonly Node[]
}

export const pstree: Main = utility(
  'gnu',
  { name: 'pstree', options, shortName: true, usage, version: 'pstree (PSmisc) 23.7' },
  function* pstree({ system, has, operands, environment }) {
    const processes = yield* readProcesses(system)
    const names = yield* readNameTables(system)
    const [wanted] = operands
    const user = [...names.users].find(([, name]) => name === wanted)?.[0]
    if (wanted !== undefined && !/^\d+$/.test(wanted) && user === undefined) {
      yield* writeError(system, `No such user name: ${wanted}\n`)
      return 1
    }
    const locale = environment.get('LC_ALL') || environment.get('LC_CTYPE') || environment.get('LANG') || ''
    // Lines are drawn by the terminal's character set: what writes to a pipe takes ASCII.
    const drawn = has('U') && /utf-?8/i.test(locale) ? unicode : ascii
    const node = (process: ProcessRecord, above: ProcessRecord | undefined): Node => {
      const children = processes.filter(({ ppid }) => ppid === process.pid)
      const ordered = has('n')
        ? children
        : children.toSorted((a, b) => (a.comm < b.comm ? -1 : a.comm > b.comm ? 1 : a.pid - b.pid))
      const marks = [
        ...(has('p') ? [String(process.pid)] : []),
        ...(has('g') ? [String(process.pgid)] : []),
        ...(has('u') && above !== undefined && above.euid !== process.euid
          ? [names.users.get(process.euid) ?? String(process.euid)]
          : []),
      ].join(',')
      const words = has('a')
        ? process.argv
            .slice(1)
            .map((word) => ` ${word}`)
            .join('')
        : ''
      const name = has('a') && process.argv[0] !== undefined ? process.argv[0].replace(/^.*\//, '') : process.comm
      const shown = has('a') ? name : process.comm
      return {
        text:
          has('a') && marks !== ''
            ? `${shown},${marks}${words}`
            : `${shown}${marks === '' ? '' : `(${marks})`}${words}`,
        children: ordered.map((child) => node(child, process)),
      }
    }
    const roots =
      user !== undefined
        ? processes.filter(
            (each) => each.euid === user && processes.find(({ pid }) => pid === each.ppid)?.euid !== user,
          )
        : processes.filter(({ pid }) => pid === Number(wanted ?? 1))
    const shown = has('s') && user === undefined ? roots.map((root) => withParents(root, processes, node)) : undefined
    // In a PID namespace without a process 1 that is shown, nothing is printed, as by the real one.
    for (const tree of shown ?? roots.map((root) => node(root, undefined))) {
      const text = has('a') ? tall(tree, drawn) : wide(tree, drawn, !has('c') && !has('p') && !has('g'))
      yield* writeOut(system, `${text.join('\n')}\n`)
    }
    return 0
  },
)

/** `-s`: the line of its ancestors above a process. */
function withParents(
  process: ProcessRecord,
  processes: readonly ProcessRecord[],
  node: (process: ProcessRecord, above: ProcessRecord | undefined) => Node,
): Node {
  const parent = processes.find(({ pid }) => pid === process.ppid)
  const own = node(process, parent)
  if (parent === undefined) return own
  let below: Node = own
  for (let each: ProcessRecord | undefined = parent; each !== undefined; ) {
    const above: ProcessRecord | undefined = processes.find(({ pid }) => pid === each?.ppid)
    below = { text: node(each, above).text, children: [below] }
    each = above
  }
  return below
}

/** `-a`: one process a line. */
function tall(node: Node, drawn: Lines): string[] {
  const rows = [node.text]
  for (const [index, child] of node.children.entries()) {
    const isLast = index === node.children.length - 1
    const [first = '', ...rest] = tall(child, drawn)
    rows.push(`  ${isLast ? drawn.last : drawn.branch}${first}`)
    rows.push(...rest.map((row) => `  ${isLast ? '  ' : drawn.down}${row}`))
  }
  return rows
}

/** Children to the right of their parent; equal ones as `3*[sleep]`. */
function wide(node: Node, drawn: Lines, compact: boolean): string[] {
  const branches = node.children.map((child) => wide(child, drawn, compact))
  const groups: { rows: string[]; count: number }[] = []
  for (const rows of branches) {
    const same = compact ? groups.find((group) => group.rows.join('\n') === rows.join('\n')) : undefined
    if (same === undefined) groups.push({ rows, count: 1 })
    else same.count++
  }
  if (groups.length === 0) return [node.text]
  const shown = groups.map(({ rows, count }) => (count === 1 ? rows : bracketed(rows, count)))
  const pad = ' '.repeat(node.text.length)
  const out: string[] = []
  for (const [index, rows] of shown.entries()) {
    const isLast = index === shown.length - 1
    const [first = '', ...rest] = rows
    const start =
      shown.length === 1
        ? node.text + drawn.single
        : index === 0
          ? node.text + drawn.first
          : `${pad} ${isLast ? drawn.last : drawn.branch}`
    out.push(start + first)
    const below = shown.length === 1 || isLast ? '   ' : ` ${drawn.down}`
    out.push(...rest.map((row) => pad + below + row))
  }
  return out
}

function bracketed(rows: readonly string[], count: number): string[] {
  const start = `${count}*[`
  return rows.map((row, index) => {
    const begun = index === 0 ? start + row : ' '.repeat(start.length) + row
    return index === rows.length - 1 ? `${begun}]` : begun
  })
}
