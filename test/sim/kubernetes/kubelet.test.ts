// What a pod survives: the kubelet over the docker engine, on the virtual clock. Facts 32 to 36.
import { expect, test } from 'vitest'
import type { Pod } from '../../../src/sim/kubernetes/objects.ts'
import { TestCluster } from './cluster.ts'

const podOf = (name: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  ${more}
  containers:
    - {name: web, image: 'alpine:latest', imagePullPolicy: IfNotPresent, command: [sh, -c, exec sleep 1000]}
    - {name: side, image: 'alpine:latest', imagePullPolicy: IfNotPresent, command: [sleep, '1000']}
`

async function start(name: string, more?: string): Promise<TestCluster> {
  const cluster = new TestCluster()
  cluster.apply(podOf(name, more))
  await cluster.run('sleep 3')
  return cluster
}

function statusOf(cluster: TestCluster, name: string): string {
  const { status } = cluster.cluster.api.get(cluster.resource('pods'), 'default', name) as Pod
  const containers = status.containerStatuses?.map(
    (each) => `${each.name} ${each.restartCount} ${Object.keys(each.state).join('')}`,
  )
  return `${status.phase} ${status.podIP} ${containers?.join(', ')}`
}

const net = `readlink /proc/$(docker inspect -f '{{.State.Pid}}' $(docker ps -q -f name=k8s_POD))/ns/net`
// The new namespace may get the old one's inode number: the sandbox's id tells.
const sandbox = 'docker ps -q -f name=k8s_POD'
const killed = (name: string): string =>
  `kill -9 $(docker inspect -f '{{.State.Pid}}' $(docker ps -q -f name=k8s_${name}))`

test('a pod is a sandbox held by pause, and containers that join its network', async () => {
  const cluster = await start('two')
  expect(await cluster.run(`docker ps --format '{{.Names}} {{.Command}}' | sed 's/_two_default_[-0-9a-f]*_/ /'`)).toBe(
    'k8s_side 0 "sleep 1000"\nk8s_web 0 "sh -c \'exec sleep 1…"\nk8s_POD 0 "/pause"\n',
  )
})

test('an app that is killed is started again in the same sandbox, at the same address', async () => {
  const cluster = await start('two')
  const before = await cluster.run(net)
  await cluster.run(`${killed('web')}; sleep 3`)
  expect([await cluster.run(net), statusOf(cluster, 'two')]).toEqual([
    before,
    'Running 172.17.0.2 side 0 running, web 1 running',
  ])
})

test('pause killed, PIDs not shared: the containers get their grace period, then all is made anew', async () => {
  const cluster = await start('two')
  const before = await cluster.run(sandbox)
  await cluster.run(`${killed('POD')}; sleep 20`)
  const meanwhile = statusOf(cluster, 'two')
  await cluster.run('sleep 20')
  expect([meanwhile, statusOf(cluster, 'two'), (await cluster.run(sandbox)) === before]).toEqual([
    'Running 172.17.0.2 side 0 running, web 0 running',
    'Running 172.17.0.2 side 1 running, web 1 running',
    false,
  ])
})

test('pause killed, PIDs shared: the kernel kills all at once', async () => {
  const cluster = await start('shared', 'shareProcessNamespace: true')
  await cluster.run(`${killed('POD')}; sleep 0.1`)
  const names = await cluster.run(`docker ps -q | wc -l`)
  await cluster.run('sleep 4')
  expect([names, statusOf(cluster, 'shared')]).toEqual(['0\n', 'Running 172.17.0.2 side 1 running, web 1 running'])
})

test('with a shared PID namespace pause is PID 1', async () => {
  const cluster = await start('shared', 'shareProcessNamespace: true')
  const comm = await cluster.run('docker exec $(docker ps -q -f name=k8s_side) cat /proc/1/comm')
  expect(comm).toBe('pause\n')
})

test('an app that ends again and again waits 10, then 20 seconds', async () => {
  const cluster = new TestCluster()
  cluster.apply(podOf('crash').replace('exec sleep 1000', 'exit 3'))
  const seen: string[] = []
  for (let second = 0; second < 30; second += 10) {
    await cluster.run('sleep 10')
    seen.push(statusOf(cluster, 'crash'))
  }
  expect(seen).toEqual([
    'Running 172.17.0.2 side 0 running, web 1 waiting',
    'Running 172.17.0.2 side 0 running, web 2 waiting',
    'Running 172.17.0.2 side 0 running, web 2 waiting',
  ])
})

test('a deleted pod gets its grace period; then nothing of it is left', async () => {
  const cluster = await start('two')
  cluster.cluster.api.delete(cluster.resource('pods'), 'default', 'two')
  await cluster.run('sleep 20')
  const running = await cluster.run('docker ps -q | wc -l')
  await cluster.run('sleep 25')
  expect([
    running,
    await cluster.run('docker ps -aq | wc -l'),
    cluster.cluster.api.list(cluster.resource('pods')),
  ]).toEqual(['3\n', '0\n', []])
})

test('a deployment keeps its number of pods', async () => {
  const cluster = new TestCluster()
  cluster.apply(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: depl3}
spec:
  replicas: 2
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec: {containers: [{name: a, image: 'alpine:latest', imagePullPolicy: IfNotPresent, command: [sleep, '1000']}]}
`)
  await cluster.run('sleep 3')
  const [pod] = cluster.cluster.api.list(cluster.resource('pods'))
  cluster.cluster.api.delete(cluster.resource('pods'), 'default', pod?.metadata.name ?? '', { gracePeriodSeconds: 0 })
  await cluster.run('sleep 3')
  const { status } = cluster.cluster.api.get(cluster.resource('deployments'), 'default', 'depl3')
  expect(status).toMatchObject({ replicas: 2, readyReplicas: 2, observedGeneration: 1 })
})
