// Programs of a few lines each: true, false, yes, seq, tee, basename, dirname, whoami, pwd, nproc, sync.
import type { Main } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { command, ProgramError } from './command.ts'
import { OptionError } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import { BufferedOutput, perror, readSize, writeAll, writeOut } from './stdio.ts'

export const trueMain: Main = function* trueMain() {
  return 0
}

export const falseMain: Main = function* falseMain() {
  return 1
}

export const yes: Main = function* yes(system, argv) {
  const line = `${argv.slice(1).join(' ') || 'y'}\n`
  const block = line.repeat(Math.max(1, Math.ceil(8192 / line.length)))
  try {
    for (;;) yield* writeOut(system, block)
  } catch (error) {
    yield* perror(system, 'yes', 'standard output', error)
    return 1
  }
}

export const seq: Main = function* seqMain(system, argv, environment) {
  // Negative numbers are operands, not options.
  const words = argv.flatMap((word, index) => (index > 0 && /^-[\d.]/.test(word) ? ['--', word] : [word]))
  const firstDashes = words.indexOf('--')
  const cleaned = words.filter((word, index) => word !== '--' || index === firstDashes)
  return yield* runSeq(system, cleaned, environment)
}

const runSeq = command(
  'seq',
  [
    { names: ['s', 'separator'], value: 'required' },
    { names: ['w', 'equal-width'] },
    { names: ['f', 'format'], value: 'required' },
  ],
  function* run({ system, operands, has, value }) {
    if (operands.length === 0) throw new OptionError('missing operand')
    if (operands.length > 3) throw new OptionError(`extra operand '${operands[3]}'`)
    const wrong = operands.find((word) => word.trim() === '' || Number.isNaN(Number(word)))
    if (wrong !== undefined) throw new OptionError(`invalid floating point argument: '${wrong}'`)
    const [first, step, last] =
      operands.length === 1
        ? ['1', '1', operands[0]]
        : operands.length === 2
          ? [operands[0], '1', operands[1]]
          : operands
    if (Number(step) === 0) throw new OptionError("invalid Zero increment value: '0'")
    const digits = Math.max(...[first, step].map((word) => /\.(\d+)/.exec(word ?? '')?.[1]?.length ?? 0))
    const count = Math.floor((Number(last) - Number(first)) / Number(step) + 1e-9) + 1
    const width = has('w') ? Math.max((first ?? '').length, Number(last).toFixed(digits).length) : 0
    const separator = value('s') ?? '\n'
    const output = new BufferedOutput(system)
    for (let index = 0; index < count; index += 1) {
      const text = (Number(first) + index * Number(step)).toFixed(digits)
      const padded = text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')
      yield* output.write((index > 0 ? separator : '') + padded)
    }
    if (count > 0) yield* output.write('\n')
    yield* output.flush()
    return 0
  },
)

export const tee: Main = command(
  'tee',
  [{ names: ['a', 'append'] }, { names: ['i', 'ignore-interrupts'] }],
  function* run({ system, operands, has }) {
    const outputs = [1]
    let status = 0
    for (const path of operands) {
      try {
        outputs.push(yield* system.open(path, ['WRONLY', 'CREAT', has('a') ? 'APPEND' : 'TRUNC']))
      } catch (error) {
        yield* perror(system, 'tee', path, error)
        status = 1
      }
    }
    for (;;) {
      const chunk = yield* system.read(0, readSize)
      if (chunk.length === 0) return status
      for (const fd of outputs) yield* writeAll(system, fd, chunk)
    }
  },
)

export const basename: Main = command(
  'basename',
  [{ names: ['a', 'multiple'] }, { names: ['s', 'suffix'], value: 'required' }, { names: ['z', 'zero'] }],
  function* run({ system, operands, has, value }) {
    const [first, second] = operands
    if (first === undefined) throw new OptionError('missing operand')
    const many = has('a') || has('s')
    if (!many && operands.length > 2) throw new OptionError(`extra operand '${operands[2]}'`)
    const suffix = value('s') ?? (many ? undefined : second)
    for (const path of many ? operands : [first]) {
      const name = path.replace(/\/+$/, '').replace(/^.*\//, '') || (path.startsWith('/') ? '/' : '')
      const bare = suffix && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name
      yield* writeOut(system, `${bare}${has('z') ? '\0' : '\n'}`)
    }
    return 0
  },
)

export const dirname: Main = command('dirname', [{ names: ['z', 'zero'] }], function* run({ system, operands, has }) {
  if (operands.length === 0) throw new OptionError('missing operand')
  for (const path of operands) {
    const bare = path.replace(/\/+$/, '')
    const slash = bare.lastIndexOf('/')
    const directory = slash < 0 ? (bare === '' ? '/' : '.') : bare.slice(0, slash).replace(/\/+$/, '') || '/'
    yield* writeOut(system, `${directory}${has('z') ? '\0' : '\n'}`)
  }
  return 0
})

export const whoami: Main = command('whoami', [], function* run({ system, operands }) {
  if (operands[0] !== undefined) throw new OptionError(`extra operand '${operands[0]}'`)
  const { effective } = yield* system.getresuid()
  const name = (yield* readNameTables(system)).users.get(effective)
  if (name === undefined) throw new ProgramError(`cannot find name for user ID ${effective}`)
  yield* writeOut(system, `${name}\n`)
  return 0
})

export const pwd: Main = command(
  'pwd',
  [{ names: ['L', 'logical'] }, { names: ['P', 'physical'] }],
  function* run({ system }) {
    try {
      yield* writeOut(system, `${yield* system.getcwd()}\n`)
      return 0
    } catch (error) {
      if (error instanceof SystemCallError) throw new ProgramError(`couldn't find directory entry: ${error.message}`)
      throw error
    }
  },
)
