# What the API server, or kubectl for it, says of manifests that are wrong.

### a field that does not exist
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  containers: [{ name: app, image: alpine, comand: ["sleep"] }]
YAML

### a number where a string belongs
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  containers: [{ name: app, image: alpine, env: [{ name: N, value: 1 }] }]
YAML

### a kind that does not exist
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pood
metadata: { name: bad }
YAML

### a group that has no such kind
kubectl create -f - <<'YAML'
apiVersion: extensions/v1beta1
kind: Deployment
metadata: { name: bad }
YAML

### a name with capital letters
kubectl run Bad --image=alpine

### a pod without containers
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec: { containers: [] }
YAML

### two containers of one name
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  containers: [{ name: app, image: alpine }, { name: app, image: alpine }]
YAML

### a selector that the template does not fit
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: bad }
spec:
  selector: { matchLabels: { app: one } }
  template:
    metadata: { labels: { app: two } }
    spec: { containers: [{ name: app, image: alpine }] }
YAML

### a restart policy that a Deployment cannot have
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: bad }
spec:
  selector: { matchLabels: { app: one } }
  template:
    metadata: { labels: { app: one } }
    spec: { restartPolicy: Never, containers: [{ name: app, image: alpine }] }
YAML

### a mount of a volume that is not there
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  containers: [{ name: app, image: alpine, volumeMounts: [{ name: data, mountPath: /data }] }]
YAML

### a port out of range and a protocol that nobody speaks
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  containers: [{ name: app, image: alpine, ports: [{ containerPort: 70000, protocol: ICMP }] }]
YAML

### a pull policy that does not exist
kubectl run bad --image=alpine --image-pull-policy=Sometimes

### YAML that is none
printf 'kind: Pod\n  name: x\n' | kubectl create -f -

### a file that is not there
kubectl apply -f nothing.yaml

### shared and host PIDs at once
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  hostPID: true
  shareProcessNamespace: true
  containers: [{ name: app, image: alpine }]
YAML

### a field that cannot change
kubectl run fixed --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000
kubectl patch pod fixed -p '{"spec":{"restartPolicy":"Never"}}' 2>&1 | head -n 1

### a namespace that is not there
kubectl run bad --image=alpine -n nowhere
kubectl get pods -n nowhere

### someone who may do nothing
kubectl get pods --as=alice
kubectl auth can-i create pods --as=alice
