// `kubectl create …`, `run`, `expose`: objects made of flags. pkg/cmd/create, pkg/generate/versioned
import { encodeBase64 } from '../kubernetes/base64.ts'
import { bool, dryRun, filename, ignored, int, output, recursive, string, stringArray, template } from './flags.ts'
import type { Command } from './command.ts'
import { createFromFiles, tell } from './change.ts'
import { missingResource, StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'
import { loadHelp } from './help.ts'
import { streamPod } from './streams.ts'
import { objectPrinter } from './output.ts'
import { parseTargets, requireResource } from './targets.ts'
import type { Program } from '../kernel/system.ts'
import { ApiError } from '../kubernetes/errors.ts'
import type { KubernetesObject, Pod } from '../kubernetes/objects.ts'
import { mergePatch } from '../kubernetes/patch.ts'
import { readText } from '../programs/stdio.ts'
import { findObjects } from './targets.ts'

const image = { name: 'image', type: stringArray, default: '[]', usage: 'Image names to run.' }
/** Flags of all generators. */
export const common = [
  dryRun,
  output,
  template,
  ignored('validate', { ...string, alone: 'true' }),
  ignored('save-config', bool),
]

/** Creates an object made here, or prints it with `--dry-run=client`. */
export function* submit(invocation: Invocation, object: KubernetesObject, plural: string): Program<number> {
  const dry = invocation.dryRun()
  const resource = requireResource(plural)
  if (resource.namespaced) object.metadata.namespace = invocation.namespace
  invocation.authorize('create', resource, object.metadata.namespace)
  if (dry !== 'client') {
    yield* tell(invocation, invocation.api.create(resource, object, { dryRun: dry === 'server' }), 'created')
    return 0
  }
  if (!invocation.flags.changed('namespace')) delete object.metadata.namespace
  yield* tell(invocation, object, 'created')
  return 0
}

/** What an object has that was not yet given to the server. */
export function fresh(
  apiVersion: string,
  kind: string,
  name: string,
  labels?: Record<string, string>,
): KubernetesObject {
  const metadata = { creationTimestamp: null, name, ...(labels === undefined ? {} : { labels }) }
  return { apiVersion, kind, metadata: metadata as unknown as KubernetesObject['metadata'] }
}

/** @throws StatusError when it is none, or several */
export function requireName(invocation: Invocation): string {
  const [name, ...rest] = invocation.operands
  if (name === undefined || (rest.length > 0 && invocation.flags.dashAt < 0)) {
    throw new StatusError(
      `error: exactly one NAME is required, got ${name === undefined ? 0 : invocation.operands.length}\nSee '${invocation.name} -h' for help and examples`,
    )
  }
  return name
}

export const createCommand: Command = {
  name: 'create',
  flags: [...common, filename, recursive],
  *run(invocation) {
    if (invocation.flags.list('filename').length > 0) return yield* createFromFiles(invocation)
    const typed = invocation.operands.join(' ')
    const rest =
      typed === ''
        ? (yield* loadHelp(invocation.system)).page('create')
        : `error: unknown command "${typed}"\nSee 'kubectl create -h' for help and examples\n`
    yield* invocation.err(`Error: must specify one of -f and -k\n\n${rest}`)
    return 1
  },
}

export const createDeployment: Command = {
  name: 'create deployment',
  aliases: ['create deploy', 'create dep'],
  required: ['image'],
  flags: [
    ...common,
    image,
    { name: 'port', type: int, default: '-1', usage: 'The port that this container exposes.' },
    { name: 'replicas', shorthand: 'r', type: int, default: '1', usage: 'Number of replicas to create. Default is 1.' },
  ],
  *run(invocation) {
    const { flags } = invocation
    const [name = '', ...command] = [requireName(invocation), ...invocation.operands.slice(1)]
    const images = flags.list('image')
    if (command.length > 0 && images.length > 1) {
      throw new StatusError('error: cannot specify multiple --image options and command')
    }
    const port = flags.number('port')
    const labels = { app: name }
    const object: KubernetesObject = {
      ...fresh('apps/v1', 'Deployment', name, labels),
      spec: {
        replicas: flags.number('replicas'),
        selector: { matchLabels: labels },
        strategy: {},
        template: {
          metadata: { creationTimestamp: null, labels },
          spec: {
            containers: images.map((each) => ({
              image: each,
              name: (each.split('/').at(-1) ?? '').replace(/[:@].*$/, ''),
              resources: {},
              ...(command.length > 0 ? { command } : {}),
              ...(port > 0 ? { ports: [{ containerPort: port }] } : {}),
            })),
          },
        },
      },
      status: {},
    }
    try {
      return yield* submit(invocation, object, 'deployments')
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'AlreadyExists') {
        throw new StatusError(`error: failed to create deployment: ${error.message}`)
      }
      throw error
    }
  },
}

export const createNamespace: Command = {
  name: 'create namespace',
  aliases: ['create ns'],
  flags: common,
  run: (invocation) =>
    submit(invocation, { ...fresh('v1', 'Namespace', requireName(invocation)), spec: {}, status: {} }, 'namespaces'),
}

const literals = [
  {
    name: 'from-file',
    type: stringArray,
    default: '[]',
    usage:
      'Key file can be specified using its file path, in which case file basename will be used as configmap key, or optionally with a key and file path, in which case the given key will be used.',
  },
  {
    name: 'from-literal',
    type: stringArray,
    default: '[]',
    usage: 'Specify a key and literal value to insert in configmap (i.e. mykey=somevalue)',
  },
]

function* dataOf(invocation: Invocation): Program<Record<string, string>> {
  const data: Record<string, string> = {}
  for (const literal of invocation.flags.list('from-literal')) {
    const [key = '', value] = literal.split(/=(.*)/s)
    if (value === undefined) throw new StatusError(`error: invalid literal source ${literal}, expected key=value`)
    data[key] = value
  }
  for (const source of invocation.flags.list('from-file')) {
    const [key = '', path] = source.includes('=') ? source.split(/=(.*)/s) : [source.split('/').at(-1), source]
    data[key] = yield* readText(invocation.system, path ?? '')
  }
  return data
}

export const createConfigMap: Command = {
  name: 'create configmap',
  aliases: ['create cm'],
  flags: [...common, ...literals],
  *run(invocation) {
    const data = yield* dataOf(invocation)
    return yield* submit(invocation, { ...fresh('v1', 'ConfigMap', requireName(invocation)), data }, 'configmaps')
  },
}

export const createSecret: Command = {
  name: 'create secret generic',
  flags: [...common, ...literals, { name: 'type', type: string, usage: 'The type of secret to create' }],
  *run(invocation) {
    const plain = yield* dataOf(invocation)
    const data = Object.fromEntries(Object.entries(plain).map(([key, text]) => [key, encodeBase64(text)]))
    const type = invocation.flags.text('type')
    const object = { ...fresh('v1', 'Secret', requireName(invocation)), data, ...(type === '' ? {} : { type }) }
    return yield* submit(invocation, object, 'secrets')
  },
}

export const runCommand: Command = {
  name: 'run',
  required: ['image'],
  flags: [
    ...common,
    {
      name: 'attach',
      type: bool,
      default: 'false',
      usage:
        "If true, wait for the Pod to start running, and then attach to the Pod as if 'kubectl attach ...' were called.",
    },
    {
      name: 'command',
      type: bool,
      default: 'false',
      usage:
        "If true and extra arguments are present, use them as the 'command' field in the container, rather than the 'args' field which is the default.",
    },
    { name: 'env', type: stringArray, default: '[]', usage: 'Environment variables to set in the container.' },
    { name: 'image', type: string, usage: 'The image for the container to run.' },
    {
      name: 'image-pull-policy',
      type: string,
      usage:
        'The image pull policy for the container. If left empty, this value will not be specified by the client and defaulted by the server.',
    },
    {
      name: 'labels',
      shorthand: 'l',
      type: string,
      usage: 'Comma separated labels to apply to the pod(s). Will override previous values.',
    },
    { name: 'overrides', type: string, usage: 'An inline JSON override for the generated object.' },
    { name: 'port', type: string, usage: 'The port that this container exposes.' },
    { name: 'privileged', type: bool, default: 'false', usage: 'If true, run the container in privileged mode.' },
    { name: 'quiet', shorthand: 'q', type: bool, default: 'false', usage: 'If true, suppress prompt messages.' },
    {
      name: 'restart',
      type: string,
      default: 'Always',
      usage: 'The restart policy for this Pod.  Legal values [Always, OnFailure, Never].',
    },
    {
      name: 'rm',
      type: bool,
      default: 'false',
      usage: 'If true, delete resources created in this command for attached containers.',
    },
    {
      name: 'stdin',
      shorthand: 'i',
      type: bool,
      default: 'false',
      usage: 'Keep stdin open on the container(s) in the pod, even if nothing is attached.',
    },
    {
      name: 'tty',
      shorthand: 't',
      type: bool,
      default: 'false',
      usage: 'Allocated a TTY for each container in the pod.',
    },
  ],
  *run(invocation) {
    const { flags } = invocation
    const [name, ...words] = invocation.operands
    if (name === undefined)
      throw new StatusError(`error: NAME is required for run\nSee 'kubectl run -h' for help and examples`)
    const isAttached = flags.bool('stdin') || flags.bool('tty') || flags.bool('attach')
    if (flags.bool('rm') && !isAttached) {
      throw new StatusError(
        `error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and examples`,
      )
    }
    const image = flags.text('image')
    if (
      !/^[a-z0-9]+([._/:-]+[a-zA-Z0-9_.-]+)*(@sha256:[0-9a-f]{64})?$/.test(image) ||
      /:[^/]*:/.test(image.replace(/@.*/, ''))
    ) {
      throw new StatusError(`error: Invalid image name "${image}": invalid reference format`)
    }
    const restart = flags.text('restart')
    if (!['Always', 'OnFailure', 'Never'].includes(restart)) {
      throw new StatusError(`error: invalid restart policy: ${restart}\nSee 'kubectl run -h' for help and examples`)
    }
    const pod = overridden(podOf(invocation, name, words, restart), flags.text('overrides'))
    const dry = invocation.dryRun()
    if (!isAttached || dry !== 'none') return yield* submit(invocation, pod, 'pods')
    return yield* runAttached(invocation, pod)
  },
}

/** The object with a JSON merge patch over it. @throws StatusError */
function overridden(object: KubernetesObject, overrides: string): KubernetesObject {
  if (overrides === '') return object
  try {
    return mergePatch(object, JSON.parse(overrides)) as KubernetesObject
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new StatusError('error: Invalid JSON Patch')
  }
}

function podOf(
  invocation: Invocation,
  name: string,
  words: readonly string[],
  restartPolicy: string,
): KubernetesObject {
  const { flags } = invocation
  const labels = flags.text('labels')
  const policy = flags.text('image-pull-policy')
  const port = flags.number('port')
  const env = flags.list('env').map((pair) => {
    const [key = '', value] = pair.split(/=(.*)/s)
    if (value === undefined) throw new StatusError(`error: invalid env: ${pair}`)
    return { name: key, value }
  })
  const stdin = flags.bool('stdin')
  return {
    ...fresh(
      'v1',
      'Pod',
      name,
      labels === '' ? { run: name } : Object.fromEntries(labels.split(',').map((pair) => pair.split('='))),
    ),
    spec: {
      containers: [
        {
          ...(words.length === 0 ? {} : flags.bool('command') ? { command: words } : { args: words }),
          ...(env.length === 0 ? {} : { env }),
          image: flags.text('image'),
          ...(policy === '' ? {} : { imagePullPolicy: policy }),
          name,
          ...(port === 0 ? {} : { ports: [{ containerPort: port }] }),
          resources: {},
          ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
          ...(stdin ? { stdin: true, stdinOnce: true } : {}),
          ...(flags.bool('tty') ? { tty: true } : {}),
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy,
    },
    status: {},
  }
}

function* runAttached(invocation: Invocation, pod: KubernetesObject): Program<number> {
  const { api, flags } = invocation
  const pods = requireResource('pods')
  pod.metadata.namespace = invocation.namespace
  const created = api.create(pods, pod) as Pod
  const code = yield* streamPod(invocation, created, { stdin: flags.bool('stdin') })
  if (flags.bool('rm')) {
    api.delete(pods, invocation.namespace, created.metadata.name)
    yield* invocation.out(`pod "${created.metadata.name}" deleted\n`)
  }
  return code
}

export const exposeCommand: Command = {
  name: 'expose',
  flags: [
    ...common,
    filename,
    { name: 'name', type: string, usage: 'The name for the newly created object.' },
    {
      name: 'port',
      type: string,
      usage: 'The port that the service should serve on. Copied from the resource being exposed, if unspecified',
    },
    { name: 'protocol', type: string, usage: "The network protocol for the service to be created. Default is 'TCP'." },
    {
      name: 'target-port',
      type: string,
      usage: 'Name or number for the port on the container that the service should direct traffic to. Optional.',
    },
    {
      name: 'type',
      type: string,
      usage: 'Type for this service: ClusterIP, NodePort, LoadBalancer, or ExternalName. Default is ClusterIP.',
    },
  ],
  *run(invocation) {
    const { flags } = invocation
    const { found, errors } = findObjects(invocation, parseTargets(invocation.operands))
    const [error] = errors
    if (error !== undefined) throw error
    const object = found.flatMap(({ objects }) => objects)[0]
    if (object === undefined) {
      throw new StatusError(`${missingResource}\nSee 'kubectl expose -h' for help and examples`)
    }
    const spec = object['spec'] as {
      selector?: { matchLabels?: Record<string, string> }
      containers?: Pod['spec']['containers']
      template?: { spec: Pod['spec'] }
    }
    const selector = spec.selector?.matchLabels ?? object.metadata.labels
    if (selector === undefined || Object.keys(selector).length === 0) {
      throw new StatusError(
        `error: couldn't retrieve selectors via --selector flag or introspection: the ${object.kind.toLowerCase()} has no labels and cannot be exposed`,
      )
    }
    const containers = spec.containers ?? spec.template?.spec.containers ?? []
    const declared = containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort))
    const port = flags.text('port') === '' ? declared[0] : Number(flags.text('port'))
    if (port === undefined) {
      throw new StatusError(
        `error: couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples`,
      )
    }
    const target = flags.text('target-port')
    const type = flags.text('type')
    const service: KubernetesObject = {
      ...fresh('v1', 'Service', flags.text('name') || object.metadata.name, object.metadata.labels),
      spec: {
        ports: [
          {
            port,
            protocol: flags.text('protocol') || 'TCP',
            targetPort: target === '' ? port : Number(target) || target,
          },
        ],
        selector,
        ...(type === '' ? {} : { type }),
      },
      status: { loadBalancer: {} },
    }
    if (invocation.dryRun() !== 'none' || (yield* objectPrinter(invocation)) !== undefined)
      return yield* submit(invocation, service, 'services')
    service.metadata.namespace = invocation.namespace
    yield* tell(invocation, invocation.api.create(requireResource('services'), service), 'exposed')
    return 0
  },
}
