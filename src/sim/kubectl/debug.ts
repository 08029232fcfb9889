// `kubectl debug`: a copy of a pod with another container, or a pod that sees all of a node. pkg/cmd/debug
import type { Program } from '../kernel/system.ts'
import { type ContainerSpec, copyOf, type EnvVar, type KubernetesObject, type Pod } from '../kubernetes/objects.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, string, strings } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { noTerminal, streamPod } from './streams.ts'
import { parseTargets, requireResource } from './targets.ts'

const flag = (name: string, type = string, shorthand?: string) => ({
  name,
  type,
  usage: '',
  ...(type === bool ? { default: 'false' } : {}),
  ...(shorthand === undefined ? {} : { shorthand }),
})

export const debugCommand: Command = {
  name: 'debug',
  flags: [
    flag('arguments-only', bool),
    flag('attach', bool),
    flag('container', string, 'c'),
    flag('copy-to'),
    flag('env', strings),
    flag('image'),
    flag('image-pull-policy'),
    flag('quiet', bool),
    flag('replace', bool),
    flag('same-node', bool),
    flag('set-image', strings),
    { ...flag('share-processes', bool), default: 'true' },
    flag('stdin', bool, 'i'),
    flag('target'),
    flag('tty', bool, 't'),
  ],
  *run(invocation) {
    const { flags } = invocation
    const { dashAt } = flags
    const names = dashAt < 0 ? invocation.operands : invocation.operands.slice(0, dashAt)
    const words = dashAt < 0 ? [] : invocation.operands.slice(dashAt)
    validate(invocation, names, words)
    for (const name of names) {
      const target = parseTargets(name.includes('/') ? [name] : ['pods', name])[0]
      const resource = target?.resource ?? requireResource('pods')
      const object = invocation.api.get(resource, invocation.namespace, target?.names[0] ?? '')
      const made = yield* debugged(invocation, object, words)
      const isAttached = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin')
      if (!isAttached || made.container === '') continue
      if (flags.bool('tty')) yield* invocation.err(noTerminal)
      yield* streamPod(invocation, made.pod, { stdin: flags.bool('stdin'), container: made.container })
    }
    return 0
  },
}

const imageName = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:[:/@][\w./:@-]+)?$/i

function isImageName(text: string): boolean {
  return imageName.test(text) && !/[A-Z]/.test(text.replace(/[:@][^/]*$/, ''))
}

/** In the order in which kubectl looks. @throws StatusError */
function validate({ flags }: Invocation, names: readonly string[], words: readonly string[]): void {
  const [image, container, copyTo] = [flags.text('image'), flags.text('container'), flags.text('copy-to')]
  const setImages = flags.list('set-image')
  const invalid = setImages.map((pair) => pair.split('=')).find(([, each = '']) => !isImageName(each))
  const pull = flags.text('image-pull-policy')
  const rules: readonly (readonly [boolean, string])[] = [
    [
      flags.changed('attach') && flags.bool('attach') && image === '' && container === '',
      'you must specify --container or create a new container using --image in order to attach.',
    ],
    [
      copyTo !== '' && image === '' && setImages.length === 0 && words.length === 0,
      'you must specify --image, --set-image or command arguments.',
    ],
    [
      copyTo !== '' && words.length > 0 && container === '' && image === '',
      'you must specify an existing container or a new image when specifying args.',
    ],
    [copyTo === '' && flags.bool('replace'), '--replace may only be used with --copy-to.'],
    [copyTo === '' && flags.bool('same-node'), '--same-node may only be used with --copy-to.'],
    [copyTo === '' && setImages.length > 0, '--set-image may only be used with --copy-to.'],
    [copyTo === '' && image === '', 'you must specify --image when not using --copy-to.'],
    [image !== '' && !isImageName(image), `invalid image name ${JSON.stringify(image)}: invalid reference format`],
    [names.length === 0, 'NAME is required for debug'],
    [!['', 'Always', 'IfNotPresent', 'Never'].includes(pull), `invalid image pull policy: ${pull}`],
    [
      invalid !== undefined,
      `invalid image name "${invalid?.[1]}" for container "${invalid?.[0]}": invalid reference format`,
    ],
    [
      flags.text('target') !== '' && copyTo !== '',
      '--target is incompatible with --copy-to. Use --share-processes instead.',
    ],
    [flags.bool('tty') && !flags.bool('stdin'), '-i/--stdin is required for containers with -t/--tty=true'],
  ]
  const broken = rules.find(([isBroken]) => isBroken)
  if (broken !== undefined) throw new StatusError(`error: ${broken[1]}`)
}

interface Made {
  readonly pod: Pod
  /** Empty: none to attach to. */
  readonly container: string
}

function* debugged(invocation: Invocation, object: KubernetesObject, words: readonly string[]): Program<Made> {
  if (object.kind === 'Node') return yield* nodePod(invocation, object.metadata.name, words)
  if (object.kind !== 'Pod') {
    const version = object.apiVersion.includes('/') ? object.apiVersion : `/${object.apiVersion}`
    throw new StatusError(`error: "${version}, Kind=${object.kind}" not supported by debug`)
  }
  if (invocation.flags.text('copy-to') !== '') return yield* podCopy(invocation, object as Pod, words)
  throw new StatusError(
    'error: ephemeral containers are disabled for this cluster (error from server: "the server could not find the requested resource").',
  )
}

/** What the flags say of a new container; `undefined` members are not sent. */
function fromFlags({ flags }: Invocation, words: readonly string[]): Partial<ContainerSpec> {
  const env = flags.list('env').map((pair): EnvVar => {
    const [name = '', ...value] = pair.split('=')
    return { name, value: value.join('=') }
  })
  const pull = flags.text('image-pull-policy')
  return {
    ...(words.length === 0 ? {} : flags.bool('arguments-only') ? { args: [...words] } : { command: [...words] }),
    ...(env.length === 0 ? {} : { env }),
    ...(flags.text('image') === '' ? {} : { image: flags.text('image') }),
    ...(pull === '' ? {} : { imagePullPolicy: pull as 'Always' }),
    ...(flags.bool('stdin') ? { stdin: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
  }
}

function* nodePod(invocation: Invocation, node: string, words: readonly string[]): Program<Made> {
  const { flags, api, namespace } = invocation
  const container = flags.text('container') || 'debugger'
  const name = `node-debugger-${node}-${api.suffix()}`
  if (!flags.bool('quiet')) {
    yield* invocation.out(`Creating debugging pod ${name} with container ${container} on node ${node}.\n`)
  }
  const pods = requireResource('pods')
  const pod = api.create(pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      containers: [
        {
          ...fromFlags(invocation, words),
          name: container,
          terminationMessagePolicy: 'File',
          volumeMounts: [{ mountPath: '/host', name: 'host-root' }],
        },
      ],
      hostIPC: true,
      hostNetwork: true,
      hostPID: true,
      nodeName: node,
      restartPolicy: 'Never',
      volumes: [{ name: 'host-root', hostPath: { path: '/' } }],
    },
  })
  return { pod: pod as Pod, container }
}

function* podCopy(invocation: Invocation, pod: Pod, words: readonly string[]): Program<Made> {
  const { flags, api } = invocation
  const { namespace = 'default', annotations } = pod.metadata
  const spec = copyOf(pod.spec)
  delete spec['ephemeralContainers']
  if (flags.changed('share-processes')) spec.shareProcessNamespace = flags.bool('share-processes')
  if (!flags.bool('same-node')) delete spec.nodeName
  withoutToken(spec)
  const images = new Map(flags.list('set-image').map((pair) => pair.split('=') as [string, string]))
  for (const each of spec.containers) each.image = images.get(each.name) ?? images.get('*') ?? each.image
  const container = yield* addContainer(invocation, spec, images.size > 0, words)
  const metadata = { name: flags.text('copy-to'), namespace, ...(annotations === undefined ? {} : { annotations }) }
  const pods = requireResource('pods')
  const made = api.create(pods, { apiVersion: 'v1', kind: 'Pod', metadata, spec }) as Pod
  if (flags.bool('replace')) api.delete(pods, namespace, pod.metadata.name, { gracePeriodSeconds: 0 })
  return { pod: made, container }
}

/** The server mounts a token of its own into each new pod. */
function withoutToken(spec: Pod['spec']): void {
  const isToken = ({ name }: { name: string }): boolean => name.startsWith('kube-api-access-')
  spec.volumes = (spec.volumes ?? []).filter((volume) => !isToken(volume))
  for (const each of [...(spec.initContainers ?? []), ...spec.containers]) {
    each.volumeMounts = (each.volumeMounts ?? []).filter((mount) => !isToken(mount))
  }
}

/** Changes the container that `-c` names, or adds one. @returns its name, empty when only images changed */
function* addContainer(
  invocation: Invocation,
  spec: Pod['spec'],
  isOnlyImages: boolean,
  words: readonly string[],
): Program<string> {
  const { flags, api } = invocation
  let name = flags.text('container')
  const known = [...spec.containers, ...(spec.initContainers ?? [])].find((each) => each.name === name)
  const changes = fromFlags(invocation, words)
  if (known !== undefined) {
    if (words.length > 0 && !flags.bool('arguments-only')) delete known.args
    Object.assign(known, changes)
    return name
  }
  if (flags.text('image') === '') {
    if (isOnlyImages) return ''
    throw new StatusError('error: you must specify image when creating new container')
  }
  if (name === '') {
    name = `debugger-${api.suffix()}`
    if (!flags.bool('quiet')) yield* invocation.out(`Defaulting debug container name to ${name}.\n`)
  }
  spec.containers.push({ image: '', ...changes, name, terminationMessagePolicy: 'File' } as ContainerSpec)
  return name
}
