// `docker build`: the classic builder. Each instruction makes an image on top of the last one, or finds it made before.
import type { ArchiveEntry, BuildRequest } from './api-types.ts'
import type { DockerApi } from './api.ts'
import { unpack } from './archive.ts'
import { copyFiles, describeSources, type Source } from './build-copy.ts'
import { BuildFailure, digestOf } from './build-failure.ts'
import { copyOf, commitContainer } from './commit.ts'
import type { Daemon } from './daemon.ts'
import { parseDockerfile, type Instruction, substitute } from './dockerfile.ts'
import { commandOf, configInstructions, jsonList, pairsOf, shellOf, wordsOf } from './dockerfile-config.ts'
import { EngineError } from './errors.ts'
import type { Image, ImageConfig } from './images.ts'
import type { Program, System } from '../kernel/system.ts'
import { memoryFileSystem } from '../kernel/memory-file-system.ts'
import type { DirectoryInode } from '../kernel/vfs.ts'

/** Where the builder's lines go. */
export type Say = (text: string) => Program<void>

/** One FROM and what follows it. */
interface Stage {
  readonly name: string
  image: Image | undefined
  config: ImageConfig
  author: string
}

/** Images by what they were made of: their parent's id and the instruction. */
const caches = new WeakMap<Daemon, Map<string, Image>>()

export class Builder {
  readonly #daemon: Daemon
  readonly #api: DockerApi
  readonly #system: System
  readonly #request: BuildRequest
  readonly #say: Say
  readonly #stages: Stage[] = []
  readonly #context: DirectoryInode
  /** ARG before the first FROM. */
  readonly #globals = new Map<string, string>()
  #arguments = new Map<string, string>()
  readonly #consumed = new Set<string>()
  readonly #cache: Map<string, Image>

  constructor(daemon: Daemon, api: DockerApi, system: System, request: BuildRequest, say: Say) {
    this.#daemon = daemon
    this.#api = api
    this.#system = system
    this.#request = request
    this.#say = say
    this.#cache = caches.get(daemon) ?? new Map<string, Image>()
    caches.set(daemon, this.#cache)
    this.#context = treeOf(daemon, request.context)
  }

  /** Gives the id of what was built. @throws BuildFailure, EngineError */
  *run(): Program<string> {
    const { words } = this.#daemon
    const instructions = parseDockerfile(this.#request.dockerfile, this.#request.dockerfileName, words)
    const wanted = this.#upToTarget(instructions)
    const steps = wanted.length + (this.#labels().length > 0 ? 1 : 0)
    for (const [index, instruction] of wanted.entries()) {
      yield* this.#say(`Step ${index + 1}/${steps} : ${instruction.original}\n`)
      yield* this.#step(instruction)
    }
    if (this.#labels().length > 0) yield* this.#labelStep(steps)
    const image = this.#stages.at(-1)?.image
    if (image === undefined) throw new BuildFailure('No image was generated. Is your Dockerfile empty?')
    const unused = Object.keys(this.#request.buildArguments).filter((name) => !this.#consumed.has(name))
    if (unused.length > 0)
      yield* this.#say(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`)
    yield* this.#say(`Successfully built ${shortId(image)}\n`)
    for (const name of this.#request.tags) {
      this.#daemon.images.tag(image, name)
      yield* this.#say(`Successfully tagged ${/:[^/]*$/.test(name) ? name : `${name}:latest`}\n`)
    }
    return image.id
  }

  /** The instructions up to the stage that --target names. */
  #upToTarget(instructions: readonly Instruction[]): readonly Instruction[] {
    const { target } = this.#request
    if (target === '') return instructions
    let stage = -1
    let found = false
    for (const [index, instruction] of instructions.entries()) {
      if (instruction.name !== 'FROM') continue
      if (found) return instructions.slice(0, index)
      stage++
      found = wordsOf(instruction.rest)[2]?.toLowerCase() === target.toLowerCase() || `${stage}` === target
    }
    if (found) return instructions
    const old = this.#daemon.words === '20.10'
    throw new EngineError(
      400,
      old ? `failed to reach build target ${target} in Dockerfile` : `target stage "${target}" could not be found`,
    )
  }

  #labels(): [string, string][] {
    return Object.entries(this.#request.labels)
  }

  *#labelStep(step: number): Program<void> {
    const text = `LABEL ${this.#labels()
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`
    yield* this.#say(`Step ${step}/${step} : ${text}\n`)
    const stage = this.#stage()
    const config = { ...stage.config, Labels: { ...stage.config.Labels, ...this.#request.labels } }
    yield* this.#configStep(stage, config, `#(nop)  ${text}`)
  }

  *#step(instruction: Instruction): Program<void> {
    switch (instruction.name) {
      case 'FROM':
        return yield* this.#from(instruction)
      case 'ARG':
        return yield* this.#argument(instruction)
      case 'RUN':
        return yield* this.#runStep(instruction)
      case 'COPY':
      case 'ADD':
        return yield* this.#copy(instruction)
      case 'MAINTAINER': {
        const stage = this.#stage()
        stage.author = instruction.rest
        return yield* this.#configStep(stage, stage.config, `#(nop)  MAINTAINER ${instruction.rest}`)
      }
      default:
        return yield* this.#configure(instruction)
    }
  }

  #stage(): Stage {
    const stage = this.#stages.at(-1)
    if (stage === undefined) throw new BuildFailure('no build stage in current context')
    return stage
  }

  *#from({ rest }: Instruction): Program<void> {
    const [reference = '', , alias = ''] = wordsOf(substitute(rest, this.#globals))
    this.#arguments = new Map()
    const before = this.#stages.find((stage) => stage.name !== '' && stage.name === reference.toLowerCase())
    const image = before?.image ?? (reference === 'scratch' ? undefined : yield* this.#baseImage(reference))
    const config = { ...image?.config }
    this.#stages.push({ name: alias.toLowerCase(), image, config, author: image?.author ?? '' })
    yield* this.#say(` ---> ${image === undefined ? '' : shortId(image)}\n`)
    const triggers = config.OnBuild ?? []
    if (triggers.length === 0) return
    const stage = this.#stage()
    stage.config = withoutTriggers(stage.config)
    yield* this.#say(`# Executing ${triggers.length} build trigger${triggers.length === 1 ? '' : 's'}\n`)
    for (const trigger of triggers) {
      const [instruction] = parseDockerfile(`FROM scratch\n${trigger}`, 'ONBUILD', this.#daemon.words).slice(1)
      if (instruction !== undefined) yield* this.#step(instruction)
    }
  }

  *#baseImage(reference: string): Program<Image> {
    const known = this.#daemon.images.find(reference)
    if (known !== undefined && !this.#request.pull) return known
    const problem = this.#request.referenceProblem(reference)
    if (problem !== undefined) throw new BuildFailure(problem)
    try {
      for (const { id, status } of yield* this.#api.imagePull(this.#system, reference)) {
        yield* this.#say(`${id === undefined || id === '' ? '' : `${id}: `}${status}\n`)
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      throw new BuildFailure(error.message)
    }
    return this.#daemon.images.get(reference)
  }

  *#argument({ rest }: Instruction): Program<void> {
    const [name = '', preset] = substitute(rest, this.#variables()).split(/=(.*)/s)
    const given = this.#request.buildArguments[name]
    if (given !== undefined) this.#consumed.add(name)
    const plain = preset === undefined ? undefined : wordsOf(preset)[0]
    const value = given ?? plain ?? this.#globals.get(name)
    if (this.#stages.length === 0) {
      if (value !== undefined) this.#globals.set(name, value)
      return
    }
    if (value !== undefined) this.#arguments.set(name, value)
    const stage = this.#stage()
    yield* this.#configStep(stage, stage.config, `#(nop)  ARG ${rest}`)
  }

  /** What `$NAME` means: arguments, and above them the image's variables. */
  #variables(): ReadonlyMap<string, string> {
    const stage = this.#stages.at(-1)
    if (stage === undefined) return this.#globals
    const environment = (stage.config.Env ?? []).map((entry) => entry.split(/=(.*)/s).slice(0, 2) as [string, string])
    return new Map([...this.#arguments, ...environment])
  }

  *#configure({ name, flags, rest }: Instruction): Program<void> {
    const stage = this.#stage()
    const plain = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL', 'ONBUILD'].includes(name)
    const text = plain ? rest : substitute(rest, this.#variables())
    const apply = configInstructions[name]
    if (apply === undefined) return
    let config: ImageConfig
    try {
      config = apply(stage.config, { name, flags, rest: text }, this.#daemon.words)
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      throw new BuildFailure(error.message)
    }
    const blanks = name === 'WORKDIR' ? ' ' : '  '
    yield* this.#configStep(
      stage,
      config,
      `#(nop)${blanks}${name} ${shownArguments(name, text, config)}`,
      name === 'WORKDIR',
    )
  }

  /** A step that changes what the image says, and at most makes its working directory. */
  *#configStep(stage: Stage, config: ImageConfig, what: string, makesDirectory = false): Program<void> {
    const createdBy = `/bin/sh -c ${what}`
    if (yield* this.#cached(stage, createdBy)) {
      stage.config = config
      return
    }
    const container = this.#daemon.kernel.random.hex(12)
    yield* this.#say(` ---> Running in ${container}\n`)
    yield* this.#removed(container)
    let root = stage.image?.root() ?? memoryFileSystem({ type: 'overlay', time: this.#daemon.now() })
    if (makesDirectory) {
      root = copyOf(this.#daemon, root)
      const base = { mode: 0o755, uid: 0, gid: 0, mtime: this.#daemon.now() }
      const directory: ArchiveEntry = { name: (config.WorkingDir ?? '/').slice(1), type: 'directory', ...base }
      if (directory.name !== '') unpack(root, [directory], this.#daemon.process, this.#daemon.now())
    }
    stage.config = config
    yield* this.#made(stage, createdBy, 0, root)
  }

  *#removed(container: string): Program<void> {
    if (!this.#request.removeContainers) return
    const old = this.#daemon.words === '20.10'
    yield* this.#say(
      old ? `Removing intermediate container ${container}\n` : ` ---> Removed intermediate container ${container}\n`,
    )
  }

  *#cached(stage: Stage, what: string): Program<boolean> {
    const key = `${stage.image?.id ?? ''}\n${what}`
    const found = this.#request.noCache ? undefined : this.#cache.get(key)
    if (found === undefined || this.#daemon.images.find(found.id) !== found) return false
    yield* this.#say(` ---> Using cache\n ---> ${shortId(found)}\n`)
    stage.image = found
    return true
  }

  *#made(stage: Stage, what: string, bytes: number, root: DirectoryInode): Program<void> {
    const { config, author, image: parent } = stage
    const made = { names: [], config, author, createdBy: what, bytes, root: () => root }
    const image = this.#daemon.images.create({ ...made, parent })
    this.#cache.set(`${parent?.id ?? ''}\n${what}`, image)
    stage.image = image
    yield* this.#say(` ---> ${shortId(image)}\n`)
  }

  *#runStep({ rest }: Instruction): Program<void> {
    const stage = this.#stage()
    const command = rest === '' ? [...shellOf(stage.config)] : commandOf(stage.config, rest)
    const used = [...this.#arguments].map(([name, value]) => `${name}=${value}`)
    const createdBy = `${used.length === 0 ? '' : `|${used.length} ${used.join(' ')} `}${command.join(' ')}`
    if (yield* this.#cached(stage, createdBy)) return
    if (stage.image === undefined) throw new BuildFailure(`No image was generated. Is your Dockerfile empty?`)
    const { Id } = yield* this.#api.containerCreate(this.#system, {
      Config: {
        Image: stage.image.id,
        Cmd: command.length === 0 ? [''] : command,
        Entrypoint: [''],
        Env: [...(stage.config.Env ?? []), ...used],
        User: stage.config.User ?? '',
        WorkingDir: stage.config.WorkingDir ?? '',
        AttachStdout: true,
        AttachStderr: true,
      },
      ...(this.#request.networkMode !== '' && { HostConfig: { NetworkMode: this.#request.networkMode } }),
    })
    yield* this.#say(` ---> Running in ${Id.slice(0, 12)}\n`)
    const code = yield* this.#runContainer(Id)
    if (code !== 0) {
      const shown = jsonList(rest) === undefined ? [...shellOf(stage.config), ...(rest === '' ? [] : [rest])] : command
      throw new BuildFailure(`The command '${shown.join(' ')}' returned a non-zero code: ${code}`, code)
    }
    const container = this.#daemon.get(Id)
    const { config, author } = stage
    const image = commitContainer(this.#daemon, container, { names: [], config, author, createdBy })
    this.#cache.set(`${stage.image.id}\n${createdBy}`, image)
    if (this.#request.removeContainers) yield* this.#api.containerRemove(this.#system, Id)
    yield* this.#removed(Id.slice(0, 12))
    stage.image = image
    yield* this.#say(` ---> ${shortId(image)}\n`)
  }

  /** Its output as it comes, errors in red; gives its exit code. */
  *#runContainer(id: string): Program<number> {
    const stream = yield* this.#api.containerAttach(this.#system, id, { stdout: true, stderr: true })
    const wait = yield* this.#api.containerWait(this.#system, id, 'next-exit')
    try {
      yield* this.#api.containerStart(this.#system, id)
    } catch (error) {
      stream.close()
      if (!(error instanceof EngineError)) throw error
      throw new BuildFailure(error.message)
    }
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
    for (let frame = yield* stream.next(this.#system); frame !== undefined; frame = yield* stream.next(this.#system)) {
      const text = decoders[frame.stream].decode(frame.data, { stream: true })
      yield* this.#say(frame.stream === 'stderr' ? `\u001B[91m${text}\u001B[0m` : text)
    }
    return (yield* wait.result(this.#system)).StatusCode
  }

  *#copy(instruction: Instruction): Program<void> {
    const stage = this.#stage()
    const { name, flags } = instruction
    const text = substitute(instruction.rest, this.#variables())
    const parts = jsonList(text) ?? wordsOf(text)
    const target = parts.at(-1) ?? '/'
    const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length)
    const root = from === undefined ? this.#context : yield* this.#sourceRoot(from)
    const reader = this.#daemon.process
    const sources: Source[] = describeSources(name, root, parts.slice(0, -1), reader, from === undefined)
    const digest = sources.map((source) => source.digest).join(',')
    const [only] = sources
    const shown =
      sources.length === 1 && only !== undefined ? `${only.kind}:${only.digest}` : `multi:${digestOf(digest)}`
    const createdBy = `/bin/sh -c #(nop) ${name} ${shown} in ${target} `
    if (yield* this.#cached(stage, createdBy)) return
    const base = stage.image?.root() ?? memoryFileSystem({ type: 'overlay', time: this.#daemon.now() })
    const made = copyOf(this.#daemon, base)
    const bytes = copyFiles(made, sources, target, {
      directory: stage.config.WorkingDir ?? '/',
      chown: flags.find((flag) => flag.startsWith('--chown='))?.slice('--chown='.length),
      reader,
      time: this.#daemon.now(),
    })
    yield* this.#made(stage, createdBy, bytes, made)
  }

  *#sourceRoot(from: string): Program<DirectoryInode> {
    const stage = /^\d+$/.test(from)
      ? this.#stages[Number(from)]
      : this.#stages.find((each) => each.name === from.toLowerCase())
    if (stage !== undefined) return stage.image?.root() ?? memoryFileSystem({ type: 'overlay', time: 0 })
    try {
      return (yield* this.#baseImage(from)).root()
    } catch (error) {
      if (!(error instanceof BuildFailure)) throw error
      throw new BuildFailure(`invalid from flag value ${from}: ${error.message}`)
    }
  }
}

function treeOf(daemon: Daemon, entries: readonly ArchiveEntry[]): DirectoryInode {
  const root = memoryFileSystem({ type: 'tmpfs', time: daemon.now() })
  unpack(root, entries, daemon.process, daemon.now())
  return root
}

function withoutTriggers(config: ImageConfig): ImageConfig {
  const copy = { ...config }
  delete copy.OnBuild
  return copy
}

function shortId(image: Image): string {
  return image.id.slice(7, 19)
}

/** An instruction's arguments as `docker history` shows them: Go's way to print lists. */
function shownArguments(name: string, text: string, config: ImageConfig): string {
  const quoted = (list: readonly string[] | null | undefined) =>
    `[${(list ?? []).map((item) => JSON.stringify(item)).join(' ')}]`
  switch (name) {
    case 'CMD':
      return quoted(config.Cmd)
    case 'ENTRYPOINT':
      return quoted(config.Entrypoint)
    case 'ENV':
    case 'LABEL':
      return pairsOf(text)
        .map(([key, value]) => `${key}=${value}`)
        .join(' ')
    case 'VOLUME':
    case 'SHELL':
      return `[${(jsonList(text) ?? wordsOf(text)).join(' ')}]`
    default:
      return text
  }
}
