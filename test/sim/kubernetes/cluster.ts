// A machine with a cluster of one node, for tests: objects go in through the API server, commands run on the node's bash.
import type { KubernetesObject } from '../../../src/sim/kubernetes/objects.ts'
import type { Cluster } from '../../../src/sim/kubernetes/cluster.ts'
import { findResource } from '../../../src/sim/kubernetes/resources.ts'
import { bootMachine, type SimulatedMachine } from '../../../src/sim/boot.ts'
import { resolvePath } from '../../../src/sim/kernel/path-resolution.ts'
import { ShellSession } from '../../../src/sim/shell/session.ts'
import { parse } from 'yaml'

const environment = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
])

export class TestCluster {
  readonly machine: SimulatedMachine
  readonly cluster: Cluster
  readonly #session: ShellSession

  constructor() {
    this.machine = bootMachine({ persona: 'kubernetes-1.20' })
    const { kernel, init, cluster } = this.machine
    if (cluster === undefined) throw new Error('the persona has no cluster')
    this.cluster = cluster
    this.#session = new ShellSession({
      kernel,
      parent: init,
      environment,
      workingDirectory: resolvePath(init, '/root'),
    })
  }

  /** Creates each document of a manifest. */
  apply(manifest: string): void {
    for (const document of manifest.split(/^---$/m)) {
      const object = parse(document) as KubernetesObject
      this.cluster.api.create(this.resource(object.kind.toLowerCase()), object)
    }
  }

  resource(name: string) {
    const found = findResource(name)
    if (found === undefined) throw new Error(`no resource ${name}`)
    return found
  }

  /** Runs a script on the node; gives its stdout. */
  async run(script: string): Promise<string> {
    const decoder = new TextDecoder()
    let output = ''
    const keep = (chunk: Uint8Array): void => {
      output += decoder.decode(chunk, { stream: true })
    }
    await this.#session.run(`${script}\n`, { stdout: keep, stderr: keep })
    return output
  }
}
