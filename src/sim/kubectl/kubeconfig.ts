// ~/.kube/config: the contexts, and which one is used. https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
import { parse, stringify } from 'yaml'
import { type Environment, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { decodeText } from '../programs/bytes.ts'
import { readFile, writeAll } from '../programs/stdio.ts'

export interface KubeconfigFile {
  apiVersion?: string
  clusters?: { name: string; cluster: Record<string, unknown> }[]
  contexts?: { name: string; context: { cluster: string; user: string; namespace?: string } }[]
  'current-context'?: string
  kind?: string
  preferences?: Record<string, unknown>
  users?: { name: string; user: Record<string, unknown> }[]
}

export class Kubeconfig {
  readonly path: string
  readonly file: KubeconfigFile
  readonly #chosen: string

  constructor(path: string, file: KubeconfigFile, chosen = '') {
    this.path = path
    this.file = file
    this.#chosen = chosen
  }

  static *read(system: System, environment: Environment, path: string, context: string): Program<Kubeconfig> {
    const home = environment.get('HOME') ?? '/root'
    const place = path || environment.get('KUBECONFIG') || `${home}/.kube/config`
    try {
      const file = parse(decodeText(yield* readFile(system, place))) as KubeconfigFile | null
      return new Kubeconfig(place, file ?? {}, context)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      return new Kubeconfig(place, {}, context)
    }
  }

  get currentContext(): string {
    return this.#chosen || (this.file['current-context'] ?? '')
  }

  get context() {
    return this.file.contexts?.find(({ name }) => name === this.currentContext)
  }

  get namespace(): string {
    return this.context?.context.namespace || 'default'
  }

  *write(system: System): Program<void> {
    const fd = yield* system.open(this.path, ['WRONLY', 'CREAT', 'TRUNC'], 0o600)
    yield* writeAll(system, fd, stringify(this.file))
    yield* system.close(fd)
  }
}

/** The file of a machine whose cluster is called by the node's name. */
export function kubeconfigText(name: string, server: string): string {
  const file: KubeconfigFile = {
    apiVersion: 'v1',
    clusters: [{ name, cluster: { 'insecure-skip-tls-verify': true, server } }],
    contexts: [{ name, context: { cluster: name, user: 'admin' } }],
    'current-context': name,
    kind: 'Config',
    preferences: {},
    users: [{ name: 'admin', user: { token: 'admin-token' } }],
  }
  return stringify(file)
}
