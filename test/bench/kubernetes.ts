// What the simulated cluster costs: a Deployment from apply to running, a thousand pods and five thousand, the list of them.
import type { Measurement } from './machine.ts'
import { ignore, medianOf } from './timing.ts'
import type { Shell } from '../../src/session/backend.ts'
import { createSimulatedBackend } from '../../src/sim/backend.ts'

/** As many as the API server lets a node take. */
const podsPerNode = 100

const manifest = (name: string, replicas: number): string => `kubectl apply -f - > /dev/null <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers: [{name: web, image: 'alpine:latest', imagePullPolicy: IfNotPresent, command: [sleep, "1000000"]}]
YAML
`

async function inCluster<T>(nodes: number, use: (shell: Shell) => Promise<T>): Promise<T> {
  const backend = createSimulatedBackend({ persona: 'kubernetes-1.20', nodes })
  try {
    return await use(await backend.open({}))
  } finally {
    await backend.dispose()
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return Math.round(performance.now() - before)
}

/** Milliseconds from `kubectl apply` of a Deployment until its pod runs, median. At most `limit`. */
export async function simulatedDeployment(): Promise<Measurement> {
  const value = await inCluster(1, async (shell) => {
    let turn = 0
    return await medianOf(20, async () => {
      turn += 1
      await shell.run(`${manifest(`web${turn}`, 1)}kubectl rollout status deployment web${turn} > /dev/null`, ignore)
    })
  })
  return { name: 'sim_deployment_ms', value, unit: 'ms', limit: 20 }
}

interface RollOut {
  readonly milliseconds: number
  readonly listing: number
  readonly megabytes: number
}

/** One of a thousand pods serves three figures. */
let thousand: Promise<RollOut> | undefined

function rollOutThousand(): Promise<RollOut> {
  thousand ??= rollOut(1000)
  return thousand
}

async function rollOut(pods: number): Promise<RollOut> {
  return await inCluster(Math.ceil(pods / podsPerNode), async (shell) => {
    const before = process.memoryUsage().heapUsed
    const milliseconds = await time(() =>
      shell.run(`${manifest('web', pods)}kubectl rollout status deployment web > /dev/null`, ignore),
    )
    const listing = await medianOf(5, () => shell.run('kubectl get pods -A', ignore))
    globalThis.gc?.()
    return { milliseconds, listing, megabytes: Math.round((process.memoryUsage().heapUsed - before) / 1e6) }
  })
}

/** Milliseconds until 1,000 pods run on 10 nodes. At most `limit`. */
export async function simulatedThousandPods(): Promise<Measurement> {
  const { milliseconds } = await rollOutThousand()
  return { name: 'sim_pods_1000_ms', value: milliseconds, unit: 'ms', limit: 2000 }
}

/** What they take of memory, in megabytes. At most `limit`. */
export async function simulatedThousandPodsMemory(): Promise<Measurement> {
  const { megabytes } = await rollOutThousand()
  return { name: 'sim_pods_1000_mb', value: megabytes, unit: 'MB', limit: 300 }
}

/** Milliseconds until 5,000 pods run on 50 nodes. At most `limit`. */
export async function simulatedFiveThousandPods(): Promise<Measurement> {
  const { milliseconds } = await rollOut(5000)
  return { name: 'sim_pods_5000_ms', value: milliseconds, unit: 'ms', limit: 12_000 }
}

/** Milliseconds of `kubectl get pods -A` of 1,000 pods, median. At most `limit`. */
export async function simulatedListOfPods(): Promise<Measurement> {
  const { listing } = await rollOutThousand()
  return { name: 'sim_kubectl_get_1000_ms', value: listing, unit: 'ms', limit: 60 }
}
