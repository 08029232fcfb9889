// sysctl(8) of procps and of busybox: the settings below /proc/sys by their dotted names.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readText, writeAll, writeError, writeOut } from './stdio.ts'
import { attempt, type Call, type Family, utility, warn } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['a', 'all', 'A', 'X'] },
  { names: ['n', 'values'] },
  { names: ['N', 'names'] },
  { names: ['e', 'ignore'] },
  { names: ['q', 'quiet'] },
  { names: ['w', 'write'] },
  { names: ['b', 'binary'] },
  { names: ['r', 'pattern'], value: 'required' },
  { names: ['p', 'load', 'f'], value: 'optional' },
  { names: ['system'] },
  { names: ['help', 'h', 'd'] },
]

const usage = `
Usage:
 sysctl [options] [variable[=value] ...]

Options:
  -a, --all            display all variables
  -A                   alias of -a
  -X                   alias of -a
      --deprecated     include deprecated parameters to listing
      --dry-run        Print the key and values but do not write
  -b, --binary         print value without new line
  -e, --ignore         ignore unknown variables errors
  -N, --names          print variable names without values
  -n, --values         print only values of the given variable(s)
  -p, --load[=<file>]  read values from file
  -f                   alias of -p
      --system         read values from all system directories
  -r, --pattern <expression>
                       select setting that match expression
  -q, --quiet          do not echo variable set
  -w, --write          enable writing a value to variable
  -o                   does nothing
  -x                   does nothing
  -d                   alias of -h

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see sysctl(8).
`

const pathOf = (name: string) => `/proc/sys/${name.includes('/') ? name : name.replaceAll('.', '/')}`

export const sysctlMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'sysctl',
      options: family === 'gnu' ? options : options.filter(({ names: [name = ''] }) => 'anewqp'.includes(name)),
      shortName: true,
      usage,
      usageStatus: family === 'gnu' ? 0 : 1,
      busyboxUsage:
        "[-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }\n\nShow/set kernel parameters\n\n\t-e\tDon't warn about unknown keys\n\t-n\tDon't show key names\n\t-q\tQuiet\n\t-a\tShow all values\n\t-p\tSet values from FILEs (default /etc/sysctl.conf)\n\t-w\tSet values",
    },
    function* sysctl(call) {
      const { system, has, operands } = call
      if (has('a')) {
        const names = yield* allNames(system, '')
        for (const name of names.toSorted()) yield* show(call, name, true)
        return 0
      }
      if (operands.length === 0) {
        if (family === 'gnu') yield* writeError(system, usage)
        return family === 'gnu' ? 1 : 0
      }
      let status = 0
      for (const operand of operands) {
        const at = operand.indexOf('=')
        if (has('w') && at < 0 && family === 'gnu') {
          status = 1
          continue
        }
        const done =
          at < 0 ? yield* show(call, operand, false) : yield* set(call, operand.slice(0, at), operand.slice(at + 1))
        if (done === 'unknown' && !(has('e') && family === 'gnu')) status = 1
        if (done === 'refused' && family === 'busybox') status = 1
      }
      return status
    },
  )

function* allNames(system: System, below: string): Program<string[]> {
  const fd = yield* system.open(`/proc/sys/${below}`, ['RDONLY', 'DIRECTORY'])
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  const names: string[] = []
  for (const { name, type } of entries) {
    if (name === '.' || name === '..') continue
    const path = below === '' ? name : `${below}/${name}`
    if (type === 'directory') names.push(...(yield* allNames(system, path)))
    else names.push(path.replaceAll('/', '.'))
  }
  return names
}

type Outcome = 'done' | 'unknown' | 'refused'

function* show(call: Call, name: string, quiet: boolean): Program<Outcome> {
  const { system, has } = call
  const text = yield* attempt(readText(system, pathOf(name)))
  if (text instanceof SystemCallError) {
    if (!quiet && !has('e')) yield* complain(call, name, text)
    return 'unknown'
  }
  const shown = name.replaceAll('/', '.')
  if (has('N')) yield* writeOut(system, `${shown}\n`)
  else if (has('b')) yield* writeOut(system, text.trimEnd())
  else yield* writeOut(system, has('n') ? text : `${shown} = ${text}`)
  return 'done'
}

function complain(call: Call, name: string, error: SystemCallError): Program<void> {
  if (call.family === 'busybox') return warn(call, `error: '${name}' is an unknown key`)
  return warn(call, `cannot stat ${pathOf(name)}: ${error.message}`)
}

function* set(call: Call, name: string, value: string): Program<Outcome> {
  const { system, has, family } = call
  const fd = yield* attempt(system.open(pathOf(name), ['WRONLY']))
  if (fd instanceof SystemCallError) {
    const denied = fd.errno === 'EACCES' || fd.errno === 'EROFS'
    if (denied && family === 'gnu') yield* warn(call, `permission denied on key "${name}", ignoring`)
    else if (denied) yield* warn(call, `error setting key '${name}': ${fd.message}`)
    else if (!has('e')) yield* complain(call, name, fd)
    return denied ? 'refused' : 'unknown'
  }
  const failed = yield* attempt(writeAll(system, fd, `${value}\n`))
  yield* system.close(fd)
  if (failed instanceof SystemCallError) {
    yield* warn(
      call,
      family === 'gnu' ? `setting key "${name}": ${failed.message}` : `error setting key '${name}': ${failed.message}`,
    )
    return 'refused'
  }
  if (!has('q')) yield* writeOut(system, has('n') ? `${value}\n` : `${name.replaceAll('/', '.')} = ${value}\n`)
  return 'done'
}
