// mkdir(1), rmdir(1) and mktemp(1).
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { isDirectory } from './file-tree.ts'
import { applyMode } from './mode-words.ts'
import { writeOut } from './stdio.ts'
import { attempt, Failure, type Family, misuse, utility, warn } from './utility.ts'

const mkdirOptions = [
  { names: ['p', 'parents'] },
  { names: ['m', 'mode'], value: 'required' },
  { names: ['v', 'verbose'] },
] as const

export const mkdirMain = (family: Family): Main =>
  utility(
    family,
    { name: 'mkdir', options: mkdirOptions, synopsis: '[OPTION]... DIRECTORY...' },
    function* mkdir(call) {
      const { system, has, value, operands } = call
      if (operands.length === 0) throw misuse('missing operand')
      const words = value('m')
      const mode = words === undefined ? undefined : applyMode(words, 0o777, 'directory', 0)
      if (words !== undefined && mode === undefined) {
        throw new Failure(family === 'gnu' ? `invalid mode ${call.quote(words)}` : `invalid mode '${words}'`)
      }
      let status = 0
      for (const path of operands) {
        const failed = yield* attempt(has('p') ? makeAll(system, path) : system.mkdir(path, 0o777))
        if (failed instanceof SystemCallError) {
          const what =
            family === 'gnu' ? `cannot create directory ${call.quote(path)}` : `can't create directory '${path}'`
          yield* warn(call, `${what}: ${failed.message}`)
          status = 1
          continue
        }
        if (mode !== undefined) yield* system.chmod(path, mode)
        if (has('v')) yield* writeOut(system, `mkdir: created directory '${path}'\n`)
      }
      return status
    },
  )

/** The directory and what is missing above it. */
function* makeAll(system: System, path: string): Program<void> {
  const parts = path.split('/')
  for (let length = 1; length <= parts.length; length++) {
    const part = parts.slice(0, length).join('/')
    if (part === '' || (yield* isDirectory(system, part))) continue
    yield* system.mkdir(part, 0o777)
  }
}

const rmdirOptions = [
  { names: ['p', 'parents'] },
  { names: ['v', 'verbose'] },
  { names: ['ignore-fail-on-non-empty'] },
] as const

export const rmdirMain = (family: Family): Main =>
  utility(
    family,
    { name: 'rmdir', options: rmdirOptions, synopsis: '[OPTION]... DIRECTORY...' },
    function* rmdir(call) {
      const { system, has, operands } = call
      if (operands.length === 0) throw misuse('missing operand')
      let status = 0
      for (const path of operands) {
        for (let at = path.replace(/\/+$/, ''); at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
          const failed = yield* attempt(system.rmdir(at))
          if (failed instanceof SystemCallError) {
            if (failed.errno === 'ENOTEMPTY' && has('ignore-fail-on-non-empty')) break
            yield* warn(call, `${family === 'gnu' ? `failed to remove '${at}'` : `'${at}'`}: ${failed.message}`)
            status = 1
            break
          }
          if (has('v')) yield* writeOut(system, `rmdir: removing directory, '${at}'\n`)
          if (!has('p')) break
        }
      }
      return status
    },
  )

const mktempOptions = [
  { names: ['d', 'directory'] },
  { names: ['u', 'dry-run'] },
  { names: ['q', 'quiet'] },
  { names: ['t'] },
  { names: ['p'], value: 'required' },
  { names: ['tmpdir'], value: 'optional' },
  { names: ['suffix'], value: 'required' },
] as const

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const mktempMain = (family: Family): Main =>
  utility(
    family,
    { name: 'mktemp', options: mktempOptions, synopsis: '[OPTION]... [TEMPLATE]' },
    function* mktemp(call) {
      const { system, has, value, operands, environment } = call
      if (operands[1] !== undefined) throw misuse('too many templates')
      const template = (operands[0] ?? (family === 'gnu' ? 'tmp.XXXXXXXXXX' : 'tmp.XXXXXX')) + (value('suffix') ?? '')
      const places = /X{3,}(?=[^X]*$)/.exec(template)
      if (places === null || (family === 'busybox' && !/X{6}$/.test(template))) {
        throw new Failure(
          family === 'gnu' ? `too few X's in template ${call.quote(template)}` : '(null): Invalid argument',
        )
      }
      const inTemporary = operands[0] === undefined || has('t') || has('p') || has('tmpdir')
      const directory = value('p') || value('tmpdir') || environment.get('TMPDIR') || '/tmp'
      for (let tries = 0; tries < 100; tries++) {
        const random = yield* randomName(system, places[0].length)
        const name = template.slice(0, places.index) + random + template.slice(places.index + places[0].length)
        const path = inTemporary ? `${directory}/${name}` : name
        const made = yield* attempt(has('d') ? system.mkdir(path, 0o700) : makeFile(system, path))
        if (made instanceof SystemCallError) {
          if (made.errno === 'EEXIST') continue
          const what = has('d') ? 'directory' : 'file'
          throw new Failure(
            family === 'gnu'
              ? `failed to create ${what} via template ${call.quote(inTemporary ? `${directory}/${template}` : template)}: ${made.message}`
              : `${inTemporary ? `${directory}/` : ''}${template}: ${made.message}`,
          )
        }
        if (has('u')) yield* has('d') ? system.rmdir(path) : system.unlink(path)
        yield* writeOut(system, `${path}\n`)
        return 0
      }
      return 1
    },
  )

function* makeFile(system: System, path: string): Program<void> {
  yield* system.close(yield* system.open(path, ['RDWR', 'CREAT', 'EXCL'], 0o600))
}

function* randomName(system: System, length: number): Program<string> {
  const fd = yield* system.open('/dev/urandom')
  const bytes = yield* system.read(fd, length)
  yield* system.close(fd)
  return [...bytes].map((byte) => letters[byte % letters.length]).join('')
}
