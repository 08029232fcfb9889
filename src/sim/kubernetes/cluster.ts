// A cluster of one node: API server, controllers, scheduler and kubelet over a docker engine. Separate loops that only meet in the store.
import { ApiServer } from './api-server.ts'
import { bootstrap, type ClusterParameters, type NodeName, nodesOf } from './bootstrap.ts'
import { runtimeOfNode } from './container-runtime.ts'
import { type Controller, controllerLoop } from './controller.ts'
import { DaemonSetController } from './daemonset.ts'
import { DeploymentController } from './deployment.ts'
import { collectionDelay, GarbageCollector } from './garbage-collector.ts'
import { JobController } from './job.ts'
import { Kubelet } from './kubelet.ts'
import { NamespaceController } from './namespace-controller.ts'
import { NodeLifecycleController } from './node-lifecycle.ts'
import { ReplicaSetController } from './replicaset.ts'
import { Scheduler } from './scheduler.ts'
import { ServiceController } from './service.ts'
import type { DockerEngine } from '../docker/engine.ts'

export type { ClusterParameters } from './bootstrap.ts'

/** Of kubelet 1.20: status is synced each 10 s, and only then the object of an ended pod goes. */
const deletionLag = 9.5e6

const kubeletFlags = ['--kubeconfig=/etc/kubernetes/kubelet.conf', '--config=/var/lib/kubelet/config.yaml']

export class Cluster {
  readonly api: ApiServer
  readonly engine: DockerEngine
  readonly parameters: ClusterParameters
  readonly kubelet: Kubelet

  /** Precondition: the machine has been booted, and docker runs. */
  constructor(engine: DockerEngine, parameters: ClusterParameters) {
    const { daemon } = engine
    const { clock, random } = daemon.kernel
    this.engine = engine
    this.parameters = parameters
    this.api = new ApiServer(clock, random)
    bootstrap(this.api, daemon.kernel, parameters)
    const options = { deletionLag, flags: kubeletFlags, containerRuntime: runtimeOfNode(parameters.containerRuntime) }
    const kubeletOf = (node: NodeName): Kubelet => new Kubelet(this.api, daemon, { ...node, ...options })
    const [own, ...others] = nodesOf(parameters)
    this.kubelet = kubeletOf(own)
    const run = (controller: Controller, lag?: number): void => {
      daemon.background(controllerLoop(clock, controller, lag))
    }
    run(new DeploymentController(this.api))
    run(new ReplicaSetController(this.api))
    run(new DaemonSetController(this.api))
    run(new JobController(this.api, clock))
    run(new NamespaceController(this.api))
    run(new ServiceController(this.api))
    run(new Scheduler(this.api, parameters.nodeName))
    run(new GarbageCollector(this.api), collectionDelay)
    for (const kubelet of [this.kubelet, ...others.map(kubeletOf)]) {
      run(kubelet)
      daemon.background(kubelet.relist())
      daemon.background(kubelet.restarts())
      daemon.background(new NodeLifecycleController(this.api, clock, kubelet.process, kubelet.name).run())
    }
  }
}
