// tar: makes, lists and unpacks archives that are not compressed. tar(1)
import { readTree, statOf, writeTree } from '../docker-cli/archive.ts'
import { readTar, writeTar } from '../docker-cli/tar.ts'
import type { ArchiveEntry } from '../docker/api-types.ts'
import { type Main, type Program, SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readAll, readFile, writeAll, writeError, writeOut } from './stdio.ts'
import { type Call, Failure, type Family, utility } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['c', 'create'] },
  { names: ['x', 'extract', 'get'] },
  { names: ['t', 'list'] },
  { names: ['v', 'verbose'] },
  { names: ['p', 'preserve-permissions'] },
  { names: ['m', 'touch'] },
  { names: ['o', 'no-same-owner'] },
  { names: ['no-same-permissions'] },
  ...['z', 'j', 'J'].map((name) => ({ names: [name] })),
  { names: ['f', 'file'], value: 'required' },
  { names: ['C', 'directory'], value: 'required' },
]

const pointer = "Try 'tar --help' or 'tar --usage' for more information."

/** Old forms begin without a dash: `tar cf x.tar d`. */
function withDash(argv: readonly string[]): readonly string[] {
  const [name = 'tar', first, ...rest] = argv
  return first === undefined || first.startsWith('-') ? argv : [name, `-${first}`, ...rest]
}

export const tarMain = (family: Family): Main =>
  utility(
    family,
    { name: 'tar', options, rewrite: withDash, usageStatus: family === 'gnu' ? 64 : 1, shortName: true },
    function* tar(call) {
      const { has } = call
      if (has('z') || has('j') || has('J')) {
        yield* writeError(call.system, 'pause-lab: the simulated tar does not compress\n')
        return 2
      }
      if (has('c')) return yield* create(call)
      if (has('x') || has('t')) return yield* read(call)
      const modes = `You must specify one of the '-Acdtrux', '--delete' or '--test-label' options`
      yield* writeError(call.system, `tar: ${modes}\n${pointer}\n`)
      return 2
    },
  )

function* create(call: Call): Program {
  const { system, operands, value, has } = call
  if (operands.length === 0)
    throw new Failure(`Cowardly refusing to create an empty archive\n${pointer}`, { status: 2 })
  const directory = value('C')
  const entries: ArchiveEntry[] = []
  let code = 0
  for (const operand of operands) {
    const name = operand.replace(/^\/+/, '') || '.'
    if (operand.startsWith('/')) yield* writeError(system, `tar: Removing leading \`/' from member names\n`)
    const path = directory === undefined || operand.startsWith('/') ? operand : `${directory}/${operand}`
    try {
      entries.push(...(yield* readTree(system, path.replace(/(.)\/$/, '$1'), name.replace(/(.)\/$/, '$1'))))
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      yield* writeError(system, `tar: ${operand}: Cannot stat: ${error.message}\n`)
      code = 2
    }
  }
  const file = value('f') ?? '-'
  if (has('v')) {
    const names = entries.map((entry) => `${shownName(entry)}\n`).join('')
    yield* file === '-' ? writeError(system, names) : writeOut(system, names)
  }
  const bytes = writeTar(entries)
  if (file === '-') yield* writeOut(system, bytes)
  else {
    const fd = yield* system.open(file, ['WRONLY', 'CREAT', 'TRUNC'], 0o666)
    yield* writeAll(system, fd, bytes)
    yield* system.close(fd)
  }
  if (code !== 0) yield* writeError(system, 'tar: Exiting with failure status due to previous errors\n')
  return code
}

function* read(call: Call): Program {
  const { system, operands, value, has } = call
  const entries = yield* archiveOf(call, value('f') ?? '-')
  const isMeant = (entry: ArchiveEntry): boolean =>
    operands.length === 0 || operands.some((each) => entry.name === each || entry.name.startsWith(`${each}/`))
  const meant = entries.filter(isMeant)
  if (has('t') || has('v')) yield* writeOut(system, meant.map((entry) => `${shownName(entry)}\n`).join(''))
  const target = value('C') ?? '.'
  if (has('x')) {
    if ((yield* statOf(system, target))?.type !== 'directory') {
      yield* writeError(
        system,
        `tar: ${target}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n`,
      )
      return 2
    }
    yield* writeTree(system, target, meant)
  }
  const missing = operands.filter((each) => !entries.some(({ name }) => name === each || name.startsWith(`${each}/`)))
  for (const each of missing) yield* writeError(system, `tar: ${each}: Not found in archive\n`)
  if (missing.length > 0) yield* writeError(system, 'tar: Exiting with failure status due to previous errors\n')
  return missing.length > 0 ? 2 : 0
}

function* archiveOf({ system }: Call, file: string): Program<ArchiveEntry[]> {
  let bytes: Uint8Array
  try {
    bytes = file === '-' ? yield* readAll(system, 0) : yield* readFile(system, file)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    throw new Failure(`${file}: Cannot open: ${error.message}\ntar: Error is not recoverable: exiting now`, {
      status: 2,
    })
  }
  try {
    return readTar(bytes)
  } catch {
    const why = 'This does not look like a tar archive\ntar: Exiting with failure status due to previous errors'
    throw new Failure(why, { status: 2 })
  }
}

/** A directory's name ends in a slash. */
function shownName({ name, type }: ArchiveEntry): string {
  return type === 'directory' ? `${name}/` : name
}
