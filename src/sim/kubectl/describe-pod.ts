// `kubectl describe pod`.
import type {
  ContainerSpec,
  ContainerState,
  ContainerStatus,
  EnvVar,
  KubernetesObject,
  Pod,
  PodSpec,
  Volume,
} from '../kubernetes/objects.ts'
import { controllerOf } from '../kubernetes/owners.ts'
import { longTime } from './age.ts'
import { eventLines, Page } from './describe-text.ts'
import type { Invocation } from './invocation.ts'
import { labelText } from './printers.ts'

export function describePod(object: KubernetesObject, invocation: Invocation, now: number): string {
  const pod = object as Pod
  const { metadata, spec, status } = pod
  const page = new Page()
  page.line(0, 'Name:', metadata.name)
  page.line(0, 'Namespace:', metadata.namespace ?? '')
  page.line(0, 'Priority:', String(spec['priority'] ?? 0))
  page.line(0, 'Node:', spec.nodeName === undefined ? '<none>' : `${spec.nodeName}/${status.hostIP ?? ''}`)
  if (status.startTime !== undefined) page.line(0, 'Start Time:', longTime(status.startTime))
  page.map('Labels:', metadata.labels)
  page.map('Annotations:', metadata.annotations, ': ')
  if (metadata.deletionTimestamp === undefined) page.line(0, 'Status:', status.phase)
  else {
    page.line(0, 'Status:', `Terminating (lasts ${ageUntil(metadata.deletionTimestamp, now)})`)
    page.line(0, 'Termination Grace Period:', `${metadata.deletionGracePeriodSeconds ?? 0}s`)
  }
  if (status.reason !== undefined) page.line(0, 'Reason:', status.reason)
  page.line(0, 'IP:', status.podIP ?? '')
  if ((status.podIPs ?? []).length === 0) page.line(0, 'IPs:', '<none>')
  else {
    page.line(0, 'IPs:')
    for (const { ip } of status.podIPs ?? []) page.line(1, 'IP:', ip)
  }
  const controller = controllerOf(pod)
  if (controller !== undefined) page.line(0, 'Controlled By:', `${controller.kind}/${controller.name}`)
  if ((spec.initContainers ?? []).length > 0) {
    page.line(0, 'Init Containers:')
    containerLines(page, spec.initContainers ?? [], status.initContainerStatuses ?? [])
  }
  page.line(0, 'Containers:')
  containerLines(page, spec.containers, status.containerStatuses ?? [])
  page.line(0, 'Conditions:')
  page.line(1, 'Type', 'Status')
  for (const condition of status.conditions ?? []) page.line(1, `${condition.type} `, `${condition.status} `)
  volumeLines(page, spec)
  page.line(0, 'QoS Class:', status.qosClass ?? '')
  page.line(0, 'Node-Selectors:', spec.nodeSelector === undefined ? '<none>' : labelText(spec.nodeSelector))
  tolerationLines(page, spec)
  eventLines(page, pod, invocation, now)
  return page.text
}

function ageUntil(time: string, now: number): string {
  return `${Math.max(0, Math.floor(now / 1e6 - Date.parse(time) / 1000))}s`
}

/** @param statuses undefined for a template, which has none */
export function containerLines(
  page: Page,
  containers: readonly ContainerSpec[],
  statuses: readonly ContainerStatus[] | undefined,
  level = 1,
): void {
  for (const container of containers) {
    const status = statuses?.find(({ name }) => name === container.name)
    page.line(0, `${level === 1 ? '  ' : '   '}${container.name}:`)
    const put = (...cells: string[]): void => page.line(2, ...cells)
    if (statuses !== undefined) {
      put('Container ID:', status?.containerID ?? '')
      put('Image:', container.image)
      put('Image ID:', status?.imageID ?? '')
    } else put('Image:', container.image)
    portLines(put, container)
    listLines(page, 'Command:', container.command)
    listLines(page, 'Args:', container.args)
    if (status !== undefined) {
      stateLines(put, 'State:', status.state)
      if (status.lastState.terminated !== undefined) stateLines(put, 'Last State:', status.lastState)
      put('Ready:', status.ready ? 'True' : 'False')
      put('Restart Count:', String(status.restartCount))
    }
    resourceLines(page, container)
    probeLines(put, container)
    environmentLines(page, container.env ?? [])
    mountLines(page, container)
  }
}

function portLines(put: (...cells: string[]) => void, { ports = [] }: ContainerSpec): void {
  const word = ports.length > 1 ? 'Ports:' : 'Port:'
  const hostWord = ports.length > 1 ? 'Host Ports:' : 'Host Port:'
  const list = ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`).join(', ')
  put(word, list || '<none>')
  put(hostWord, ports.map(({ hostPort, protocol }) => `${hostPort ?? 0}/${protocol}`).join(', ') || '<none>')
}

function listLines(page: Page, title: string, words: readonly string[] | undefined): void {
  if (words === undefined || words.length === 0) return
  page.line(2, title)
  for (const word of words) for (const line of word.split('\n')) page.line(3, line)
}

function stateLines(put: (...cells: string[]) => void, title: string, state: ContainerState): void {
  const { running, waiting, terminated } = state
  if (running !== undefined) {
    put(title, 'Running')
    put('  Started:', longTime(running.startedAt))
  } else if (terminated !== undefined) {
    put(title, 'Terminated')
    if (terminated.reason !== undefined) put('  Reason:', terminated.reason)
    if (terminated.message !== undefined) put('  Message:', terminated.message)
    put('  Exit Code:', String(terminated.exitCode))
    if (terminated.startedAt !== undefined) put('  Started:', longTime(terminated.startedAt))
    if (terminated.finishedAt !== undefined) put('  Finished:', longTime(terminated.finishedAt))
  } else {
    put(title, 'Waiting')
    if (waiting !== undefined && waiting.reason !== '') put('  Reason:', waiting.reason)
  }
}

function resourceLines(page: Page, { resources }: ContainerSpec): void {
  for (const [title, amounts] of [
    ['Limits:', resources?.limits],
    ['Requests:', resources?.requests],
  ] as const) {
    if (amounts === undefined) continue
    page.line(2, title)
    for (const [name, amount] of Object.entries(amounts).toSorted()) page.line(3, `${name}:`, amount)
  }
}

function probeLines(put: (...cells: string[]) => void, container: ContainerSpec): void {
  const probes = [
    ['Liveness:', container.livenessProbe],
    ['Readiness:', container.readinessProbe],
    ['Startup:', container.startupProbe],
  ] as const
  for (const [title, probe] of probes) {
    if (probe === undefined) continue
    const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds}s period=${probe.periodSeconds}s #success=${probe.successThreshold} #failure=${probe.failureThreshold}`
    const { exec, httpGet, tcpSocket } = probe
    const what =
      exec !== undefined
        ? `exec [${exec.command.join(' ')}]`
        : httpGet !== undefined
          ? `http-get ${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${httpGet.host ?? ''}:${httpGet.port}${httpGet.path ?? '/'}`
          : tcpSocket !== undefined
            ? `tcp-socket :${tcpSocket.port}`
            : 'unknown'
    put(title, `${what} ${attributes}`)
  }
}

function environmentLines(page: Page, variables: readonly EnvVar[]): void {
  if (variables.length === 0) return page.line(2, 'Environment:', '<none>')
  page.line(2, 'Environment:')
  for (const { name, value, valueFrom } of variables) page.line(3, `${name}:`, sourceText(value, valueFrom))
}

function sourceText(value: string | undefined, from: EnvVar['valueFrom']): string {
  if (from?.fieldRef !== undefined) return ` (v1:${from.fieldRef.fieldPath})`
  const reference = from?.configMapKeyRef ?? from?.secretKeyRef
  if (reference === undefined) return value ?? ''
  const kind = from?.configMapKeyRef === undefined ? 'secret' : 'config map'
  return `<set to the key '${reference.key}' ${kind === 'secret' ? `in secret '${reference.name}'` : `of config map '${reference.name}'`}>  Optional: ${reference.optional ?? false}`
}

function mountLines(page: Page, { volumeMounts = [] }: ContainerSpec): void {
  if (volumeMounts.length === 0) return page.line(2, 'Mounts:', '<none>')
  page.line(2, 'Mounts:')
  for (const { mountPath, name, readOnly, subPath } of volumeMounts.toSorted((a, b) =>
    a.mountPath < b.mountPath ? -1 : 1,
  )) {
    const flags = [readOnly ? 'ro' : 'rw', ...(subPath === undefined ? [] : [`path="${subPath}"`])]
    page.line(3, `${mountPath} from ${name} (${flags.join(',')})`)
  }
}

/** What each kind of volume says of itself. */
const volumeKinds: readonly [keyof Volume, string, (volume: Volume) => [string, string][]][] = [
  [
    'emptyDir',
    "EmptyDir (a temporary directory that shares a pod's lifetime)",
    ({ emptyDir }) => [
      ['Medium:', String(emptyDir?.['medium'] ?? '')],
      ['SizeLimit:', String(emptyDir?.['sizeLimit'] ?? '<unset>')],
    ],
  ],
  [
    'hostPath',
    'HostPath (bare host directory volume)',
    ({ hostPath }) => [
      ['Path:', hostPath?.path ?? ''],
      ['HostPathType:', hostPath?.type ?? ''],
    ],
  ],
  [
    'configMap',
    'ConfigMap (a volume populated by a ConfigMap)',
    ({ configMap }) => [
      ['Name:', configMap?.name ?? ''],
      ['Optional:', 'false'],
    ],
  ],
  [
    'secret',
    'Secret (a volume populated by a Secret)',
    ({ secret }) => [
      ['SecretName:', secret?.secretName ?? ''],
      ['Optional:', 'false'],
    ],
  ],
  [
    'projected',
    'Projected (a volume that contains injected data from multiple sources)',
    () => [
      ['TokenExpirationSeconds:', '3607'],
      ['ConfigMapName:', 'kube-root-ca.crt'],
      ['ConfigMapOptional:', '<nil>'],
      ['DownwardAPI:', 'true'],
    ],
  ],
]

export function volumeLines(page: Page, { volumes = [] }: PodSpec, level = 0): void {
  if (volumes.length === 0) return page.line(level, 'Volumes:', '<none>')
  page.line(level, 'Volumes:')
  for (const volume of volumes) {
    page.line(0, `${level === 0 ? '  ' : '   '}${volume.name}:`)
    const kind = volumeKinds.find(([key]) => volume[key] !== undefined)
    page.line(2, 'Type:', kind?.[1] ?? '<unknown>')
    for (const [title, text] of kind?.[2](volume) ?? []) page.line(2, title, text)
  }
}

function tolerationLines(page: Page, { tolerations = [] }: PodSpec): void {
  if (tolerations.length === 0) return page.line(0, 'Tolerations:', '<none>')
  const texts = tolerations
    .map(({ key = '', value, effect, operator, tolerationSeconds }) => {
      const term = `${key}${value === undefined ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`
      return `${term}${operator === 'Exists' ? ' op=Exists' : ''}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`
    })
    .toSorted()
  for (const [at, text] of texts.entries()) page.line(0, at === 0 ? 'Tolerations:' : '', text)
}
