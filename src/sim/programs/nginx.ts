// nginx, the web server: its command line and its start. https://nginx.org/en/docs/switches.html
import { signalByName } from '../kernel/signal-numbers.ts'
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { ConfigError, type Directive, valuesOf } from './nginx-config.ts'
import {
  bindAll,
  type Cycle,
  type Listener,
  loadCycle,
  type NginxOptions,
  numberOf,
  readConfig,
} from './nginx-cycle.ts'
import { complain, log } from './nginx-log.ts'
import { runMaster } from './nginx-master.ts'
import { readText, writeAll, writeError, writeOut } from './stdio.ts'
import { attempt } from './utility.ts'

interface CommandLine extends NginxOptions {
  readonly help: boolean
  readonly showVersion: boolean
  readonly verbose: boolean
  readonly test: boolean
  readonly dump: boolean
  readonly quiet: boolean
  readonly signal: string | undefined
}

/** What -s sends, by word. */
const signals: Readonly<Record<string, string>> = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' }

const defaultFile = '/etc/nginx/nginx.conf'

const usage = `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /etc/nginx/)
  -e filename   : set error log file (default: /var/log/nginx/error.log)
  -c filename   : set configuration file (default: ${defaultFile})
  -g directives : set global directives out of configuration file

`

/** @param build what differs from release to release: `1.29.3`, and the compiler as its log names it */
export const nginxMain = (build: { readonly version: string; readonly builtBy: string }): Main =>
  function* nginx(system, argv) {
    let line: CommandLine
    try {
      line = readCommandLine(argv.slice(1), build)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      yield* writeError(system, `nginx: ${error.message}\n`)
      return 1
    }
    if (line.help || line.showVersion) {
      const compiled = line.verbose ? `built by ${build.builtBy}\nTLS SNI support enabled\n` : ''
      yield* writeError(system, `nginx version: nginx/${build.version}\n${compiled}${line.help ? usage : ''}`)
      return 0
    }
    if (line.test) return yield* testConfig(system, line)
    try {
      return yield* line.signal === undefined ? start(system, line, argv) : sendSignal(system, line, line.signal)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      yield* refuse(system, error)
      return 1
    }
  }

function readCommandLine(words: readonly string[], build: Pick<NginxOptions, 'version' | 'builtBy'>): CommandLine {
  const letters = new Set<string>()
  const values = new Map<string, string>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-')) throw new ConfigError(`invalid option: "${word}"`)
    for (let index = 1; index < word.length; index++) {
      const letter = word[index] ?? ''
      if ('?hvVtTq'.includes(letter)) {
        letters.add(letter)
        continue
      }
      if (!'specg'.includes(letter)) throw new ConfigError(`invalid option: "${letter}"`)
      const value = word.slice(index + 1) || words[++at]
      if (value === undefined) throw new ConfigError(`option "-${letter}" requires ${wanted[letter]}`)
      if (letter === 's' && !(value in signals)) throw new ConfigError(`invalid option: "-s ${value}"`)
      values.set(letter, value)
      break
    }
  }
  const file = values.get('c') ?? defaultFile
  return {
    ...build,
    help: letters.has('h') || letters.has('?'),
    showVersion: letters.has('v') || letters.has('V'),
    verbose: letters.has('V'),
    test: letters.has('t') || letters.has('T'),
    dump: letters.has('T'),
    quiet: letters.has('q'),
    signal: values.get('s'),
    file: file.startsWith('/') ? file : `/etc/nginx/${file}`,
    globals: values.get('g') ?? '',
  }
}

const wanted: Readonly<Record<string, string>> = {
  c: 'file name',
  e: 'file name',
  g: 'parameter',
  p: 'directory name',
  s: 'parameter',
}

function* refuse(system: System, error: ConfigError): Program<void> {
  // Not only a wrong configuration, every failure of the start stands in the log that is open until then.
  const fd = yield* attempt(system.open('/var/log/nginx/error.log', ['WRONLY', 'CREAT', 'APPEND', 'CLOEXEC'], 0o644))
  yield* complain(system, fd instanceof SystemCallError ? undefined : { fd, level: 'notice' }, 'emerg', error.message)
  if (error.lacking !== undefined) {
    yield* writeError(system, `pause-lab: nginx has "${error.lacking}", this simulation of it has not\n`)
  }
}

function* testConfig(system: System, line: CommandLine): Program {
  try {
    yield* loadCycle(system, line)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    yield* refuse(system, error)
    yield* writeError(system, `nginx: configuration file ${line.file} test failed\n`)
    return 1
  }
  if (!line.quiet) {
    yield* writeError(
      system,
      `nginx: the configuration file ${line.file} syntax is ok\nnginx: configuration file ${line.file} test is successful\n`,
    )
  }
  if (line.dump) {
    const files = new Set([line.file, ...(yield* readConfig(system, line)).flatMap(filesIn)])
    for (const file of files) {
      yield* writeOut(system, `# configuration file ${file}:\n${yield* readText(system, file)}\n`)
    }
  }
  return 0
}

function filesIn({ file, block }: Directive): string[] {
  return [file, ...block.flatMap(filesIn)].filter((each) => each !== 'command line')
}

/** `nginx -s WORD`: to the process that the file with the master's PID names. */
function* sendSignal(system: System, line: CommandLine, word: string): Program {
  const directives = yield* readConfig(system, line)
  const { errorLog } = yield* loadCycle(system, line)
  yield* log(system, errorLog, 'notice', 'signal process started')
  const file = valuesOf(directives, 'pid')?.[0] ?? '/run/nginx.pid'
  const text = yield* attempt(readText(system, file))
  if (text instanceof SystemCallError) {
    yield* complain(system, errorLog, 'error', `open() "${file}" failed (${numberOf(text)}: ${text.message})`)
    return 1
  }
  const pid = Number(text.trim())
  if (!(pid > 0)) {
    yield* complain(system, errorLog, 'error', `invalid PID number "${text.trim()}" in "${file}"`)
    return 1
  }
  const sent = yield* attempt(system.kill(pid, signalByName(signals[word] ?? 'TERM')?.number ?? 15))
  if (!(sent instanceof SystemCallError)) return 0
  yield* complain(
    system,
    errorLog,
    'alert',
    `kill(${pid}, ${signalByName(signals[word] ?? '')?.number}) failed (${numberOf(sent)}: ${sent.message})`,
  )
  return 1
}

function* start(system: System, line: CommandLine, argv: readonly string[]): Program {
  const cycle = yield* loadCycle(system, line)
  let listeners: readonly Listener[]
  try {
    listeners = yield* bindAll(system, cycle, [])
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    yield* complain(system, cycle.errorLog, 'emerg', error.message)
    return 1
  }
  const say = (message: string): Program<void> => log(system, cycle.errorLog, 'notice', message)
  const { release } = yield* system.uname()
  const { soft, hard } = yield* system.getrlimit('NOFILE')
  yield* say('using the "epoll" event method')
  yield* say(`nginx/${line.version}`)
  yield* say(`built by ${line.builtBy}`)
  yield* say(`OS: Linux ${release}`)
  yield* say(`getrlimit(RLIMIT_NOFILE): ${soft}:${hard}`)
  if (!cycle.daemonized) return yield* lead(system, line, argv, cycle, listeners)
  yield* system.fork(function* daemon(child) {
    yield* child.setsid()
    const empty = yield* child.open('/dev/null', ['RDWR'])
    yield* child.dup2(empty, 0)
    yield* child.dup2(empty, 1)
    yield* child.close(empty)
    return yield* lead(child, line, argv, cycle, listeners)
  })
  return 0
}

function* lead(
  system: System,
  line: CommandLine,
  argv: readonly string[],
  cycle: Cycle,
  listeners: readonly Listener[],
): Program {
  const fd = yield* attempt(system.open(cycle.pidFile, ['RDWR', 'CREAT', 'TRUNC', 'CLOEXEC'], 0o644))
  if (fd instanceof SystemCallError) {
    yield* complain(
      system,
      cycle.errorLog,
      'emerg',
      `open() "${cycle.pidFile}" failed (${numberOf(fd)}: ${fd.message})`,
    )
    return 1
  }
  yield* writeAll(system, fd, `${yield* system.getpid()}\n`)
  yield* system.close(fd)
  return yield* runMaster(system, line, argv, cycle, listeners)
}
