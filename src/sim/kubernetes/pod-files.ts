// The files that the kubelet makes on the node for a pod: /etc/hosts, volumes, the service account's token.
import type { ApiServer } from './api-server.ts'
import { decodeBase64 } from './base64.ts'
import type { ContainerSpec, KubernetesObject, Pod, Volume } from './objects.ts'
import { resource } from './store.ts'
import type { Daemon } from '../docker/daemon.ts'
import { emptyFile, makeDirectories } from '../docker/host-tree.ts'

/** A volume's content: file names to texts; undefined when it begins empty. */
type Content = Readonly<Record<string, string>> | undefined

/** Why a volume cannot be made; the message is the kubelet's. */
export class VolumeError extends Error {}

export class PodFiles {
  readonly #api: ApiServer
  readonly #daemon: Daemon
  readonly #pod: Pod

  constructor(api: ApiServer, daemon: Daemon, pod: Pod) {
    this.#api = api
    this.#daemon = daemon
    this.#pod = pod
  }

  /**
   * Makes what the container mounts, and says so in docker's form, `SOURCE:TARGET[:ro]`.
   * @throws VolumeError when a ConfigMap or Secret is missing
   */
  bindsOf(container: ContainerSpec, address: string, attempt: number): string[] {
    const binds = (container.volumeMounts ?? []).map((mount) => {
      const volume = this.#pod.spec.volumes?.find(({ name }) => name === mount.name)
      if (volume === undefined) throw new VolumeError(`no volume ${mount.name}`)
      const source = this.#volume(volume) + (mount.subPath === undefined ? '' : `/${mount.subPath}`)
      return `${source}:${mount.mountPath}${mount.readOnly ? ':ro' : ''}`
    })
    if (!this.#pod.spec.hostNetwork) binds.push(`${this.#hosts(address)}:/etc/hosts`)
    binds.push(`${this.#terminationLog(container, attempt)}:${container.terminationMessagePath}`)
    return binds
  }

  /** Why the pod's volumes cannot all be mounted yet, in the words of the event. */
  missing(): string | undefined {
    for (const volume of this.#pod.spec.volumes ?? []) {
      if ((volume.configMap ?? volume.secret)?.optional) continue
      try {
        if (volume.hostPath === undefined) this.#contentOf(volume)
      } catch (error) {
        if (!(error instanceof VolumeError)) throw error
        return `MountVolume.SetUp failed for volume ${JSON.stringify(volume.name)} : ${error.message}`
      }
    }
    return undefined
  }

  /** /var/lib/kubelet/pods/UID */
  get directory(): string {
    return `/var/lib/kubelet/pods/${this.#pod.metadata.uid}`
  }

  /** Removes all of it when the pod is gone. */
  remove(): void {
    const pods = makeDirectories(this.#root(), '/var/lib/kubelet/pods', this.#daemon.now())
    pods.changes?.remove(this.#pod.metadata.uid ?? '')
  }

  #volume(volume: Volume): string {
    if (volume.hostPath !== undefined) {
      makeDirectories(this.#root(), volume.hostPath.path, this.#daemon.now())
      return volume.hostPath.path
    }
    const [plugin, content] = this.#contentOf(volume)
    const directory = `${this.directory}/volumes/kubernetes.io~${plugin}/${volume.name}`
    makeDirectories(this.#root(), directory, this.#daemon.now())
    for (const [name, text] of Object.entries(content ?? {})) this.#write(directory, name, text)
    return directory
  }

  #contentOf(volume: Volume): [plugin: string, content: Content] {
    const namespace = this.#pod.metadata.namespace ?? ''
    if (volume.configMap !== undefined) {
      const data = this.#data('configmaps', 'configmap', volume.configMap.name, volume.configMap.optional)
      return ['configmap', pick(data, volume.configMap.items)]
    }
    if (volume.secret !== undefined) {
      const encoded = this.#data('secrets', 'secret', volume.secret.secretName, volume.secret.optional)
      const data = Object.fromEntries(Object.entries(encoded).map(([key, value]) => [key, decodeBase64(value)]))
      return ['secret', pick(data, volume.secret.items)]
    }
    if (volume.projected !== undefined) {
      const authority = this.#api.store.find(resource('configmaps'), namespace, 'kube-root-ca.crt')
      const certificate = (authority?.['data'] as Record<string, string> | undefined)?.['ca.crt'] ?? ''
      return ['projected', { 'ca.crt': certificate, namespace, token: tokenOf(this.#pod) }]
    }
    return ['empty-dir', undefined]
  }

  #data(kind: string, word: string, name: string, optional = false): Record<string, string> {
    const found = this.#api.store.peek(resource(kind), this.#pod.metadata.namespace ?? '', name)
    if (found === undefined && optional) return {}
    if (found === undefined) throw new VolumeError(`${word} "${name}" not found`)
    return dataOf(found)
  }

  #hosts(address: string): string {
    const { name } = this.#pod.metadata
    const lines = [
      '# Kubernetes-managed hosts file.',
      '127.0.0.1\tlocalhost',
      '::1\tlocalhost ip6-localhost ip6-loopback',
      'fe00::0\tip6-localnet',
      'fe00::0\tip6-mcastprefix',
      'fe00::1\tip6-allnodes',
      'fe00::2\tip6-allrouters',
      `${address}\t${this.#pod.spec.hostname ?? name}`,
    ]
    return this.#write(this.directory, 'etc-hosts', `${lines.join('\n')}\n`)
  }

  #terminationLog(container: ContainerSpec, attempt: number): string {
    const directory = `${this.directory}/containers/${container.name}`
    makeDirectories(this.#root(), directory, this.#daemon.now())
    return this.#write(directory, `${this.#daemon.kernel.random.hex(7)}${attempt}`, '')
  }

  /** Gives the file's path. */
  #write(directory: string, name: string, text: string): string {
    const now = this.#daemon.now()
    const at = makeDirectories(this.#root(), directory, now)
    if (at.changes !== undefined) {
      const file = emptyFile(at, at.changes.nextIno(), now)
      at.changes.insert(name, { ...file, mode: 0o644, content: new TextEncoder().encode(text) })
    }
    return `${directory}/${name}`
  }

  #root() {
    const root = this.#daemon.kernel.initialPidNamespace.init?.root.inode
    if (root === undefined) throw new Error('the machine has not been booted')
    return root
  }
}

export function dataOf(object: KubernetesObject): Record<string, string> {
  return (object['data'] as Record<string, string> | undefined) ?? {}
}

function pick(data: Readonly<Record<string, string>>, items: { key: string; path: string }[] | undefined): Content {
  if (items === undefined) return data
  return Object.fromEntries(items.map(({ key, path }) => [path, data[key] ?? '']))
}

/** Shaped as a JSON web token; nobody here checks one. */
function tokenOf(pod: Pod): string {
  const part = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('=', '')
  const subject = `system:serviceaccount:${pod.metadata.namespace}:${pod.spec.serviceAccountName}`
  return `${part({ alg: 'RS256' })}.${part({ iss: 'https://kubernetes.default.svc', sub: subject })}.${pod.metadata.uid}`
}
