// `kubectl diff`: what `apply` would change, told by diff(1) over two directories. pkg/cmd/diff
import type { Program } from '../kernel/system.ts'
import { apiVersionOf } from '../kubernetes/resources.ts'
import { appliedObject, manifestsOf } from './change.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { filename, recursive, selector } from './flags.ts'
import type { Invocation } from './invocation.ts'
import type { Manifest } from './manifests.ts'
import { yamlText } from './output.ts'
import { remove, runProgram, temporaryDirectory, writeFile } from './temporary-files.ts'

export const diffCommand: Command = {
  name: 'diff',
  flags: [filename, recursive, selector],
  *run(invocation) {
    const { flags, operands, system } = invocation
    if (flags.list('filename').length === 0) throw new StatusError('error: must specify one of -f and -k', 2)
    if (operands.length > 0) {
      const args = operands.join(' ')
      throw new StatusError(`error: Unexpected args: [${args}]\nSee 'kubectl diff -h' for help and examples`, 2)
    }
    const manifests = yield* manifestsOf(invocation, 'diff')
    const [live, merged] = [
      yield* temporaryDirectory(system, 'LIVE', invocation.api.uid()),
      yield* temporaryDirectory(system, 'MERGED', invocation.api.uid()),
    ]
    try {
      for (const manifest of manifests) yield* writeBoth(invocation, manifest, live, merged)
      return yield* compare(invocation, live, merged)
    } finally {
      yield* remove(system, live)
      yield* remove(system, merged)
    }
  },
}

function* writeBoth(invocation: Invocation, manifest: Manifest, live: string, merged: string): Program<void> {
  const { system } = invocation
  const { before, after } = appliedObject(invocation, manifest)
  const { resource } = manifest
  const { namespace = '', name } = after.metadata
  const version = apiVersionOf(resource).split('/').toReversed()
  const [first = '', group] = version
  const file = `${group === undefined ? first : `${group}.${first}`}.${resource.kind}.${namespace}.${name}`
  if (before !== undefined) yield* writeFile(system, `${live}/${file}`, yamlText(before), 0o700)
  yield* writeFile(system, `${merged}/${file}`, yamlText(after), 0o700)
}

/** By the program of KUBECTL_EXTERNAL_DIFF; a status above 1 is its failure. */
function* compare({ system, environment }: Invocation, live: string, merged: string): Program<number> {
  const [program = 'diff', ...words] = (environment.get('KUBECTL_EXTERNAL_DIFF') || 'diff -u -N').split(' ')
  const options = words.filter((word) => /^[a-zA-Z0-9-]+$/.test(word))
  const status = yield* runProgram(system, [program, ...options, live, merged], environment)
  if (status === undefined) {
    throw new StatusError(
      `error: failed to run "${program}": exec: "${program}": executable file not found in $PATH`,
      2,
    )
  }
  if (status > 1) throw new StatusError(`error: failed to run "${program}": exit status ${status}`, status)
  return status
}
