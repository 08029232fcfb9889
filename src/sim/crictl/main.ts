// crictl, the command line of the CRI: what the kubelet asks of the runtime, typed by hand. kubernetes-sigs/cri-tools 1.26
import { bool, string } from '../../text/flags.ts'
import { writeJson } from '../../text/json.ts'
import { type Command, type Invocation, readCommandLine, UsageError } from '../containerd/command-line.ts'
import type { DockerEngine } from '../docker/engine.ts'
import { pauseImage } from '../kubernetes/container-request.ts'
import type { Main, Program } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import * as containers from './containers.ts'
import { CrictlError } from './context.ts'
import { imagesCommand, podsCommand, psCommand, statsCommand } from './lists.ts'

const version = 'v1.26.1'

/** Microseconds that a start of crictl and its connection take. */
const startUp = 25_000

/** In the order of `crictl --help`. */
const crictlCommand = (runtime: string): Command => ({
  names: ['crictl'],
  usage: 'client for CRI',
  flags: [
    {
      name: 'config',
      shorthand: 'c',
      type: string,
      default: '"/etc/crictl.yaml"',
      usage: 'Location of the client config file',
    },
    { name: 'debug', shorthand: 'D', type: bool, usage: 'Enable debug mode' },
    { name: 'image-endpoint', shorthand: 'i', type: string, usage: 'Endpoint of CRI image manager service' },
    { name: 'runtime-endpoint', shorthand: 'r', type: string, usage: 'Endpoint of CRI container runtime service' },
    { name: 'timeout', shorthand: 't', type: string, default: '2s', usage: 'Timeout of connecting to the server' },
    { name: 'version', shorthand: 'v', type: bool, usage: 'print the version' },
  ],
  commands: [
    { names: ['attach'], usage: 'Attach to a running container' },
    { names: ['create'], usage: 'Create a new container' },
    containers.execCommand,
    {
      names: ['version'],
      usage: 'Display runtime version information',
      run: (invocation) => runtimeVersion(invocation, runtime),
    },
    imagesCommand,
    containers.inspectCommand,
    { names: ['inspecti'], usage: 'Return the status of one or more images' },
    { names: ['imagefsinfo'], usage: 'Return image filesystem info' },
    containers.inspectPodCommand,
    containers.logsCommand,
    { names: ['port-forward'], usage: 'Forward local port to a pod' },
    psCommand,
    { names: ['pull'], usage: 'Pull an image from a registry' },
    { names: ['run'], usage: 'Run a new container inside a sandbox' },
    { names: ['runp'], usage: 'Run a new pod' },
    containers.removeCommand,
    { names: ['rmi'], usage: 'Remove one or more images' },
    containers.removePodCommand,
    podsCommand,
    { names: ['start'], usage: 'Start one or more created containers' },
    { names: ['info'], usage: 'Display information of the container runtime', run: info },
    containers.stopCommand,
    containers.stopPodCommand,
    { names: ['update'], usage: 'Update one or more running containers' },
    { names: ['config'], usage: 'Get and set crictl client configuration options' },
    statsCommand,
    { names: ['statsp'], usage: 'List pod resource usage statistics' },
    { names: ['completion'], usage: 'Output shell completion code' },
  ],
})

/**
 * @param engine the node's runtime
 * @param runtime what the node says that it is: `containerd://1.6.20`
 */
export function crictlMain(engine: DockerEngine, runtime: string): Main {
  const root = crictlCommand(runtime)
  return function* crictl(system, argv, environment) {
    yield* system.sleep_on(new WaitQueue(), 'futex', startUp)
    /** logrus, where stderr is no terminal. */
    function* fatal(text: string): Program<number> {
      const time = new Date(Math.floor(engine.daemon.now() / 1e6) * 1000).toISOString().replace('.000', '')
      yield* writeError(system, `time="${time}" level=fatal msg=${JSON.stringify(text)}\n`)
      return 1
    }
    try {
      const found = readCommandLine(root, argv.slice(1))
      if ('text' in found) {
        yield* writeOut(system, found.text)
        return 0
      }
      const { command, flags, globals } = found
      if (globals.changed('version')) {
        yield* writeOut(system, `crictl version ${version}\n`)
        return 0
      }
      if (command.run === undefined) {
        yield* writeError(system, `crictl: the simulated machine does not have ${command.names[0]}\n`)
        return 1
      }
      return yield* command.run({ system, environment, engine, flags, globals, operands: flags.operands })
    } catch (error) {
      if (error instanceof UsageError) {
        yield* writeOut(system, error.help)
        return yield* fatal(error.message)
      }
      if (!(error instanceof CrictlError)) throw error
      return yield* fatal(error.message)
    }
  }
}

function* runtimeVersion({ system }: Invocation, runtime: string): Program<number> {
  const [name = '', number = ''] = runtime.split('://')
  const rows = [
    ['Version', '0.1.0'],
    ['RuntimeName', name],
    ['RuntimeVersion', number],
    ['RuntimeApiVersion', 'v1'],
  ]
  yield* writeOut(system, rows.map(([key, value]) => `${key}:  ${value}\n`).join(''))
  return 0
}

/** The parts of containerd's configuration that say how pods are made. */
function* info({ system, engine }: Invocation): Program<number> {
  const { daemon } = engine
  const condition = (type: string) => ({ type, status: true, reason: '', message: '' })
  const status = { conditions: [condition('RuntimeReady'), condition('NetworkReady')] }
  if (daemon.profile.name === 'cri-o') {
    yield* writeOut(system, `${writeJson({ status, config: { sandboxImage: pauseImage } }, { indent: '  ' })}\n`)
    return 0
  }
  const value = {
    status,
    cniconfig: {
      PluginDirs: ['/opt/cni/bin'],
      PluginConfDir: '/etc/cni/net.d',
      PluginMaxConfNum: 1,
      Prefix: 'eth',
      Networks: [{ Config: { Name: 'pods', CNIVersion: '0.4.0', Plugins: ['bridge', 'portmap'] }, IFName: 'eth0' }],
    },
    config: {
      containerd: {
        snapshotter: 'overlayfs',
        defaultRuntimeName: 'runc',
        runtimes: {
          runc: {
            runtimeType: 'io.containerd.runc.v2',
            options: { SystemdCgroup: daemon.kernel.parameters.cgroupVersion === 2 },
          },
        },
      },
      cni: { binDir: '/opt/cni/bin', confDir: '/etc/cni/net.d', maxConfNum: 1 },
      sandboxImage: pauseImage,
      containerdRootDir: '/var/lib/containerd',
      containerdEndpoint: '/run/containerd/containerd.sock',
    },
    golang: daemon.parameters.goVersion,
    lastCNILoadStatus: 'OK',
  }
  yield* writeOut(system, `${writeJson(value, { indent: '  ' })}\n`)
  return 0
}
