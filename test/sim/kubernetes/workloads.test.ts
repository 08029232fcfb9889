// DaemonSets, Jobs, probes and hooks, on the virtual clock; and a node whose kubelet has stopped.
import { expect, test } from 'vitest'
import { TestCluster } from './cluster.ts'

const container = (more: string, command = '[sleep, "100000"]'): string =>
  `{name: web, image: 'alpine:latest', imagePullPolicy: IfNotPresent, command: ${command}, ${more}}`

const pod = (more: string, command?: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 5
  containers: [${container(more, command)}]
`

const workload = (apiVersion: string, kind: string, spec: string, command: string, policy = 'Always'): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: work}
spec:
  ${spec}
  template:
    metadata: {labels: {app: work}}
    spec:
      restartPolicy: ${policy}
      terminationGracePeriodSeconds: 1
      containers: [${container('', command)}]
`

async function start(manifest: string, seconds: number): Promise<TestCluster> {
  const cluster = new TestCluster()
  cluster.apply(manifest)
  await cluster.run(`sleep ${seconds}`)
  return cluster
}

const look = `kubectl get pod web --no-headers | awk '{print $2, $3, $4}'`
const eventsOf = (reason: string): string =>
  `kubectl get events --field-selector reason=${reason} -o jsonpath='{range .items[*]}{.message}{"\\n"}{end}'`

test('a DaemonSet has one pod on the node, and makes it anew when it is deleted', async () => {
  const cluster = await start(
    workload('apps/v1', 'DaemonSet', 'selector: {matchLabels: {app: work}}', '[sleep, "100000"]'),
    4,
  )
  await cluster.run('kubectl delete pod -l app=work; sleep 5')
  expect(
    await cluster.run(
      `kubectl get ds work -o jsonpath='{.status.numberReady}/{.status.desiredNumberScheduled}'; kubectl get pods -l app=work --no-headers | wc -l`,
    ),
  ).toBe('1/11\n')
})

test('a Job runs as many pods as asked for, one after the other, and is complete', async () => {
  const cluster = await start(workload('batch/v1', 'Job', 'completions: 3', '[sleep, "5"]', 'Never'), 60)
  expect(
    await cluster.run(
      `kubectl get job work -o jsonpath='{.status.succeeded} {.status.conditions[0].type}'; echo; ${eventsOf('Completed')}`,
    ),
  ).toBe('3 Complete\nJob completed\n')
})

test('a Job whose pods fail tries again after 10 and 20 seconds, and gives up at its limit', async () => {
  const cluster = await start(workload('batch/v1', 'Job', 'backoffLimit: 2', '["false"]', 'Never'), 100)
  expect(
    await cluster.run(
      `kubectl get job work -o jsonpath='{.status.failed} {.status.conditions[0].reason}'; echo; kubectl get pods --no-headers | awk '{print $3}'`,
    ),
  ).toBe('3 BackoffLimitExceeded\nError\nError\nError\n')
})

test('a web server that answers is ready; a wrong path says its status code', async () => {
  const serve = `[sh, -c, 'mkdir /www; echo hello > /www/index.html; exec httpd -f -p 80 -h /www']`
  const right = await start(pod('readinessProbe: {httpGet: {port: 80}}', serve), 20)
  const wrong = await start(pod('readinessProbe: {httpGet: {port: 80, path: /no}}', serve), 20)
  expect([await right.run(look), await wrong.run(look), await wrong.run(eventsOf('Unhealthy'))]).toEqual([
    '1/1 Running 0\n',
    '0/1 Running 0\n',
    'Readiness probe failed: HTTP probe failed with statuscode: 404\n',
  ])
})

test('nobody listens: a liveness probe fails three times, and the container is started again', async () => {
  const cluster = await start(pod('livenessProbe: {tcpSocket: {port: 80}}'), 40)
  expect(await cluster.run(`${look}; ${eventsOf('Killing')}; ${eventsOf('Unhealthy')}`)).toBe(
    '1/1 Running 1\nContainer web failed liveness probe, will be restarted\nLiveness probe failed: dial tcp 172.17.0.2:80: connect: connection refused\n',
  )
})

test('liveness waits until the startup probe has passed', async () => {
  const cluster = await start(
    pod(
      'startupProbe: {exec: {command: [test, -e, /tmp/up]}, periodSeconds: 1, failureThreshold: 100}, livenessProbe: {exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1}',
    ),
    30,
  )
  const before = await cluster.run(look)
  await cluster.run('kubectl exec web -- touch /tmp/up; sleep 4')
  expect([before, await cluster.run(eventsOf('Killing'))]).toEqual([
    '0/1 Running 0\n',
    'Container web failed liveness probe, will be restarted\n',
  ])
})

test('postStart runs before anything else is said of the container; preStop before its end', async () => {
  const cluster = await start(
    pod(
      `lifecycle: {postStart: {exec: {command: [touch, /tmp/started]}}, preStop: {exec: {command: [sh, -c, 'echo bye > /proc/1/fd/1; sleep 2']}}}`,
    ),
    4,
  )
  const started = await cluster.run('kubectl exec web -- ls /tmp')
  expect([started, await cluster.run('(kubectl logs -f web &) ; sleep 1; kubectl delete pod web')]).toEqual([
    'started\n',
    'pod "web" deleted\nbye\n',
  ])
})

test('a hook of postStart that fails kills the container', async () => {
  const cluster = await start(pod('lifecycle: {postStart: {exec: {command: [sh, -c, exit 3]}}}'), 4)
  const hidden = `sed 's/(........-[^)]*)/(uid)/'`
  expect(await cluster.run(`${eventsOf('FailedPostStartHook')} | ${hidden}; ${eventsOf('Killing')}`)).toBe(
    'Exec lifecycle hook ([sh -c exit 3]) for Container "web" in Pod "web_default(uid)" failed - error: command \'sh -c exit 3\' exited with 3: , message: ""\nFailedPostStartHook\n',
  )
})

test('an image that is changed in a pod starts the container again', async () => {
  const cluster = await start(pod(''), 4)
  await cluster.run('kubectl set image pod/web web=busybox:latest; sleep 10')
  expect(await cluster.run(`${look}; ${eventsOf('Killing')}`)).toBe(
    '1/1 Running 1\nContainer web definition changed, will be restarted\n',
  )
})

test('without its kubelet a node is not ready after 40 s; what runs there goes on; it comes back', async () => {
  const cluster = await start(pod(''), 4)
  const node = `kubectl get nodes --no-headers | awk '{print $2}'`
  await cluster.run('kill $(pidof kubelet); sleep 30')
  const soon = await cluster.run(node)
  await cluster.run('sleep 15')
  const later = await cluster.run(`${node}; ${look}; docker ps -q --filter name=k8s_web | wc -l`)
  await cluster.run('(setsid kubelet > /dev/null 2>&1 &); sleep 15')
  expect([soon, later, await cluster.run(`${node}; ${look}`)]).toEqual([
    'Ready\n',
    'NotReady\n1/1 Running 0\n1\n',
    'Ready\n1/1 Running 0\n',
  ])
})

test('settings and keys come as variables and files; what is missing keeps the pod from starting', async () => {
  const cluster = await start(
    `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  restartPolicy: Never
  volumes: [{name: settings, configMap: {name: settings}}]
  containers:
    - name: web
      image: alpine:latest
      imagePullPolicy: IfNotPresent
      command: [sh, -c, 'echo $COLOR $PASSWORD; cat /etc/settings/motd']
      env:
        - {name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: COLOR}}}
        - {name: PASSWORD, valueFrom: {secretKeyRef: {name: keys, key: password}}}
      volumeMounts: [{name: settings, mountPath: /etc/settings}]
`,
    3,
  )
  const before = await cluster.run(`${look}; ${eventsOf('FailedMount')}; docker ps -aq | wc -l`)
  cluster.apply('apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {password: s3cret}')
  cluster.apply('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {COLOR: blue, motd: "hello\\n"}')
  await cluster.run('sleep 5')
  expect([before, await cluster.run('kubectl logs web')]).toEqual([
    '0/1 ContainerCreating 0\nMountVolume.SetUp failed for volume "settings" : configmap "settings" not found\n0\n',
    'blue s3cret\nhello\n',
  ])
})
