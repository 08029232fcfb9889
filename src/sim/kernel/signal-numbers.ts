// The signals of signal(7) on x86-64: number, name, default action, and the text of strsignal(3).

export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue'

const rows = [
  [1, 'HUP', 'terminate', 'Hangup'],
  [2, 'INT', 'terminate', 'Interrupt'],
  [3, 'QUIT', 'core', 'Quit'],
  [4, 'ILL', 'core', 'Illegal instruction'],
  [5, 'TRAP', 'core', 'Trace/breakpoint trap'],
  [6, 'ABRT', 'core', 'Aborted'],
  [7, 'BUS', 'core', 'Bus error'],
  [8, 'FPE', 'core', 'Floating point exception'],
  [9, 'KILL', 'terminate', 'Killed'],
  [10, 'USR1', 'terminate', 'User defined signal 1'],
  [11, 'SEGV', 'core', 'Segmentation fault'],
  [12, 'USR2', 'terminate', 'User defined signal 2'],
  [13, 'PIPE', 'terminate', 'Broken pipe'],
  [14, 'ALRM', 'terminate', 'Alarm clock'],
  [15, 'TERM', 'terminate', 'Terminated'],
  [16, 'STKFLT', 'terminate', 'Stack fault'],
  [17, 'CHLD', 'ignore', 'Child exited'],
  [18, 'CONT', 'continue', 'Continued'],
  [19, 'STOP', 'stop', 'Stopped (signal)'],
  [20, 'TSTP', 'stop', 'Stopped'],
  [21, 'TTIN', 'stop', 'Stopped (tty input)'],
  [22, 'TTOU', 'stop', 'Stopped (tty output)'],
  [23, 'URG', 'ignore', 'Urgent I/O condition'],
  [24, 'XCPU', 'core', 'CPU time limit exceeded'],
  [25, 'XFSZ', 'core', 'File size limit exceeded'],
  [26, 'VTALRM', 'terminate', 'Virtual timer expired'],
  [27, 'PROF', 'terminate', 'Profiling timer expired'],
  [28, 'WINCH', 'ignore', 'Window changed'],
  [29, 'IO', 'terminate', 'I/O possible'],
  [30, 'PWR', 'terminate', 'Power failure'],
  [31, 'SYS', 'core', 'Bad system call'],
] as const satisfies readonly (readonly [number, string, DefaultAction, string])[]

export interface SignalRow {
  number: number
  /** Without `SIG`, as kill(1) prints it. */
  name: string
  action: DefaultAction
  /** strsignal(3), as psignal(3) and bash print it. */
  text: string
}

/** All signals, by number; real-time signals 34 to 64 are not in the table. */
export const signals: readonly SignalRow[] = rows.map(([number, name, action, text]) => ({
  number,
  name,
  action,
  text,
}))

const byNumber = new Map(signals.map((row) => [row.number, row]))
const byName = new Map(signals.map((row) => [row.name, row]))
const aliases = new Map([
  ['CLD', 'CHLD'],
  ['POLL', 'IO'],
  ['IOT', 'ABRT'],
])

/** The highest signal number, `_NSIG` - 1. */
export const highestSignal = 64

/** The row of a signal number, or undefined for a real-time signal or a wrong number. */
export function signalByNumber(number: number): SignalRow | undefined {
  return byNumber.get(number)
}

/** The row of a name such as `TERM`, `SIGTERM` or `term`; undefined if there is no such signal. */
export function signalByName(name: string): SignalRow | undefined {
  const bare = name.toUpperCase().replace(/^SIG/, '')
  return byName.get(aliases.get(bare) ?? bare)
}

export const SIGHUP = 1
export const SIGINT = 2
export const SIGQUIT = 3
export const SIGABRT = 6
export const SIGFPE = 8
export const SIGKILL = 9
export const SIGUSR1 = 10
export const SIGSEGV = 11
export const SIGUSR2 = 12
export const SIGPIPE = 13
export const SIGALRM = 14
export const SIGTERM = 15
export const SIGCHLD = 17
export const SIGCONT = 18
export const SIGSTOP = 19
export const SIGTSTP = 20
export const SIGTTIN = 21
export const SIGTTOU = 22
