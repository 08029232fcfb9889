// The commands of ctr that look at containers, tasks, images and namespaces. cmd/ctr/commands of containerd 1.6.
import { alignColumns, type ColumnLayout } from '../../text/columns.ts'
import { bool, type FlagRow, string } from '../../text/flags.ts'
import { writeJson } from '../../text/json.ts'
import type { Command, Invocation } from '../containerd/command-line.ts'
import { runtimeSpec } from '../containerd/oci-spec.ts'
import { EngineError } from '../docker/errors.ts'
import type { Image } from '../docker/images.ts'
import { parseSignal } from '../docker/kill.ts'
import { formatTime } from '../docker/status.ts'
import { fullName } from '../kubernetes/container-runtime.ts'
import type { Program } from '../kernel/system.ts'
import { writeOut } from '../programs/stdio.ts'
import { findRecord, namespaceOf, type Namespaces, type Record, recordsOf } from './context.ts'
import { CtrError } from './errors.ts'
import { type Adaptor, parseFilters } from './filters.ts'

const wide: ColumnLayout = { minimumWidth: 4, padding: 4 }
const narrow: ColumnLayout = { minimumWidth: 1, padding: 1 }
const runtime = 'io.containerd.runc.v2'

function quiet(usage: string): FlagRow {
  return { name: 'quiet', shorthand: 'q', type: bool, usage }
}

/** Rows whose header, and in most tables each row, ends in a tab: the last column is padded too. */
function* table(
  { system }: Invocation,
  rows: readonly (readonly string[])[],
  layout: ColumnLayout,
  options: { openRows?: boolean } = {},
): Program<number> {
  const lines = rows.map((row, index) => `${row.join('\t')}${index === 0 || !options.openRows ? '\t' : ''}\n`)
  yield* writeOut(system, alignColumns(lines.join(''), layout))
  return 0
}

function* lines({ system }: Invocation, texts: readonly string[]): Program<number> {
  yield* writeOut(system, texts.map((text) => `${text}\n`).join(''))
  return 0
}

// --- containers

function adaptorOf({ container, image, labels }: Record): Adaptor {
  const fields: Readonly<{ [path: string]: string }> = { id: container.id, image, 'runtime.name': runtime }
  return ([first = '', ...rest]) => (first === 'labels' ? labels[rest.join('.')] : fields[[first, ...rest].join('.')])
}

function containersCommand(namespaces: Namespaces): Command {
  return {
    names: ['containers', 'c', 'container'],
    usage: 'manage containers',
    commands: [
      {
        names: ['list', 'ls'],
        usage: 'list containers',
        operands: '[filter, ...]',
        flags: [quiet('print only the container id')],
        *run(invocation) {
          const isWanted = parseFilters(invocation.operands)
          const records = recordsOf(namespaces, invocation).filter((record) => isWanted(adaptorOf(record)))
          if (invocation.flags.bool('quiet'))
            return yield* lines(
              invocation,
              records.map(({ container }) => container.id),
            )
          const rows = records.map(({ container, image }) => [container.id, image || '-', runtime])
          return yield* table(invocation, [['CONTAINER', 'IMAGE', 'RUNTIME'], ...rows], wide)
        },
      },
      {
        names: ['info'],
        usage: 'get info about a container',
        operands: 'CONTAINER',
        flags: [{ name: 'spec', type: bool, usage: 'only display the spec' }],
        *run(invocation) {
          if (invocation.operands.length === 0) throw new CtrError('container id must be provided: invalid argument')
          const { container, image, labels } = findRecord(namespaces, invocation, 'container')
          const daemon = namespaces.get(namespaceOf(invocation))?.daemon
          const spec = daemon === undefined ? {} : runtimeSpec(daemon, container)
          const info = {
            ID: container.id,
            Labels: Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))),
            Image: image,
            Runtime: { Name: runtime, Options: { type_url: 'containerd.runc.v1.Options' } },
            SnapshotKey: container.id,
            Snapshotter: 'overlayfs',
            CreatedAt: formatTime(container.created),
            UpdatedAt: formatTime(container.created),
            Extensions: {},
            Spec: spec,
          }
          yield* writeOut(
            invocation.system,
            `${writeJson(invocation.flags.bool('spec') ? spec : info, { indent: '    ', escapeHtml: true })}\n`,
          )
          return 0
        },
      },
      {
        names: ['delete', 'del', 'remove', 'rm'],
        usage: 'delete one or more existing containers',
        operands: 'CONTAINER [CONTAINER, ...]',
        *run(invocation) {
          const { container } = findRecord(namespaces, invocation, 'container')
          if (container.state.running) {
            throw new CtrError('cannot delete a non stopped container: {running 0 0001-01-01 00:00:00 +0000 UTC}')
          }
          yield* invocation.engine.containerRemove(invocation.system, container.id)
          return 0
        },
      },
      { names: ['create'], usage: 'create container' },
      { names: ['label'], usage: 'set and clear labels for a container' },
      { names: ['checkpoint'], usage: 'checkpoint a container' },
      { names: ['restore'], usage: 'restore a container from checkpoint' },
    ],
  }
}

// --- tasks

function tasksCommand(namespaces: Namespaces): Command {
  return {
    names: ['tasks', 't', 'task'],
    usage: 'manage tasks',
    commands: [
      {
        names: ['list', 'ls'],
        usage: 'list tasks',
        flags: [quiet('print only the task id')],
        *run(invocation) {
          const running = recordsOf(namespaces, invocation)
            .map(({ container }) => container)
            .filter(({ task }) => task !== undefined)
          if (invocation.flags.bool('quiet'))
            return yield* lines(
              invocation,
              running.map(({ id }) => id),
            )
          const rows = running.map(({ id, state }) => [id, `${state.pid}`, state.paused ? 'PAUSED' : 'RUNNING'])
          return yield* table(invocation, [['TASK', 'PID', 'STATUS'], ...rows], wide, { openRows: true })
        },
      },
      {
        names: ['kill', 'k'],
        usage: 'signal a container (default: SIGTERM)',
        operands: '[flags] CONTAINER',
        flags: [
          { name: 'signal', shorthand: 's', type: string, usage: 'signal to send to the container' },
          { name: 'exec-id', type: string, usage: 'process ID to kill' },
          { name: 'all', shorthand: 'a', type: bool, usage: 'send signal to all processes inside the container' },
        ],
        run: (invocation) => kill(namespaces, invocation),
      },
      {
        names: ['ps'],
        usage: 'list processes for container',
        operands: 'CONTAINER',
        *run(invocation) {
          const { container } = findRecord(namespaces, invocation, 'task')
          const processes = [...(container.task?.processes(invocation.engine.daemon.kernel) ?? [])]
          const rows = processes.filter(({ state }) => state !== 'Z').map(({ pid }) => [`${pid.global}`, '-'])
          return yield* table(
            invocation,
            [['PID', 'INFO'], ...rows],
            { minimumWidth: 1, padding: 4 },
            { openRows: true },
          )
        },
      },
      {
        names: ['exec'],
        usage: 'execute additional processes in an existing container',
        operands: '[flags] CONTAINER CMD [ARG...]',
        flags: [
          { name: 'cwd', type: string, usage: 'working directory of the new process' },
          { name: 'tty', shorthand: 't', type: bool, usage: 'allocate a TTY for the container' },
          { name: 'detach', shorthand: 'd', type: bool, usage: 'detach from the task after it has started execution' },
          { name: 'exec-id', type: string, usage: 'exec specific id for the process' },
          { name: 'user', type: string, usage: 'user id or name' },
        ],
        run: (invocation) => exec(namespaces, invocation),
      },
      { names: ['attach'], usage: 'attach to the IO of a running container' },
      { names: ['checkpoint'], usage: 'checkpoint a container' },
      { names: ['delete', 'del', 'remove', 'rm'], usage: 'delete one or more tasks' },
      { names: ['pause'], usage: 'pause an existing container' },
      { names: ['resume'], usage: 'resume a paused container' },
      { names: ['start'], usage: 'start a container that has been created' },
      {
        names: ['metrics', 'metric'],
        usage: 'get a single data point of metrics for a task with the built-in Linux runtime',
      },
    ],
  }
}

/** Straight to the process: no kubelet is asked, and none told. */
function* kill(namespaces: Namespaces, invocation: Invocation): Program<number> {
  const { container } = findRecord(namespaces, invocation, 'task')
  const wanted = invocation.flags.text('signal') || container.config.StopSignal || 'SIGTERM'
  const signal = parseSignal(wanted)
  if (signal === undefined) throw new CtrError(`unknown signal ${JSON.stringify(wanted)}`)
  const { kernel, containerd } = invocation.engine.daemon
  const { task } = container
  if (task === undefined) return 0
  const targets = invocation.flags.bool('all') ? [...task.processes(kernel)] : [task.init]
  for (const target of targets) kernel.sendSignal(target, signal, containerd)
  return 0
}

function* exec(namespaces: Namespaces, invocation: Invocation): Program<number> {
  const { system, flags, engine } = invocation
  const [, ...command] = invocation.operands
  const { container } = findRecord(namespaces, invocation, 'task')
  if (!flags.changed('exec-id')) throw new CtrError('exec id must be provided: invalid argument')
  try {
    const { Id } = yield* engine.execCreate(system, container.id, {
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Cmd: command,
      User: flags.text('user'),
      WorkingDir: flags.text('cwd'),
    })
    const stream = yield* engine.execStart(system, Id, { detach: flags.bool('detach') })
    if (stream === undefined) return 0
    while ((yield* stream.copy(system, { stdin: 0, stdout: 1, stderr: 2 })) === 'interrupted');
    return (yield* engine.execInspect(system, Id)).ExitCode ?? 0
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new CtrError(error.message.replace(/^failed to exec in container: failed to start exec "\w+": /, ''))
  }
}

// --- images and namespaces

const manifest = 'application/vnd.docker.distribution.manifest.v2+json'
const managed = 'io.cri-containerd.image=managed'

/** Every image stands there by its names, by its digest if a registry has given it one, and by its id. */
function referencesOf(image: Image): string[] {
  const names = [...image.names].map(fullName)
  const digests = image.local ? [] : names.map((name) => `${name.replace(/:[^:/]*$/, '')}@${image.id}`)
  return [...names, ...digests, image.id]
}

/** In binary units with one digit after the point, whatever the unit: `1.9 MiB`. */
function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  const index = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** index).toFixed(1)} ${units[index]}`
}

function imagesCommand(namespaces: Namespaces): Command {
  return {
    names: ['images', 'image', 'i'],
    usage: 'manage images',
    commands: [
      {
        names: ['list', 'ls'],
        usage: 'list images known to containerd',
        operands: '[flags] [<filter>, ...]',
        flags: [quiet('print only the image refs')],
        *run(invocation) {
          const name = namespaceOf(invocation)
          const engine = name === 'k8s.io' ? namespaces.get(name) : undefined
          const isWanted = parseFilters(invocation.operands)
          const images = (engine?.daemon.images.list() ?? [])
            .flatMap((image) => referencesOf(image).map((reference) => ({ image, reference })))
            .filter(({ reference }) => isWanted(([field]) => (field === 'name' ? reference : undefined)))
            .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
          if (invocation.flags.bool('quiet'))
            return yield* lines(
              invocation,
              images.map(({ reference }) => reference),
            )
          const rows = images.map(({ image, reference }) => [
            reference,
            manifest,
            image.id,
            sizeText(image.size),
            'linux/amd64',
            managed,
          ])
          const header = ['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS']
          return yield* table(invocation, [header, ...rows], narrow)
        },
      },
      { names: ['pull'], usage: 'pull an image from a remote' },
      { names: ['push'], usage: 'push an image to a remote' },
      { names: ['import'], usage: 'import images' },
      { names: ['export'], usage: 'export images' },
      { names: ['tag'], usage: 'tag an image' },
      { names: ['mount'], usage: 'mount an image to a target path' },
      { names: ['delete', 'del', 'remove', 'rm'], usage: 'remove one or more images by reference' },
      { names: ['label'], usage: 'set and clear labels for an image' },
      { names: ['check'], usage: 'check existing images to ensure all content is available locally' },
    ],
  }
}

function namespacesCommand(namespaces: Namespaces): Command {
  return {
    names: ['namespaces', 'namespace', 'ns'],
    usage: 'manage namespaces',
    commands: [
      {
        names: ['list', 'ls'],
        usage: 'list namespaces',
        flags: [quiet('print only the namespace name')],
        *run(invocation) {
          const names = [...namespaces.keys()].toSorted()
          if (invocation.flags.bool('quiet')) return yield* lines(invocation, names)
          return yield* table(invocation, [['NAME', 'LABELS'], ...names.map((name) => [name, ''])], narrow)
        },
      },
      { names: ['create', 'c'], usage: 'create a new namespace' },
      { names: ['remove', 'rm'], usage: 'remove one or more namespaces' },
      { names: ['label'], usage: 'set and clear labels for a namespace' },
    ],
  }
}

/** The whole tool. `runs` by a table: a command without `run` is ctr's, but not simulated. */
export function ctrCommand(namespaces: Namespaces): Command {
  return {
    names: ['ctr'],
    usage: 'an unsupported debug and administrative client for interacting with the containerd daemon',
    flags: [
      { name: 'debug', type: bool, usage: 'enable debug output in logs' },
      {
        name: 'address',
        shorthand: 'a',
        type: string,
        default: '"/run/containerd/containerd.sock"',
        usage: "address for containerd's GRPC server",
      },
      { name: 'timeout', type: string, default: '0s', usage: 'total timeout for ctr commands' },
      { name: 'connect-timeout', type: string, default: '0s', usage: 'timeout for connecting to containerd' },
      {
        name: 'namespace',
        shorthand: 'n',
        type: string,
        default: '"default"',
        usage: 'namespace to use with commands',
      },
      { name: 'version', shorthand: 'v', type: bool, usage: 'print the version' },
    ],
    commands: [
      { names: ['plugins', 'plugin'], usage: 'provides information about containerd plugins' },
      { names: ['version'], usage: 'print the client and server versions', run: version },
      containersCommand(namespaces),
      { names: ['content'], usage: 'manage content' },
      { names: ['events', 'event'], usage: 'display containerd events' },
      imagesCommand(namespaces),
      { names: ['leases'], usage: 'manage leases' },
      namespacesCommand(namespaces),
      { names: ['pprof'], usage: 'provide golang pprof outputs for containerd' },
      { names: ['run'], usage: 'run a container' },
      { names: ['snapshots', 'snapshot'], usage: 'manage snapshots' },
      tasksCommand(namespaces),
      { names: ['install'], usage: 'install a new package' },
      { names: ['oci'], usage: 'OCI tools' },
      { names: ['shim'], usage: 'interact with a shim directly' },
    ],
  }
}

function* version({ system, engine }: Invocation): Program<number> {
  const { components, goVersion } = engine.daemon.parameters
  const { version: number, commit } = components.containerd
  const { id } = engine.daemon
  const uuid = `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 32)}`
  const side = `  Version:  ${number}\n  Revision: ${commit}\n`
  yield* writeOut(system, `Client:\n${side}  Go version: ${goVersion}\n\nServer:\n${side}  UUID: ${uuid}\n`)
  return 0
}
