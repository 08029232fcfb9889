// `docker create`, and the creation that `docker run` begins with: the image is pulled when it is missing.
import type { ContainerCreateResponse, DockerApi } from '../docker/api.ts'
import { EngineError } from '../docker/errors.ts'
import { type Program, SystemCallError } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { containerFlags } from './container-flags.ts'
import { containerOptions, type ContainerOptions } from './container-options.ts'
import { runError, StatusError } from './errors.ts'
import { type FlagDefinition, string } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import { progressText, withTag } from './pull.ts'
import { checkReference } from './reference.ts'

const pullFlag: FlagDefinition = {
  name: 'pull',
  type: string,
  default: 'missing',
  usage: {
    '20.10': 'Pull image before creating ("always"|"missing"|"never")',
    now: 'Pull image before creating ("always", "|missing", "never")',
  },
}

export const createCommand: Command = {
  names: ['container create', 'create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: 'Create a new container',
  operands: { least: 1 },
  interspersed: false,
  flags: [...containerFlags, pullFlag],
  *run(invocation) {
    const options = yield* checkedOptions(invocation, false)
    const api = yield* invocation.api('/_ping')
    const { Id } = yield* createContainer(invocation, api, options)
    yield* invocation.out(`${Id}\n`)
    return 0
  },
}

/** The options, or the error that docker prints about them. */
export function* checkedOptions(invocation: Invocation, detach: boolean): Program<ContainerOptions> {
  try {
    return yield* containerOptions(invocation, detach)
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    throw runError(invocation.release, invocation.name, error.message, 125, true)
  }
}

/** Creates the container, writes the warnings and the file with the id. Throws EngineError, StatusError. */
export function* createContainer(
  invocation: Invocation,
  api: DockerApi,
  options: ContainerOptions,
): Program<ContainerCreateResponse> {
  const { flags, system } = invocation
  const asked = options.request.Config.Image
  yield* checkPlatform(invocation, flags.text('platform'))
  if (!/^[0-9a-f]{64}$/.test(asked)) checkReference(invocation.release, asked)
  const image = withTag(asked)
  const policy = flags.text('pull')
  if (invocation.release !== '20.10' && policy !== 'always' && policy !== 'missing' && policy !== 'never') {
    throw new StatusError(`invalid pull option: '${policy}': must be one of "always", "missing" or "never"`)
  }
  const cidfile = flags.text('cidfile')
  const file = cidfile === '' ? undefined : yield* openCidFile(invocation, cidfile)
  if (policy === 'always') yield* pullQuietly(invocation, api, image)
  let created: ContainerCreateResponse
  try {
    created = yield* api.containerCreate(system, options.request, flags.text('name') || undefined)
  } catch (error) {
    const missing = error instanceof EngineError && error.status === 404 && error.message.startsWith('No such image')
    if (!missing || policy !== 'missing') throw error
    if (!quiet(invocation)) yield* invocation.err(`Unable to find image '${image}' locally\n`)
    yield* pullQuietly(invocation, api, image)
    created = yield* api.containerCreate(system, options.request, flags.text('name') || undefined)
  }
  for (const warning of created.Warnings) yield* invocation.err(`WARNING: ${warning}\n`)
  if (file !== undefined) {
    yield* system.write(file, created.Id)
    yield* system.close(file)
  }
  return created
}

const platforms = /^(linux\/)?(amd64|x86_64|x86-64)$|^linux$/i
const platformWords = /^(windows|darwin|freebsd|arm64|aarch64|arm|armhf|armel|386|i386|ppc64le|s390x|riscv64)$/i

/** One word has to be a system or an architecture that is known; all images of this machine are of one platform. */
function* checkPlatform(invocation: Invocation, text: string): Program<void> {
  if (text === '' || platforms.test(text)) return
  if (text.includes('/') || platformWords.test(text)) {
    yield* invocation.err('pause-lab: --platform has no effect in the simulated machine\n')
    return
  }
  const why = 'unknown operating system or architecture: invalid argument'
  throw new StatusError(`error parsing specified platform: ${JSON.stringify(text)}: ${why}`)
}

function quiet(invocation: Invocation): boolean {
  return invocation.release !== '20.10' && invocation.flags.bool('quiet')
}

function* pullQuietly(invocation: Invocation, api: DockerApi, image: string): Program<void> {
  const progress = yield* api.imagePull(invocation.system, image)
  if (!quiet(invocation)) yield* invocation.err(progressText(progress))
}

function* openCidFile(invocation: Invocation, path: string): Program<number> {
  try {
    return yield* invocation.system.open(path, ['WRONLY', 'CREAT', 'EXCL'], 0o666)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    if (error.errno !== 'EEXIST') {
      const why = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
      throw new StatusError(`failed to create the container ID file: open ${path}: ${why}`)
    }
    throw new StatusError(`container ID file found, make sure the other container isn't running or delete ${path}`)
  }
}
