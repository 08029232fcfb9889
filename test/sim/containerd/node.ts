// A node whose runtime is containerd or CRI-O, for tests: scripts run on its bash.
import { createSimulatedBackend } from '../../../src/sim/backend.ts'
import type { Backend, Shell } from '../../../src/session/backend.ts'

const manifest = (name: string, spec: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  terminationGracePeriodSeconds: 2
${spec}  containers:
    - { name: web, image: alpine, imagePullPolicy: IfNotPresent, command: [sh, -c, "echo hello; exec sleep 1000"] }
    - { name: side, image: alpine, imagePullPolicy: IfNotPresent, command: [sleep, "1000"] }
`

export class TestNode {
  readonly #backend: Backend
  readonly #shell: Shell

  private constructor(backend: Backend, shell: Shell) {
    this.#backend = backend
    this.#shell = shell
  }

  /** Starts the machine, and the pod `two` of the containers web and side. @param spec more lines of its spec, indented by 2 */
  static async withPod(spec = '', runtime: 'containerd' | 'cri-o' = 'containerd'): Promise<TestNode> {
    const backend = createSimulatedBackend({ persona: `kubernetes-1.20-${runtime}` })
    const node = new TestNode(backend, await backend.open({}))
    await node.run(
      `kubectl apply -f - <<'YAML'\n${manifest('two', spec)}YAML\nkubectl wait --for=condition=Ready pod/two`,
    )
    return node
  }

  /** Gives what it prints on both streams. */
  async run(script: string): Promise<string> {
    const decoder = new TextDecoder()
    let printed = ''
    const keep = (chunk: Uint8Array): void => {
      printed += decoder.decode(chunk, { stream: true })
    }
    await this.#shell.run(`${script}\n`, { stdout: keep, stderr: keep })
    return printed
  }

  async end(): Promise<void> {
    await this.#backend.dispose()
  }
}
