// strace(1): the system calls of a program, and the signals that it gets.
import { SIGINT, SIGKILL, SIGTERM } from '../kernel/signal-numbers.ts'
import { strerror } from '../kernel/errno.ts'
import { type Main, type Program, SystemCallError, type SystemCallName, type TraceEvent } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { writeAll, writeError, writeOut } from './stdio.ts'
import { callFormats, interruptedText, signalName, signalText } from './strace-format.ts'
import { attempt, type Call, Failure, misuse, utility } from './utility.ts'

const options: readonly OptionRow[] = [
  ...[
    'f',
    'q',
    'qq',
    't',
    'tt',
    'r',
    'T',
    'c',
    'C',
    'y',
    'yy',
    'v',
    'x',
    'V',
    'h',
    'i',
    'k',
    'D',
    'A',
    'w',
    'Z',
    'z',
  ].map((name) => ({ names: [name] })),
  ...['e', 'o', 'p', 's', 'a', 'u', 'E', 'S', 'O', 'P', 'b', 'X', 'I'].map((name) => ({
    names: [name],
    value: 'required' as const,
  })),
  { names: ['follow-forks'] },
]

/** What is written of whom: one run. */
interface Trace {
  readonly call: Call
  readonly out: number
  readonly wanted: (name: SystemCallName) => boolean
  readonly follows: boolean
  /** How many are traced now: with several, or once there were, lines name the process. */
  readonly living: Set<number>
  /** Whose line stands there without its end. */
  open: number | undefined
  column: number
  /** Calls that began, by PID; `torn` once another process's line came between. */
  readonly calls: Map<number, { name: SystemCallName; args: readonly unknown[]; torn: boolean }>
  readonly counts: Map<string, { calls: number; errors: number }>
}

export const strace: Main = utility(
  'gnu',
  { name: 'strace', options, shortName: true, stopAtOperand: true, helpOption: '-h' },
  function* strace(call) {
    const { system, has, value, operands } = call
    if (has('V')) {
      yield* writeOut(system, 'strace -- version 6.13\n')
      return 0
    }
    const pids = (call.parsed.given.get('p') ?? []).flatMap((list) => list.split(','))
    if (pids.length === 0 && operands.length === 0) throw misuse('must have PROG [ARGS] or -p PID')
    for (const pid of pids) if (!/^[1-9]\d*$/.test(pid)) throw new Failure(`Invalid process id: '${pid}'`)
    const trace: Trace = {
      call,
      out: yield* outputOf(call, value('o')),
      wanted: filterOf(call),
      follows: has('f') || has('follow-forks'),
      living: new Set(),
      open: undefined,
      column: 0,
      calls: new Map(),
      counts: new Map(),
    }
    const child = operands.length > 0 ? yield* start(trace) : undefined
    for (const pid of pids) {
      const failed = yield* attempt(system.ptrace_seize(Number(pid), { follow: trace.follows }))
      if (failed instanceof SystemCallError) {
        throw new Failure(`attach: ptrace(PTRACE_SEIZE, ${pid}): ${failed.message}`)
      }
      trace.living.add(Number(pid))
      if (!has('q') && !has('qq')) yield* line(trace, `strace: Process ${pid} attached`)
    }
    return yield* follow(trace, child)
  },
)

function* outputOf({ system }: Call, path: string | undefined): Program<number> {
  if (path === undefined) return 2
  const fd = yield* attempt(system.open(path, ['WRONLY', 'CREAT', 'TRUNC', 'CLOEXEC']))
  if (fd instanceof SystemCallError) throw new Failure(`Can't fopen '${path}': ${fd.message}`)
  return fd
}

const allNames: ReadonlySet<string> = new Set(Object.values(callFormats).map(({ name }) => name))
/** Calls of Linux that no program here makes; strace knows them all the same. */
const otherNames = new Set(
  'brk mmap munmap mprotect arch_prctl clone3 vfork futex exit rt_sigreturn select epoll_wait ppoll nanosleep waitid stat fstat lstat open pipe access getuid geteuid tgkill tkill sendmsg recvmsg restart_syscall clock_gettime'.split(
    ' ',
  ),
)

/** -e trace=LIST: names, %classes, `!` for all but these. @throws Failure */
function filterOf({ parsed }: Call): Trace['wanted'] {
  const filters = (parsed.given.get('e') ?? [])
    .map((text) => /^(?:(?:trace|t)=)?(.*)$/.exec(text)?.[1] ?? '')
    .filter((text) => !/^(signal|signals|verbose|abbrev|raw|read|write|fault|inject|status|quiet|q|s)=/.test(text))
  const filter = filters.at(-1)
  if (filter === undefined || filter === 'all') return () => true
  if (filter === 'none') return () => false
  const negated = filter.startsWith('!')
  const words = filter.replace(/^!/, '').split(',')
  for (const word of words) {
    const isClass = /^%?(file|process|network|net|signal|desc|memory|ipc)$/.test(word)
    const known = isClass || word.startsWith('/') || allNames.has(word.replace(/^\?/, '')) || otherNames.has(word)
    if (!known) throw new Failure(`invalid system call '${word}'`)
  }
  const matches = (name: SystemCallName) => {
    const format = callFormats[name]
    if (format === undefined) return false
    const classes = (format.classes ?? '').split(' ')
    return words.some((word) => {
      const bare = word.replace(/^[%?]/, '').replace(/^net$/, 'network')
      return format.name === bare || classes.includes(bare)
    })
  }
  return (name) => matches(name) !== negated
}

/** Forks the program; it is traced from its execve on. */
function* start({ call, living, follows }: Trace): Program<number> {
  const { system, operands, environment } = call
  const [name = ''] = operands
  const path = yield* findProgram(call, name)
  if (path === undefined) throw new Failure(`Can't stat '${name}': No such file or directory`)
  const [ready, go] = yield* system.pipe(['CLOEXEC'])
  const pid = yield* system.fork(function* child(own) {
    // Waits until it is traced.
    yield* own.close(go)
    yield* own.read(ready, 1)
    try {
      return yield* own.execve(path, operands, environment)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      yield* writeError(own, `strace: exec: ${error.message}\n`)
      return 1
    }
  })
  yield* system.ptrace_seize(pid, { follow: follows })
  yield* system.close(ready)
  yield* system.close(go)
  living.add(pid)
  return pid
}

function* findProgram({ system, environment }: Call, name: string): Program<string | undefined> {
  const places = name.includes('/')
    ? [name]
    : (environment.get('PATH') ?? '').split(':').map((directory) => `${directory}/${name}`)
  for (const place of places) {
    if (!((yield* attempt(system.access(place, ['X']))) instanceof SystemCallError)) return place
  }
  return undefined
}

function* follow(trace: Trace, child: number | undefined): Program {
  const { system, has } = trace.call
  let stop: number | undefined
  for (const signal of child === undefined ? [SIGINT, SIGTERM] : []) {
    yield* system.sigaction(signal, {
      *handler(caught) {
        stop = caught
      },
    })
  }
  let status = 0
  let begun = child === undefined
  for (;;) {
    const events = yield* attempt(system.ptrace_wait())
    if (events instanceof SystemCallError) {
      if (events.errno === 'ECHILD') break
      if (stop === undefined) continue
      yield* detachAll(trace)
      return 128 + stop
    }
    for (const event of events) {
      // What the child does before its execve is strace's own code.
      begun ||= event.kind === 'entry' && event.name === 'execve'
      if (!begun) continue
      yield* show(trace, event)
      if (event.kind === 'ended' && (event.pid === child || child === undefined)) status = exitStatusOf(event, status)
    }
  }
  if (has('c')) yield* summary(trace)
  if (status <= 128) return status
  // Ends by the same signal as the program did.
  if (status !== 128 + SIGKILL) yield* system.sigaction(status - 128, { handler: 'SIG_DFL' })
  yield* system.kill(yield* system.getpid(), status - 128)
  return status
}

function exitStatusOf(event: Extract<TraceEvent, { kind: 'ended' }>, before: number): number {
  if (event.how === 'exited') return event.status
  return before === 0 ? 128 + event.status : before
}

function* detachAll(trace: Trace): Program<void> {
  const { system } = trace.call
  yield* system.ptrace_detach()
  for (const pid of trace.living) {
    const isOpen = trace.open === pid
    yield* put(trace, `strace: Process ${pid} detached\n${isOpen ? ' <detached ...>\n' : ''}`)
  }
}

function* show(trace: Trace, event: TraceEvent): Program<void> {
  const { pid } = event
  switch (event.kind) {
    case 'attached':
      trace.living.add(pid)
      if (!trace.call.has('q') && !trace.call.has('qq')) yield* put(trace, `strace: Process ${pid} attached\n`)
      break
    case 'entry':
      yield* showEntry(trace, event)
      break
    case 'exit':
      yield* showEnd(trace, event, resultText(trace, event))
      break
    case 'interrupted':
      yield* showEnd(trace, { ...event, kind: 'exit', result: undefined, errno: 'EINTR' }, interruptedText(event.name))
      break
    case 'signal':
      yield* line(trace, `${prefix(trace, event)}${signalText(event.signal, event.info)}`)
      break
    case 'sigreturn':
      if (trace.wanted('sigaction') && !trace.call.has('c')) {
        const result = event.errno === undefined ? '0' : '-1 EINTR (Interrupted system call)'
        yield* line(trace, `${prefix(trace, event)}${'rt_sigreturn({mask=[]})'.padEnd(39)} = ${result}`)
      }
      break
    case 'ended':
      yield* showDeath(trace, event)
      break
  }
}

function prefix({ call, living }: Trace, { pid, time }: TraceEvent): string {
  const clock = new Date(time / 1000).toISOString().slice(11, call.has('tt') ? 23 : 19)
  const shown = call.has('t') || call.has('tt') ? `${clock}${call.has('tt') ? '000' : ''} ` : ''
  return `${living.size > 1 ? `[pid ${String(pid).padStart(5)}] ` : ''}${shown}`
}

/** Writes text; when it follows another's line, that line stays open. */
function* put(trace: Trace, text: string): Program<void> {
  const start = text.lastIndexOf('\n')
  trace.column = start < 0 ? trace.column + text.length : text.length - start - 1
  yield* writeAll(trace.call.system, trace.out, text)
}

/** A whole line; one that stands open is left as unfinished. */
function* line(trace: Trace, text: string): Program<void> {
  yield* tear(trace)
  yield* put(trace, `${text}\n`)
}

function* tear(trace: Trace): Program<void> {
  if (trace.open === undefined) return
  const call = trace.calls.get(trace.open)
  if (call !== undefined) call.torn = true
  trace.open = undefined
  yield* put(trace, ' <unfinished ...>\n')
}

function* showEntry(trace: Trace, event: Extract<TraceEvent, { kind: 'entry' }>): Program<void> {
  const format = callFormats[event.name]
  if (format === undefined || !trace.wanted(event.name)) return
  trace.calls.set(event.pid, { name: event.name, args: event.args, torn: false })
  if (trace.call.has('c')) return
  yield* tear(trace)
  trace.column = 0
  yield* put(trace, `${prefix(trace, event)}${format.name}(${format.entry(event.args)}`)
  trace.open = event.pid
  if (event.name !== 'exit') return
  // It does not come back.
  yield* finishLine(trace, ')', '?')
  trace.calls.delete(event.pid)
}

function resultText({ calls }: Trace, { pid, name, result, errno }: Extract<TraceEvent, { kind: 'exit' }>): string {
  if (errno !== undefined) return `-1 ${errno} (${strerror(errno)})`
  const value = calls.has(pid) ? callFormats[name]?.value : undefined
  if (value !== undefined) return value(result)
  return typeof result === 'number' ? String(result) : '0'
}

function* showEnd(trace: Trace, event: Extract<TraceEvent, { kind: 'exit' }>, result: string): Program<void> {
  const call = trace.calls.get(event.pid)
  const format = callFormats[event.name]
  if (call === undefined || format === undefined) return
  trace.calls.delete(event.pid)
  count(trace, format.name, event.errno !== undefined)
  if (trace.call.has('c')) return
  if (call.torn || trace.open !== event.pid) {
    yield* tear(trace)
    trace.column = 0
    yield* put(trace, `${prefix(trace, event)}<... ${format.name} resumed>`)
  }
  const rest = format.exit?.(event.result, call.args, event.errno !== undefined) ?? ''
  yield* finishLine(trace, `${rest})`, result)
}

/** `= ` stands in column 40 where there is room. */
function* finishLine(trace: Trace, end: string, result: string): Program<void> {
  const width = trace.column + end.length
  yield* put(trace, `${end}${' '.repeat(Math.max(0, 39 - width))} = ${result}\n`)
  trace.open = undefined
}

function count({ counts }: Trace, name: string, failed: boolean): void {
  const known = counts.get(name) ?? { calls: 0, errors: 0 }
  counts.set(name, { calls: known.calls + 1, errors: known.errors + (failed ? 1 : 0) })
}

function* showDeath(trace: Trace, event: Extract<TraceEvent, { kind: 'ended' }>): Program<void> {
  const quiet = trace.call.has('qq') || (trace.call.parsed.given.get('q')?.length ?? 0) > 1
  const call = trace.calls.get(event.pid)
  if (!quiet && !trace.call.has('c')) {
    const what = event.how === 'exited' ? `exited with ${event.status}` : `killed by ${signalName(event.status)}`
    if (event.how === 'signaled' && call !== undefined && trace.open === event.pid) {
      yield* finishLine(trace, ')', '?')
    }
    yield* line(trace, `${prefix(trace, event)}+++ ${what} +++`)
  }
  trace.calls.delete(event.pid)
  trace.living.delete(event.pid)
}

function* summary(trace: Trace): Program<void> {
  const rows = [...trace.counts].toSorted((a, b) => b[1].calls - a[1].calls)
  const row = (count: number, failed: number, name: string, share: string) =>
    `${share.padStart(6)}    0.000000           0 ${String(count).padStart(9)} ${(failed === 0 ? '' : String(failed)).padStart(9)} ${name}\n`
  const calls = rows.reduce((sum, [, each]) => sum + each.calls, 0)
  const errors = rows.reduce((sum, [, each]) => sum + each.errors, 0)
  const rule = '------ ----------- ----------- --------- --------- ----------------\n'
  yield* put(
    trace,
    [
      '% time     seconds  usecs/call     calls    errors syscall\n',
      rule,
      ...rows.map(([name, each]) => row(each.calls, each.errors, name, '0.00')),
      rule,
      row(calls, errors, 'total', '100.00'),
    ].join(''),
  )
}
