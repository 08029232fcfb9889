// What the kubelet asks the engine for: the sandbox, and the containers in its namespaces. pkg/kubelet/dockershim
import type { ApiServer } from './api-server.ts'
import type { ContainerRuntime } from './container-runtime.ts'
import type { ContainerSpec, EnvVar, Pod } from './objects.ts'
import { decodeBase64 } from './base64.ts'
import { dataOf, PodFiles } from './pod-files.ts'
import { qualityOfService } from './defaults.ts'
import { parseQuantity } from './quantity.ts'
import { labels } from './runtime-state.ts'
import { resource } from './store.ts'
import { fnv1a } from './template-hash.ts'
import type { ContainerCreateRequest } from '../docker/api-types.ts'
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'

export const pauseImage = 'registry.k8s.io/pause:3.9'

/** Why a container cannot be made; the message is the kubelet's. */
export class ContainerConfigError extends Error {}

/** `k8s_NAME_POD_NAMESPACE_UID_ATTEMPT`; the sandbox's name is POD. */
export function containerName(pod: Pod, name: string, attempt: number): string {
  const { namespace, uid } = pod.metadata
  return `k8s_${name}_${pod.metadata.name}_${namespace}_${uid}_${attempt}`
}

function podLabels(pod: Pod, name: string): Record<string, string> {
  return {
    [labels.container]: name,
    [labels.pod]: pod.metadata.name,
    [labels.namespace]: pod.metadata.namespace ?? '',
    [labels.uid]: pod.metadata.uid ?? '',
  }
}

/** /kubepods/besteffort/podUID; guaranteed pods stand above their class. */
function cgroupOf(pod: Pod): string {
  const quality = qualityOfService(pod.spec).toLowerCase()
  const parent = quality === 'guaranteed' ? '/kubepods' : `/kubepods/${quality}`
  return `${parent}/pod${pod.metadata.uid}`
}

/** Resolves to the node's own modes where the pod asks for them. */
export function sandboxRequest(pod: Pod, seenAt: string, runtime: ContainerRuntime): ContainerCreateRequest {
  const annotations = Object.entries(pod.metadata.annotations ?? {}).map(([key, value]) => [`annotation.${key}`, value])
  const { hostNetwork, hostPID, hostIPC } = pod.spec
  return {
    Config: {
      Hostname: hostNetwork ? '' : (pod.spec.hostname ?? pod.metadata.name),
      Image: pauseImage,
      Labels: {
        ...Object.fromEntries(annotations),
        'annotation.kubernetes.io/config.seen': seenAt,
        'annotation.kubernetes.io/config.source': 'api',
        ...pod.metadata.labels,
        ...podLabels(pod, 'POD'),
        [labels.kind]: 'podsandbox',
        ...(runtime.sharesUts && pod.spec.shareProcessNamespace ? { [labels.pidMode]: 'POD' } : {}),
      },
    },
    HostConfig: {
      NetworkMode: hostNetwork ? 'host' : 'default',
      IpcMode: hostIPC ? 'host' : 'shareable',
      PidMode: hostPID ? 'host' : '',
      UTSMode: hostNetwork && runtime.sharesUts ? 'host' : '',
      CgroupParent: cgroupOf(pod),
      CpuShares: 2,
      OomScoreAdj: -998,
      SecurityOpt: ['no-new-privileges'],
      ...(hostNetwork
        ? {}
        : {
            Dns: ['10.96.0.10'],
            DnsSearch: [`${pod.metadata.namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'],
            DnsOptions: ['ndots:5'],
          }),
    },
  }
}

export interface ContainerPlace {
  readonly api: ApiServer
  readonly daemon: Daemon
  readonly containerRuntime: ContainerRuntime
  readonly sandbox: Container
  readonly address: string
  readonly hostAddress: string
}

/**
 * @param attempt how often it has been started before
 * @throws ContainerConfigError, VolumeError
 */
export function containerRequest(
  pod: Pod,
  spec: ContainerSpec,
  attempt: number,
  image: string,
  place: ContainerPlace,
): ContainerCreateRequest {
  const files = new PodFiles(place.api, place.daemon, pod)
  const shared = `container:${place.sandbox.id}`
  const { hostPID, hostNetwork, hostIPC, shareProcessNamespace } = pod.spec
  const user = spec.securityContext?.runAsUser ?? pod.spec.securityContext.runAsUser
  const group = spec.securityContext?.runAsGroup ?? pod.spec.securityContext.runAsGroup
  const environment = environmentOf(pod, spec, place)
  const expand = (word: string): string => expandVariables(word, environment)
  const { limits } = spec.resources
  return {
    Config: {
      Image: image,
      ...(spec.command === undefined ? {} : { Entrypoint: spec.command.map(expand) }),
      ...(spec.args === undefined ? (spec.command === undefined ? {} : { Cmd: [] }) : { Cmd: spec.args.map(expand) }),
      ...(spec.workingDir === undefined ? {} : { WorkingDir: spec.workingDir }),
      Env: [...environment].map(([name, value]) => `${name}=${value}`),
      User: user === undefined ? '0' : group === undefined ? String(user) : `${user}:${group}`,
      OpenStdin: spec.stdin ?? false,
      StdinOnce: spec.stdinOnce ?? false,
      Tty: spec.tty ?? false,
      Labels: {
        [labels.hash]: containerHash(spec),
        [labels.restarts]: String(attempt),
        'annotation.io.kubernetes.container.terminationMessagePath': spec.terminationMessagePath,
        'annotation.io.kubernetes.container.terminationMessagePolicy': spec.terminationMessagePolicy,
        'annotation.io.kubernetes.pod.terminationGracePeriod': String(pod.spec.terminationGracePeriodSeconds),
        'io.kubernetes.container.logpath': `/var/log/pods/${pod.metadata.namespace}_${pod.metadata.name}_${pod.metadata.uid}/${spec.name}/${attempt}.log`,
        ...podLabels(pod, spec.name),
        [labels.kind]: 'container',
        [labels.sandbox]: place.sandbox.id,
      },
    },
    HostConfig: {
      NetworkMode: hostNetwork ? 'host' : shared,
      IpcMode: hostIPC ? 'host' : shared,
      PidMode: hostPID ? 'host' : shareProcessNamespace ? shared : '',
      UTSMode: hostNetwork ? 'host' : place.containerRuntime.sharesUts ? shared : '',
      Binds: files.bindsOf(spec, place.address, attempt),
      CgroupParent: cgroupOf(pod),
      CpuShares: Math.max(
        2,
        Math.floor(parseQuantity(spec.resources.requests?.['cpu'] ?? limits?.['cpu'] ?? '0') * 1024),
      ),
      Memory: parseQuantity(limits?.['memory'] ?? '0'),
      OomScoreAdj: 1000,
      Privileged: spec.securityContext?.privileged ?? false,
      SecurityOpt: ['seccomp=unconfined'],
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    },
  }
}

/** The container's variables, then those of the services that exist. */
function environmentOf(pod: Pod, spec: ContainerSpec, place: ContainerPlace): Map<string, string> {
  const variables = new Map<string, string>()
  const find = (kind: string, name: string) => place.api.store.find(resource(kind), pod.metadata.namespace ?? '', name)
  for (const { configMapRef, secretRef, prefix = '' } of spec.envFrom ?? []) {
    const source = configMapRef ? find('configmaps', configMapRef.name) : find('secrets', secretRef?.name ?? '')
    if (source === undefined) {
      const word = configMapRef ? `configmap "${configMapRef.name}"` : `secret "${secretRef?.name}"`
      throw new ContainerConfigError(`${word} not found`)
    }
    for (const [key, value] of Object.entries(dataOf(source))) {
      variables.set(prefix + key, configMapRef ? value : decodeBase64(value))
    }
  }
  for (const variable of spec.env ?? []) {
    const value = valueOf(pod, variable, place, find)
    if (value !== undefined) variables.set(variable.name, expandVariables(value, variables))
  }
  for (const [name, value] of serviceVariables(pod, place.api)) if (!variables.has(name)) variables.set(name, value)
  return variables
}

function valueOf(
  pod: Pod,
  { value, valueFrom }: EnvVar,
  place: ContainerPlace,
  find: (kind: string, name: string) => ReturnType<ApiServer['store']['find']>,
): string | undefined {
  if (valueFrom?.fieldRef !== undefined) return fieldOf(pod, valueFrom.fieldRef.fieldPath, place)
  const map = valueFrom?.configMapKeyRef
  const secret = valueFrom?.secretKeyRef
  const reference = map ?? secret
  if (reference === undefined) return value ?? ''
  const kind = map ? 'configmap' : 'secret'
  const object = find(`${kind}s`, reference.name)
  const found = object === undefined ? undefined : dataOf(object)[reference.key]
  if (found !== undefined) return map ? found : decodeBase64(found)
  if (reference.optional) return undefined
  if (object === undefined) throw new ContainerConfigError(`${kind} "${reference.name}" not found`)
  const word = map ? 'ConfigMap' : 'Secret'
  throw new ContainerConfigError(
    `couldn't find key ${reference.key} in ${word} ${pod.metadata.namespace}/${reference.name}`,
  )
}

function fieldOf(pod: Pod, path: string, place: ContainerPlace): string {
  const key = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (key) return (key[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations)?.[key[2] ?? ''] ?? ''
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName,
    'status.hostIP': place.hostAddress,
    'status.podIP': place.address,
    'status.podIPs': place.address,
  }
  return fields[path] ?? ''
}

function serviceVariables(pod: Pod, api: ApiServer): [string, string][] {
  return api
    .list(resource('services'))
    .filter(({ metadata }) => metadata.namespace === pod.metadata.namespace || metadata.name === 'kubernetes')
    .flatMap((service) => {
      const { clusterIP, ports = [] } = service['spec'] as {
        clusterIP?: string
        ports?: { name?: string; port: number; protocol: string }[]
      }
      const [first] = ports
      if (clusterIP === undefined || clusterIP === 'None' || first === undefined) return []
      const name = service.metadata.name.toUpperCase().replaceAll('-', '_')
      const url = (port: { port: number; protocol: string }) =>
        `${port.protocol.toLowerCase()}://${clusterIP}:${port.port}`
      return [
        [`${name}_SERVICE_HOST`, clusterIP],
        [`${name}_SERVICE_PORT`, String(first.port)],
        ...ports
          .filter((port) => port.name !== undefined)
          .map((port) => [`${name}_SERVICE_PORT_${port.name?.toUpperCase().replaceAll('-', '_')}`, String(port.port)]),
        [`${name}_PORT`, url(first)],
        ...ports.flatMap((port) => {
          const start = `${name}_PORT_${port.port}_${port.protocol}`
          return [
            [start, url(port)],
            [`${start}_PROTO`, port.protocol.toLowerCase()],
            [`${start}_PORT`, String(port.port)],
            [`${start}_ADDR`, clusterIP],
          ]
        }),
      ] as [string, string][]
    })
}

/** `$(NAME)` becomes the variable's value, `$$` a dollar; what is not known stays. */
function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, dollar: string, name: string | undefined) =>
    dollar === '$' ? '$' : (variables.get(name ?? '') ?? whole),
  )
}

/** By which the kubelet sees that a container's spec has changed. */
export function containerHash(spec: ContainerSpec): string {
  return fnv1a(JSON.stringify(spec)).toString(16).padStart(8, '0')
}
