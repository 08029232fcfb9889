// What the container runtime of a node decides of what the API and the events say: docker by dockershim, or one that speaks CRI.
import type { Image } from '../docker/images.ts'
import { withTag } from '../docker/images.ts'

export interface ContainerRuntime {
  /** Before the ids of containers: `docker://`, `containerd://`. */
  readonly scheme: string
  /** Whether the containers of a pod are in the sandbox's UTS namespace. */
  readonly sharesUts: boolean
  /** Whether resolv.conf is written anew when the sandbox runs, servers first. */
  readonly rewritesResolvConf: boolean
  /** An image in a container's status, by what the manifest says. */
  imageName(reference: string): string
  /** `imageID` of a container's status. */
  imageId(image: Image): string
  /** What the event and the status say of a container whose program could not be started. */
  startFailure(container: string, reason: string): string
  /** How such a container ended; undefined: with the code that the shell would give. */
  readonly failedStart: { readonly reason: string; readonly exitCode: number | undefined }
  createFailure(reason: string): string
  /** The runtime's answer to a pull that failed. */
  pullFailure(reference: string, reason: string): string
}

const fromDaemon = (reason: string): string => `Error response from daemon: ${reason}`

const dockershim: ContainerRuntime = {
  scheme: 'docker://',
  sharesUts: false,
  rewritesResolvConf: true,
  imageName: (reference) => (/[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`),
  imageId(image) {
    const name = [...image.names][0]?.replace(/:[^:/]*$/, '')
    return name === undefined ? `docker://${image.id}` : `docker-pullable://${name}@${image.id}`
  },
  startFailure: (container, reason) => `failed to start container "${container}": ${fromDaemon(reason)}`,
  failedStart: { reason: 'ContainerCannotRun', exitCode: undefined },
  createFailure: fromDaemon,
  pullFailure: (_, reason) => `rpc error: code = Unknown desc = ${fromDaemon(reason)}`,
}

const containerd: ContainerRuntime = {
  scheme: 'containerd://',
  sharesUts: true,
  rewritesResolvConf: false,
  imageName: fullName,
  imageId(image) {
    // Only what came from a registry has a digest there.
    const [name] = image.local ? [] : image.names
    return name === undefined ? image.id : `${fullName(name).replace(/:[^:/]*$/, '')}@${image.id}`
  },
  startFailure: (_, reason) => `failed to create containerd task: ${reason}`,
  failedStart: { reason: 'StartError', exitCode: 128 },
  createFailure: (reason) => reason,
  pullFailure(reference, reason) {
    const image = JSON.stringify(fullName(reference))
    const why = reason.startsWith('manifest for')
      ? `${fullName(reference)}: not found`
      : 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'
    return `rpc error: code = Unknown desc = failed to pull and unpack image ${image}: failed to resolve reference ${image}: ${why}`
  },
}

const crio: ContainerRuntime = {
  ...containerd,
  scheme: 'cri-o://',
  startFailure: (_, reason) => `container create failed: ${reason}`,
}

const runtimes: readonly ContainerRuntime[] = [dockershim, containerd, crio]

/** By what the node says of its runtime: `containerd://1.6.20`. @throws RangeError for one that is not simulated */
export function runtimeOfNode(version: string): ContainerRuntime {
  const found = runtimes.find(({ scheme }) => version.startsWith(scheme))
  if (found === undefined) throw new RangeError(`no container runtime ${version}`)
  return found
}

/** An image's name with registry and tag, which the CRI runtimes always write out: `docker.io/library/alpine:latest`. */
export function fullName(reference: string): string {
  const familiar = withTag(reference)
  const [host = ''] = familiar.split('/')
  const hasHost = familiar.includes('/') && (/[.:]/.test(host) || host === 'localhost')
  if (hasHost) return familiar
  return `docker.io/${familiar.includes('/') ? '' : 'library/'}${familiar}`
}
