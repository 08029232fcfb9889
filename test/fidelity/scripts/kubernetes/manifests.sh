# Manifests as people write them. What is asked of a pod is asked when it no longer changes.

### a Deployment with a shared PID namespace
cat > depl3.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: depl3
  labels:
    label1: deploy-alpine
spec:
  replicas: 1
  selector:
    matchLabels:
      label1: deploy-alpine
  template:
    metadata:
      labels:
        label1: deploy-alpine
    spec:
      shareProcessNamespace: true
      containers:
        - name: alpine
          image: alpine:latest
          command: ["/bin/sh", "-c", "sleep 1000"]
          imagePullPolicy: IfNotPresent
YAML
kubectl apply -f depl3.yaml
kubectl wait --for=condition=Available deployment/depl3 --timeout=60s
kubectl get deployment,replicaset,pod
kubectl exec deployment/depl3 -- ps -o pid,user,args | grep -v ps
docker ps --format '{{.Image}} {{.Names}}' | grep depl3 | cut -d _ -f 1-3 | sort
kubectl get pods -o jsonpath='{.items[*].spec.shareProcessNamespace}{"\n"}'

### the same with a remark that is no comment
cat > depl3.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: depl3
  labels:
        label1: deploy-alpine
spec:
  replicas: 1
  selector:
    matchLabels:
        label1: deploy-alpine

  template:
    metadata:
      labels:
        label1: deploy-alpine

    spec:
      shareProcessNamespace: true   <== this option!
      containers:
        - name: alpine
          image: alpine:latest
          command: [ "/bin/sh", "-c", "sleep 1000" ]
          imagePullPolicy: IfNotPresent
YAML
kubectl apply -f depl3.yaml
sed -i 's/ *<==.*//' depl3.yaml
kubectl apply -f depl3.yaml
kubectl wait --for=condition=Available deployment/depl3 --timeout=60s
kubectl exec deployment/depl3 -- ps aux | grep -v ps

### a server and a sidecar that asks it
cat > web.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: { app: web }
spec:
  containers:
    - name: server
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["/bin/sh", "-c", "mkdir /www && echo hello > /www/index.html && exec httpd -f -p 80 -h /www"]
      ports:
        - containerPort: 80
    - name: sidecar
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "until wget -q -O - localhost 2> /dev/null; do sleep 0.2; done; exec sleep 1000"]
YAML
kubectl apply -f web.yaml
kubectl wait --for=condition=Ready pod/web --timeout=60s
until kubectl logs web -c sidecar | grep -q .; do sleep 0.2; done
kubectl logs web -c sidecar
kubectl get pod web
kubectl exec web -c sidecar -- netstat -ltn

### two containers that want one port
cat > clash.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: clash
spec:
  restartPolicy: Never
  containers:
    - name: first
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["httpd", "-f", "-p", "80"]
    - name: second
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "sleep 2; exec httpd -f -p 80"]
YAML
kubectl apply -f clash.yaml
until [ "$(kubectl get pod clash -o jsonpath='{.status.containerStatuses[1].state.terminated.exitCode}')" ]; do sleep 0.3; done
kubectl logs clash -c second
kubectl get pod clash
kubectl get pod clash -o jsonpath='{range .status.containerStatuses[*]}{.name} {.state.terminated.exitCode} {.state.terminated.reason}{"\n"}{end}'

### a Job that ends
cat > job.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata:
  name: count
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: count
          image: alpine
          imagePullPolicy: IfNotPresent
          command: ["sh", "-c", "for i in 1 2 3; do echo $i; done"]
YAML
kubectl apply -f job.yaml
kubectl wait --for=condition=complete job/count --timeout=60s
kubectl get job count | sed 's/[0-9]*s/N/g; s/  */ /g'
kubectl logs job/count
kubectl get pods -o custom-columns=STATUS:.status.phase,RESTARTS:.status.containerStatuses[0].restartCount

### a Job that fails
cat > job.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata:
  name: fails
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: fails
          image: alpine
          imagePullPolicy: IfNotPresent
          command: ["sh", "-c", "echo no >&2; exit 3"]
YAML
kubectl apply -f job.yaml
kubectl wait --for=condition=failed job/fails --timeout=60s
kubectl get job fails -o jsonpath='{.status.conditions[0].reason}: {.status.conditions[0].message}{"\n"}'
kubectl get pods -o jsonpath='{.items[0].status.phase} {.items[0].status.containerStatuses[0].state.terminated.exitCode}{"\n"}'

### init containers run one after another
cat > init.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: init
spec:
  volumes:
    - name: shared
      emptyDir: {}
  initContainers:
    - name: one
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "echo one >> /shared/log"]
      volumeMounts: [{ name: shared, mountPath: /shared }]
    - name: two
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "echo two >> /shared/log"]
      volumeMounts: [{ name: shared, mountPath: /shared }]
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "cat /shared/log; exec sleep 1000"]
      volumeMounts: [{ name: shared, mountPath: /shared }]
YAML
kubectl apply -f init.yaml
kubectl wait --for=condition=Ready pod/init --timeout=60s
kubectl logs init
kubectl get pod init -o jsonpath='{range .status.initContainerStatuses[*]}{.name} {.state.terminated.reason} {.ready}{"\n"}{end}'
kubectl get pod init -o jsonpath='{range .status.conditions[*]}{.type}={.status}{"\n"}{end}'
docker ps -a --format '{{.Names}} {{.Status}}' | grep _init_ | sed 's/^k8s_\([a-zA-Z]*\)_[^ ]* \([A-Z][a-z]*\).*/\1 \2/' | sort

### a readiness probe that fails, until it does not
cat > probe.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: probe
spec:
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sleep", "1000"]
      readinessProbe:
        exec: { command: ["test", "-e", "/tmp/ready"] }
        periodSeconds: 1
YAML
kubectl apply -f probe.yaml
kubectl wait --for=condition=Initialized pod/probe --timeout=60s
until [ "$(kubectl get pod probe -o jsonpath='{.status.phase}')" = Running ]; do sleep 0.3; done
kubectl get pod probe
kubectl exec probe -- touch /tmp/ready
kubectl wait --for=condition=Ready pod/probe --timeout=60s
kubectl get pod probe

### a liveness probe that fails restarts the container
cat > live.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: live
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "touch /tmp/alive; exec sleep 1000"]
      livenessProbe:
        exec: { command: ["cat", "/tmp/alive"] }
        initialDelaySeconds: 1
        periodSeconds: 1
        failureThreshold: 2
YAML
kubectl apply -f live.yaml
kubectl wait --for=condition=Ready pod/live --timeout=60s
kubectl exec live -- rm /tmp/alive
until [ "$(kubectl get pod live -o jsonpath='{.status.containerStatuses[0].restartCount}')" = 1 ]; do sleep 0.5; done
kubectl get pod live -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode}{"\n"}'
kubectl get events --field-selector reason=Killing -o custom-columns=MESSAGE:.message --no-headers

### an image that nobody has
kubectl run bad --image=no-such-image:1 --image-pull-policy=Never
until [ "$(kubectl get pod bad -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}')" = ErrImageNeverPull ]; do sleep 0.3; done
kubectl get pod bad
kubectl get pod bad -o jsonpath='{.status.containerStatuses[0].state.waiting.message}{"\n"}'
kubectl logs bad

### a config map and a secret in the environment and as files
cat > config.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { COLOR: blue, motd: "hello\n" }
---
apiVersion: v1
kind: Secret
metadata: { name: keys }
stringData: { password: s3cret }
---
apiVersion: v1
kind: Pod
metadata: { name: config }
spec:
  restartPolicy: Never
  volumes:
    - name: settings
      configMap: { name: settings }
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sh", "-c", "echo $COLOR $PASSWORD; ls /etc/settings; cat /etc/settings/motd"]
      env:
        - name: COLOR
          valueFrom: { configMapKeyRef: { name: settings, key: COLOR } }
        - name: PASSWORD
          valueFrom: { secretKeyRef: { name: keys, key: password } }
      volumeMounts: [{ name: settings, mountPath: /etc/settings }]
YAML
kubectl apply -f config.yaml
until [ "$(kubectl get pod config -o jsonpath='{.status.phase}')" = Succeeded ]; do sleep 0.3; done
kubectl logs config
kubectl get pod config

### a config map that is not there
cat > missing.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: missing }
spec:
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sleep", "1000"]
      env:
        - name: COLOR
          valueFrom: { configMapKeyRef: { name: settings, key: COLOR } }
YAML
kubectl apply -f missing.yaml
until [ "$(kubectl get pod missing -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}')" = CreateContainerConfigError ]; do sleep 0.3; done
kubectl get pod missing
kubectl get pod missing -o jsonpath='{.status.containerStatuses[0].state.waiting.message}{"\n"}'

### a DaemonSet has a pod on the one node
cat > daemon.yaml <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers:
        - name: agent
          image: alpine
          imagePullPolicy: IfNotPresent
          command: ["sleep", "1000"]
YAML
kubectl apply -f daemon.yaml
kubectl rollout status daemonset/agent > /dev/null
kubectl get daemonset agent
kubectl get pods -o custom-columns=NODE:.spec.nodeName,OWNER:.metadata.ownerReferences[0].kind

### the host's network and PIDs
cat > host.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: host }
spec:
  hostNetwork: true
  hostPID: true
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["sleep", "1000"]
YAML
kubectl apply -f host.yaml
kubectl wait --for=condition=Ready pod/host --timeout=60s
[ "$(kubectl get pod host -o jsonpath='{.status.podIP}')" = "$(kubectl get pod host -o jsonpath='{.status.hostIP}')" ] && echo one address
kubectl exec host -- pidof kubelet > /dev/null && echo the kubelet is seen
docker inspect --format '{{.HostConfig.NetworkMode}} {{.HostConfig.PidMode}}' $(docker ps -q --filter name=k8s_POD_host)

### a Service and its endpoints
cat > service.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - name: app
      image: alpine
      imagePullPolicy: IfNotPresent
      command: ["httpd", "-f", "-p", "8080"]
YAML
kubectl apply -f service.yaml
kubectl wait --for=condition=Ready pod/web --timeout=60s
until kubectl get endpoints web -o jsonpath='{.subsets[0].addresses[0].ip}' | grep -q .; do sleep 0.2; done
kubectl get endpoints web
kubectl get endpoints web -o jsonpath='{.subsets[0].ports[0].port} {.subsets[0].addresses[0].targetRef.name}{"\n"}'
