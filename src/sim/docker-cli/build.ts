// `docker build`: sends a directory and its Dockerfile to the engine's classic builder, and prints what that says.
import { int, strings } from '../../text/flags.ts'
import { humanSize } from '../../text/size.ts'
import type { ArchiveEntry } from '../docker/api.ts'
import { BuildFailure } from '../docker/build-failure.ts'
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { readAll, readText } from '../programs/stdio.ts'
import { readTree, statOf } from './archive.ts'
import type { Command } from './command.ts'
import { pairs } from './container-options.ts'
import { StatusError } from './errors.ts'
import { bool, bytesType, type FlagDefinition, list, string, swapType } from './flag-types.ts'
import { ulimit } from './flag-values.ts'
import type { Invocation } from './invocation.ts'
import { referenceProblem } from '../docker/reference.ts'
import type { Release } from './release.ts'
import { tarSize } from './tar.ts'

const noEffect = { noEffect: true } as const

function tagType(release: Release) {
  return {
    name: 'list',
    read: (text: string) => {
      const problem = referenceProblem(release, text)
      if (problem !== undefined) throw new Error(problem)
      return text
    },
  }
}

const flags: readonly FlagDefinition[] = [
  {
    name: 'add-host',
    type: list,
    usage: { '20.10': 'Add a custom host-to-IP mapping (host:ip)', now: 'Add a custom host-to-IP mapping ("host:ip")' },
    ...noEffect,
  },
  { name: 'build-arg', type: list, usage: 'Set build-time variables' },
  { name: 'cache-from', type: strings, usage: 'Images to consider as cache sources', ...noEffect },
  {
    name: 'cgroup-parent',
    type: string,
    usage: {
      '20.10': 'Optional parent cgroup for the container',
      now: 'Set the parent cgroup for the "RUN" instructions during build',
    },
    ...noEffect,
  },
  { name: 'compress', type: bool, usage: 'Compress the build context using gzip' },
  { name: 'cpu-period', type: int, usage: 'Limit the CPU CFS (Completely Fair Scheduler) period', ...noEffect },
  { name: 'cpu-quota', type: int, usage: 'Limit the CPU CFS (Completely Fair Scheduler) quota', ...noEffect },
  { name: 'cpu-shares', shorthand: 'c', type: int, usage: 'CPU shares (relative weight)', ...noEffect },
  { name: 'cpuset-cpus', type: string, usage: 'CPUs in which to allow execution (0-3, 0,1)', ...noEffect },
  { name: 'cpuset-mems', type: string, usage: 'MEMs in which to allow execution (0-3, 0,1)', ...noEffect },
  { name: 'disable-content-trust', type: bool, usage: 'Skip image verification', default: 'true' },
  {
    name: 'file',
    shorthand: 'f',
    type: string,
    usage: {
      '20.10': "Name of the Dockerfile (Default is 'PATH/Dockerfile')",
      now: 'Name of the Dockerfile (Default is "PATH/Dockerfile")',
    },
  },
  { name: 'force-rm', type: bool, usage: 'Always remove intermediate containers', ...noEffect },
  { name: 'iidfile', type: string, usage: 'Write the image ID to the file' },
  { name: 'isolation', type: string, usage: 'Container isolation technology', ...noEffect },
  { name: 'label', type: list, usage: 'Set metadata for an image' },
  { name: 'memory', shorthand: 'm', type: bytesType('suffix'), usage: 'Memory limit', ...noEffect },
  {
    name: 'memory-swap',
    type: swapType('suffix'),
    usage: {
      '20.10': "Swap limit equal to memory plus swap: '-1' to enable unlimited swap",
      now: 'Swap limit equal to memory plus swap: -1 to enable unlimited swap',
    },
    ...noEffect,
  },
  {
    name: 'network',
    type: string,
    usage: 'Set the networking mode for the RUN instructions during build',
    default: 'default',
  },
  { name: 'no-cache', type: bool, usage: 'Do not use cache when building the image' },
  {
    name: 'platform',
    type: string,
    usage: 'Set platform if server is multi-platform capable',
    since: '26.1',
    ...noEffect,
  },
  { name: 'pull', type: bool, usage: 'Always attempt to pull a newer version of the image' },
  { name: 'quiet', shorthand: 'q', type: bool, usage: 'Suppress the build output and print image ID on success' },
  { name: 'rm', type: bool, usage: 'Remove intermediate containers after a successful build', default: 'true' },
  { name: 'security-opt', type: strings, usage: 'Security options', ...noEffect },
  {
    name: 'shm-size',
    type: bytesType('suffix'),
    usage: { '20.10': 'Size of /dev/shm', now: 'Size of "/dev/shm"' },
    ...noEffect,
  },
  { name: 'squash', type: bool, usage: 'Squash newly built layers into a single new layer', ...noEffect },
  {
    name: 'tag',
    shorthand: 't',
    type: tagType,
    usage: {
      '20.10': "Name and optionally a tag in the 'name:tag' format",
      now: 'Name and optionally a tag in the "name:tag" format',
    },
  },
  { name: 'target', type: string, usage: 'Set the target build stage to build.' },
  { name: 'ulimit', type: ulimit, usage: 'Ulimit options', default: '[]', ...noEffect },
]

const deprecation = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            Install the buildx component to build images with BuildKit:
            https://docs.docker.com/go/buildx/

`

export const buildCommand: Command = {
  names: ['image build', 'build', 'builder build'],
  usage: '[OPTIONS] PATH | URL | -',
  summary: 'Build an image from a Dockerfile',
  operands: { least: 1, most: 1 },
  flags,
  notice: ({ release }) => (release === '20.10' ? '' : deprecation),
  *run(invocation) {
    const { flags, system, release } = invocation
    const { context, dockerfile } = yield* prepare(invocation)
    const api = yield* invocation.api('/_ping')
    const quiet = flags.bool('quiet')
    if (!quiet) {
      const size = humanSize(tarSize(context)).padStart(8)
      yield* invocation.out(`Sending build context to Docker daemon ${size}\n`)
    }
    const said: string[] = []
    const say = function* say(text: string): Program<void> {
      if (quiet) said.push(text)
      else yield* invocation.out(text)
    }
    try {
      const network = flags.text('network')
      const id = yield* api.imageBuild(
        system,
        {
          context,
          dockerfile,
          dockerfileName: flags.text('file') || 'Dockerfile',
          tags: flags.list('tag'),
          buildArguments: argumentsOf(invocation),
          labels: pairs(flags.list('label')),
          target: flags.text('target'),
          networkMode: network === 'default' ? '' : network,
          noCache: flags.bool('no-cache'),
          pull: flags.bool('pull'),
          removeContainers: flags.bool('rm'),
          referenceProblem: (reference) => referenceProblem(release, reference),
        },
        say,
      )
      if (quiet) yield* invocation.out(`${id}\n`)
      if (flags.text('iidfile') !== '') yield* writeId(system, flags.text('iidfile'), id)
      return 0
    } catch (error) {
      if (!(error instanceof BuildFailure)) throw error
      if (quiet) yield* invocation.err(said.join(''))
      throw new StatusError(error.message, error.code)
    }
  },
}

/** `--build-arg NAME` takes the client's own value. */
function argumentsOf({ flags, environment }: Invocation): Record<string, string> {
  const entries = flags.list('build-arg').flatMap((text) => {
    const value = text.includes('=') ? text : `${text}=${environment.get(text) ?? ''}`
    return text.includes('=') || environment.has(text) ? [value] : []
  })
  return pairs(entries)
}

interface Prepared {
  readonly context: readonly ArchiveEntry[]
  readonly dockerfile: string
}

/** The context without what .dockerignore names, and the Dockerfile's text. @throws StatusError */
function* prepare(invocation: Invocation): Program<Prepared> {
  const { flags, system } = invocation
  const path = invocation.operand(0)
  const file = flags.text('file')
  const refuse = (why: string) => new StatusError(`unable to prepare context: ${why}`)
  if (path === '-') {
    if (file === '-') throw new StatusError("invalid argument: can't use stdin for both build context and dockerfile")
    const dockerfile = new TextDecoder().decode(yield* readAll(system, 0))
    const content = new TextEncoder().encode(dockerfile)
    const entry = { name: 'Dockerfile', type: 'regular', mode: 0o600, uid: 0, gid: 0, mtime: 0, content } as const
    return { context: [entry], dockerfile }
  }
  if (/^(https?|git):\/\//.test(path)) throw refuse(`the simulated machine has no network to fetch ${path} from`)
  if ((yield* statOf(system, path))?.type !== 'directory') throw refuse(`path ${JSON.stringify(path)} not found`)
  const cwd = yield* system.getcwd()
  const absolute = (name: string) =>
    name.startsWith('/') ? name : `${cwd.replace(/\/$/, '')}/${name.replace(/^\.\//, '')}`
  const dockerfilePath = file === '' ? `${absolute(path).replace(/\/\.?$/, '')}/Dockerfile` : absolute(file)
  let dockerfile: string
  try {
    dockerfile =
      file === '-' ? new TextDecoder().decode(yield* readAll(system, 0)) : yield* readText(system, dockerfilePath)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const why = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
    throw refuse(`unable to evaluate symlinks in Dockerfile path: lstat ${dockerfilePath}: ${why}`)
  }
  const [, ...all] = yield* readTree(system, path, '.')
  const entries = all.map((entry) => ({ ...entry, name: entry.name.replace(/^\.\//, '') }))
  const ignore = entries.find((entry) => entry.name === '.dockerignore')?.content
  const excluded = ignore === undefined ? () => false : ignoreRules(new TextDecoder().decode(ignore))
  const kept = entries.filter(({ name }) => ['Dockerfile', '.dockerignore'].includes(name) || !excluded(name))
  return { context: kept, dockerfile }
}

/** Patterns of .dockerignore: the last one that matches a path, or a directory above it, counts. */
function ignoreRules(text: string): (name: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const keeps = line.startsWith('!')
      const pattern = line.replace(/^!/, '').replace(/^\/+|\/+$/g, '')
      const expression = pattern
        .replaceAll(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('**/', '\u0000')
        .replaceAll('**', '\u0001')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]')
        .replaceAll('\u0000', '(?:.*/)?')
        .replaceAll('\u0001', '.*')
      return { keeps, matches: new RegExp(`^${expression}(?:/.*)?$`) }
    })
  return (name) => {
    const last = rules.findLast(({ matches }) => matches.test(name))
    return last !== undefined && !last.keeps
  }
}

function* writeId(system: System, path: string, id: string): Program<void> {
  const fd = yield* system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], 0o666)
  yield* system.write(fd, id)
  yield* system.close(fd)
}
