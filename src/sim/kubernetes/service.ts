// Services: an address for each, and the endpoints of the ready pods behind it. pkg/controller/endpoint
import type { ApiServer } from './api-server.ts'
import { type Controller, fromKey, keyOf, WorkQueue } from './controller.ts'
import type { KubernetesObject, Pod } from './objects.ts'
import { isReady } from './pod-conditions.ts'
import { matchesLabels, requirementsOf } from './selectors.ts'
import { resource } from './store.ts'

const services = resource('services')
const endpoints = resource('endpoints')
const pods = resource('pods')

interface ServiceSpec {
  clusterIP?: string
  selector?: Record<string, string>
  ports?: { name?: string; port: number; targetPort: number | string; protocol: string }[]
}

export class ServiceController implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  #next = 2

  constructor(api: ApiServer) {
    this.#api = api
    for (const kind of [services, endpoints]) api.store.listen(kind, ({ object }) => this.queue.add(keyOf(object)))
    api.store.listen(pods, ({ object }) => {
      for (const service of api.store.each(services, object.metadata.namespace)) {
        if ((service['spec'] as ServiceSpec).selector !== undefined) this.queue.add(keyOf(service))
      }
    })
  }

  reconcile(key: string): void {
    const { namespace, name } = fromKey(key)
    const service = this.#api.store.peek(services, namespace, name)
    if (service === undefined) {
      if (this.#api.store.peek(endpoints, namespace, name) !== undefined) {
        this.#api.store.remove(endpoints, namespace, name)
      }
      return
    }
    const spec = service['spec'] as ServiceSpec
    if (spec.clusterIP === undefined) {
      const clusterIP = `10.96.${this.#next >> 8}.${this.#next & 255}`
      this.#next += 1
      this.#api.updateStatus(services, { ...service, spec: { ...spec, clusterIP, clusterIPs: [clusterIP] } })
    }
    if (spec.selector !== undefined) this.#endpointsOf(service, spec)
  }

  #endpointsOf(service: KubernetesObject, spec: ServiceSpec): void {
    const { namespace = '', name } = service.metadata
    const requirements = requirementsOf({ matchLabels: spec.selector ?? {} })
    const behind = ([...this.#api.store.each(pods, namespace)] as Pod[])
      .filter((pod) => matchesLabels(requirements, pod.metadata.labels) && pod.status.podIP !== undefined)
      .filter((pod) => pod.metadata.deletionTimestamp === undefined)
      .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    const addresses = (ready: boolean) =>
      behind
        .filter((pod) => isReady(pod) === ready)
        .map((pod) => ({
          ip: pod.status.podIP,
          nodeName: pod.spec.nodeName,
          targetRef: { kind: 'Pod', name: pod.metadata.name, namespace, uid: pod.metadata.uid },
        }))
    const ports = (spec.ports ?? []).map(({ targetPort, protocol, name: portName }) => ({
      ...(portName === undefined ? {} : { name: portName }),
      port: Number(targetPort),
      protocol,
    }))
    const [ready, notReady] = [addresses(true), addresses(false)]
    const subset = {
      ...(ready.length > 0 ? { addresses: ready } : {}),
      ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
      ports,
    }
    const subsets = behind.length === 0 ? undefined : [subset]
    const known = this.#api.store.peek(endpoints, namespace, name)
    const object: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { ...(known?.metadata ?? { name, namespace }) },
      ...(subsets === undefined ? {} : { subsets }),
    }
    if (known === undefined) this.#api.create(endpoints, object)
    else this.#api.updateStatus(endpoints, object)
  }
}
