// Commands that change or reach what runs: each script on a cluster of its own.
import { expect, test } from 'vitest'
import { TestCluster } from '../kubernetes/cluster.ts'

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "mkdir /www; echo hi > /www/index.html; exec httpd -f -p 80 -h /www"]
`

/** Runs a script beside the pod `web`, which is ready. */
async function beside(script: string): Promise<string> {
  const machine = new TestCluster()
  machine.apply(pod)
  await machine.run('kubectl wait --for=condition=Ready pod/web')
  return machine.run(script)
}

test('diff tells what apply would change, and ends with 1', async () => {
  const script = `cat > map.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: colours
data:
  sky: blue
YAML
kubectl apply -f map.yaml; kubectl diff -f map.yaml; echo "= $?"
sed -i s/blue/grey/ map.yaml
kubectl diff -f map.yaml | grep '^[-+] '; kubectl diff -f map.yaml > /dev/null; echo "= $?"`
  expect(await beside(script)).toBe('configmap/colours created\n= 0\n-  sky: blue\n+  sky: grey\n= 1\n')
})

test('scale only from the number that one expects', async () => {
  const script = `kubectl create deployment app --image=alpine > /dev/null
kubectl scale deployment app --replicas=2 --current-replicas=5; echo "= $?"
kubectl scale deployment app --replicas=2 --current-replicas=1`
  expect(await beside(script)).toBe('error: Expected replicas to be 5, was 1\n= 1\ndeployment.apps/app scaled\n')
})

test('edit sends what the editor made of the object', async () => {
  const script = `KUBE_EDITOR='sed -i s/alpine$/alpine:3/' kubectl edit pod web
kubectl get pod web -o jsonpath='{.spec.containers[0].image}{"\\n"}'`
  expect(await beside(script)).toBe('pod/web edited\nalpine:3\n')
})

test('edit without a change is cancelled', async () => {
  expect(await beside('KUBE_EDITOR=true kubectl edit pod web')).toBe('Edit cancelled, no changes made.\n')
})

test('an editor that wants a terminal fails', async () => {
  expect(await beside('kubectl edit pod web')).toBe(
    'vi: there is no terminal here\nerror: there was a problem with the editor "vi"\n',
  )
})

test('cp carries directories there and back', async () => {
  const script = `mkdir -p d/e; echo one > d/a; echo two > d/e/b
kubectl cp d web:/tmp/d; kubectl exec web -- cat /tmp/d/a /tmp/d/e/b
kubectl cp web:/tmp/d back 2>&1 > /dev/null; cat back/a back/e/b`
  expect(await beside(script)).toBe('one\ntwo\none\ntwo\n')
})

test('port-forward leads to the loopback of the pod', async () => {
  const script = `kubectl port-forward pod/web 8080:80 & sleep 1; curl -s localhost:8080; kill $!`
  expect(await beside(script)).toContain('Forwarding from 127.0.0.1:8080 -> 80\nHandling connection for 8080\nhi\n')
})

test('debug on a node sees its files and its host name', async () => {
  const script = `kubectl debug node/lab --quiet -i --image=alpine -- sh -c 'hostname; ls -d /host/etc'`
  expect(await beside(script)).toBe('lab\n/host/etc\n')
})

test('a copy of a pod for debugging shares its PID namespace', async () => {
  const script = `kubectl debug web --image=alpine --copy-to=copy -c shell --share-processes -- sleep 100
kubectl wait --for=condition=Ready pod/copy > /dev/null; kubectl exec copy -c shell -- ps -o pid,args | sed -n 2p`
  expect(await beside(script)).toBe('    1 /pause\n')
})

test('drain refuses pods that nobody would make anew', async () => {
  expect(await beside('kubectl drain lab; echo "= $?"; kubectl get nodes --no-headers | cut -c1-30')).toBe(
    `node/lab cordoned
error: unable to drain node "lab", aborting command...

There are pending nodes to be drained:
 lab
error: cannot delete Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet (use --force to override): default/web
= 1
lab   Ready,SchedulingDisabled
`,
  )
})

test('run takes overrides of the pod that it makes', async () => {
  const script = `kubectl run one --image=alpine --overrides='{"spec":{"shareProcessNamespace":true}}' -- sleep 9 > /dev/null
kubectl get pod one -o jsonpath='{.spec.shareProcessNamespace} {.spec.containers[0].args}{"\\n"}'
kubectl run two --image=alpine --overrides='{' -- sleep 9`
  expect(await beside(script)).toBe('true ["sleep","9"]\nerror: Invalid JSON Patch\n')
})
