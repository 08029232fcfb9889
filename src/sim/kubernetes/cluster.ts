// A cluster of one node: API server, controllers, scheduler and kubelet over a docker engine. Separate loops that only meet in the store.
import { ApiServer } from './api-server.ts'
import { bootstrap, type ClusterParameters } from './bootstrap.ts'
import { controllerLoop } from './controller.ts'
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
    this.kubelet = new Kubelet(this.api, daemon, {
      name: parameters.nodeName,
      address: parameters.nodeAddress,
      deletionLag,
      flags: ['--kubeconfig=/etc/kubernetes/kubelet.conf', '--config=/var/lib/kubelet/config.yaml'],
    })
    const jobs = new JobController(this.api, clock)
    const loops = [
      new DeploymentController(this.api),
      new ReplicaSetController(this.api),
      new DaemonSetController(this.api),
      jobs,
      new NamespaceController(this.api),
      new ServiceController(this.api),
      new Scheduler(this.api),
      this.kubelet,
    ]
    for (const loop of loops) daemon.background(controllerLoop(clock, this.api.store, () => loop.sync()))
    const collector = new GarbageCollector(this.api)
    daemon.background(controllerLoop(clock, this.api.store, () => collector.sync(), collectionDelay))
    const lifecycle = new NodeLifecycleController(this.api, clock, this.kubelet.process, parameters.nodeName)
    for (const work of [this.kubelet.relist(), this.kubelet.restarts(), jobs.timers(), lifecycle.run()])
      daemon.background(work)
  }
}
