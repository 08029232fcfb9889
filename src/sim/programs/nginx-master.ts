// The master process of nginx: holds the listening sockets, starts workers and another one for each that dies, and hands
// signals on, https://nginx.org/en/docs/control.html.
import { SIGCHLD, signalByName, signalByNumber } from '../kernel/signal-numbers.ts'
import { type Program, type SignalInfo, SystemCallError, type System } from '../kernel/system.ts'
import { ConfigError } from './nginx-config.ts'
import { type ErrorLog, log } from './nginx-log.ts'
import {
  bindAll,
  type Cycle,
  loadCycle,
  type Listener,
  type NginxOptions,
  openLogs,
  workerCount,
} from './nginx-cycle.ts'
import { work } from './nginx-worker.ts'
import { attempt } from './utility.ts'

interface Worker {
  readonly pid: number
  /** The master's end of the pair. */
  readonly channel: number
  /** Was told to end: no other one takes its place. */
  leaving: boolean
}

/** What signals have asked of this process; master and worker have one each. */
interface Flags {
  quit: boolean
  terminate: boolean
  reload: boolean
  reopen: boolean
  winch: boolean
  childEnded: boolean
}

const noFlags = (): Flags => ({
  quit: false,
  terminate: false,
  reload: false,
  reopen: false,
  winch: false,
  childEnded: false,
})

const number = (name: string): number => signalByName(name)?.number ?? 0

/** What the signals do, by name: the flag in the master, in a worker, and what the log says of it. */
const actions: readonly {
  readonly signal: number
  readonly master?: keyof Flags
  readonly worker?: 'quit' | 'terminate' | 'reopen'
  readonly says: readonly [master: string, worker: string]
}[] = [
  { signal: number('HUP'), master: 'reload', says: [', reconfiguring', ', ignoring'] },
  { signal: number('USR1'), master: 'reopen', worker: 'reopen', says: [', reopening logs', ', reopening logs'] },
  { signal: number('WINCH'), master: 'winch', worker: 'quit', says: ['', ', shutting down'] },
  { signal: number('TERM'), master: 'terminate', worker: 'terminate', says: [', exiting', ', exiting'] },
  { signal: number('INT'), master: 'terminate', worker: 'terminate', says: [', exiting', ', exiting'] },
  { signal: number('QUIT'), master: 'quit', worker: 'quit', says: [', shutting down', ', shutting down'] },
  { signal: number('USR2'), says: [', ignoring', ', ignoring'] },
  { signal: number('IO'), says: ['', ', ignoring'] },
  { signal: SIGCHLD, master: 'childEnded', says: ['', ''] },
]

function* installHandlers(
  system: System,
  who: 0 | 1,
  logOf: () => ErrorLog,
  set: (action: (typeof actions)[number]) => void,
  onChild: () => Program<void>,
): Program<void> {
  for (const action of actions) {
    yield* system.sigaction(action.signal, {
      *handler(signal: number, info: SignalInfo) {
        const sender = info.pid > 0 ? ` from ${info.pid}` : ''
        const name = `SIG${signalByNumber(signal)?.name ?? signal}`
        yield* log(system, logOf(), 'notice', `signal ${signal} (${name}) received${sender}${action.says[who]}`)
        set(action)
        if (signal === SIGCHLD) yield* onChild()
      },
    })
  }
  yield* system.sigaction(number('PIPE'), { handler: 'SIG_IGN' })
}

/** Runs as the master until all workers have been told to end and have ended. */
export function* runMaster(
  system: System,
  options: NginxOptions,
  argv: readonly string[],
  first: Cycle,
  sockets: readonly Listener[],
): Program {
  let cycle = first
  let listeners = sockets
  let workers: Worker[] = []
  const flags = noFlags()
  const ended = new Set<number>()
  const isDaemonized = first.daemonized
  const accepted = { count: 0 }
  const say = (message: string): Program<void> => log(system, cycle.errorLog, 'notice', message)

  yield* system.sigprocmask(
    'SIG_BLOCK',
    actions.map(({ signal }) => signal),
  )
  yield* system.set_arguments([`nginx: master process ${argv.join(' ')}`])
  yield* installHandlers(
    system,
    0,
    () => cycle.errorLog,
    ({ master }) => {
      if (master !== undefined && (master !== 'winch' || isDaemonized)) flags[master] = true
    },
    collect,
  )
  yield* say('start worker processes')
  yield* startWorkers()
  let told: 'quit' | 'terminate' | undefined
  for (;;) {
    yield* attempt(system.sigsuspend([]))
    if (flags.childEnded) {
      flags.childEnded = false
      yield* replaceEnded()
    }
    if (workers.length === 0 && (flags.quit || flags.terminate)) {
      yield* attempt(system.unlink(cycle.pidFile))
      yield* say('exit')
      return 0
    }
    if (flags.terminate && told !== 'terminate') {
      told = 'terminate'
      yield* tell(workers, 'T')
    } else if (flags.quit && told === undefined) {
      told = 'quit'
      yield* tell(workers, 'Q')
      for (const { fd } of listeners) yield* system.close(fd)
    } else if (flags.reload) {
      flags.reload = false
      yield* reconfigure()
    }
    if (flags.reopen) {
      flags.reopen = false
      yield* say('reopening logs')
      yield* reopen(system)
      yield* tell(workers, 'O')
    }
    if (flags.winch) {
      flags.winch = false
      yield* tell(workers, 'Q')
    }
  }

  function* startWorkers(): Program<void> {
    const count = yield* workerCount(system, cycle)
    for (let index = 0; index < count; index++) yield* startWorker()
  }

  function* startWorker(): Program<void> {
    const [own, theirs] = yield* system.socketpair()
    yield* system.fcntl_setown(own)
    const others = workers.map(({ channel }) => channel)
    const pid = yield* system.fork(function* worker(child) {
      yield* child.close(own)
      // Kept open in nginx too: over them workers of one master could reach each other.
      for (const channel of others) yield* attempt(child.close(channel))
      return yield* startWork(child, theirs)
    })
    yield* system.close(theirs)
    workers.push({ pid, channel: own, leaving: false })
    yield* say(`start worker process ${pid}`)
  }

  function* startWork(child: System, channel: number): Program {
    const own = { quit: false, terminate: false, reopen: false }
    const running = cycle
    yield* child.set_arguments(['nginx: worker process'])
    if (running.user !== undefined && (yield* child.getresuid()).effective === 0) {
      const { uid, gid } = running.user
      yield* child.setresgid(gid, gid, gid)
      yield* child.setgroups([gid])
      yield* child.setresuid(uid, uid, uid)
    }
    yield* installHandlers(
      child,
      1,
      () => running.errorLog,
      ({ worker }) => {
        if (worker !== undefined) own[worker] = true
      },
      nobody,
    )
    yield* child.sigprocmask('SIG_SETMASK', [])
    const { site, errorLog, accessLogs } = running
    const { version } = options
    return yield* work(child, { site, errorLog, accessLogs, version, listeners, channel, flags: own, reopen, accepted })
  }

  function* tell(whom: readonly Worker[], letter: string): Program<void> {
    for (const worker of whom) {
      if (worker.leaving && letter === 'Q') continue
      if (letter !== 'O') worker.leaving = true
      yield* attempt(system.write(worker.channel, letter))
    }
  }

  function* collect(): Program<void> {
    for (;;) {
      const result = yield* attempt(system.wait4(-1, { nohang: true }))
      if (result === undefined || result instanceof SystemCallError) return
      ended.add(result.pid)
      const what = `worker process ${result.pid} exited`
      if (result.how === 'signaled') yield* log(system, cycle.errorLog, 'alert', `${what} on signal ${result.status}`)
      else yield* say(`${what} with code ${result.status}`)
    }
  }

  function* replaceEnded(): Program<void> {
    const gone = workers.filter(({ pid }) => ended.has(pid))
    ended.clear()
    workers = workers.filter((worker) => !gone.includes(worker))
    for (const { channel, leaving } of gone) {
      yield* system.close(channel)
      if (!leaving && !flags.quit && !flags.terminate) yield* startWorker()
    }
  }

  function* reconfigure(): Program<void> {
    yield* say('reconfiguring')
    let next: Cycle
    try {
      next = { ...(yield* loadCycle(system, options)), daemonized: isDaemonized }
      listeners = yield* bindAll(system, next, listeners)
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof SystemCallError)) throw error
      yield* log(system, cycle.errorLog, 'emerg', error.message)
      return
    }
    cycle = next
    yield* say('using the "epoll" event method')
    const old = workers
    workers = []
    yield* say('start worker processes')
    yield* startWorkers()
    yield* tell(old, 'Q')
    workers = [...old, ...workers]
  }

  function* reopen(of: System): Program<void> {
    yield* openLogs(of, cycle)
  }
}

function* nobody(): Program<void> {}
