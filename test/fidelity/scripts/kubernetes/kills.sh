# What a pod survives: its application, pause and the kubelet end, one at a time.

### the application is killed
kubectl run app --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000
kubectl wait --for=condition=Ready pod/app --timeout=60s
ip=$(kubectl get pod app -o jsonpath='{.status.podIP}')
pause=$(docker ps -q --filter name=k8s_POD_app)
kill -9 "$(docker inspect --format '{{.State.Pid}}' "$(docker ps -q --filter name=k8s_app_app)")"
until [ "$(kubectl get pod app -o jsonpath='{.status.containerStatuses[0].restartCount}')" = 1 ]; do sleep 0.3; done
kubectl wait --for=condition=Ready pod/app --timeout=60s
kubectl get pod app
[ "$ip" = "$(kubectl get pod app -o jsonpath='{.status.podIP}')" ] && echo the same address
[ "$pause" = "$(docker ps -q --filter name=k8s_POD_app)" ] && echo the same pause
kubectl get pod app -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode} {.status.containerStatuses[0].lastState.terminated.reason}{"\n"}'
docker ps -a --format '{{.Names}} {{.Status}}' | grep '_app_default_' | sed 's/^k8s_\([a-zA-Z]*\)_.*_\([0-9]*\) \([A-Z][a-z]*\).*/\1 \2 \3/' | sort
kubectl get events --field-selector involvedObject.name=app -o custom-columns=REASON:.reason,COUNT:.count,MESSAGE:.message --no-headers | grep -v Pulled | sort

### pause is killed, PIDs shared
cat > shared.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: shared }
spec:
  shareProcessNamespace: true
  containers: [{ name: app, image: alpine, imagePullPolicy: IfNotPresent, command: ["sleep", "1000"] }]
YAML
kubectl apply -f shared.yaml
kubectl wait --for=condition=Ready pod/shared --timeout=60s
kill -9 "$(docker inspect --format '{{.State.Pid}}' "$(docker ps -q --filter name=k8s_POD_shared)")"
until [ "$(kubectl get pod shared -o jsonpath='{.status.containerStatuses[0].restartCount}')" = 1 ]; do sleep 0.3; done
kubectl wait --for=condition=Ready pod/shared --timeout=60s
kubectl get pod shared
kubectl get pod shared -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode} {.status.containerStatuses[0].lastState.terminated.reason}{"\n"}'
docker ps -a --format '{{.Names}} {{.Status}}' | grep '_shared_default_' | sed 's/^k8s_\([a-zA-Z]*\)_.*_\([0-9]*\) \([A-Z][a-z]*\).*/\1 \2 \3/' | sort
kubectl get events --field-selector involvedObject.name=shared -o custom-columns=REASON:.reason,COUNT:.count,MESSAGE:.message --no-headers | grep -v Pulled | sort

### pause is killed, PIDs not shared
cat > apart.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: apart }
spec:
  terminationGracePeriodSeconds: 2
  containers: [{ name: app, image: alpine, imagePullPolicy: IfNotPresent, command: ["sleep", "1000"] }]
YAML
kubectl apply -f apart.yaml
kubectl wait --for=condition=Ready pod/apart --timeout=60s
kill -9 "$(docker inspect --format '{{.State.Pid}}' "$(docker ps -q --filter name=k8s_POD_apart)")"
until [ "$(kubectl get pod apart -o jsonpath='{.status.containerStatuses[0].restartCount}')" = 1 ]; do sleep 0.3; done
kubectl wait --for=condition=Ready pod/apart --timeout=60s
kubectl get pod apart
docker ps -a --format '{{.Names}} {{.Status}}' | grep '_apart_default_' | sed 's/^k8s_\([a-zA-Z]*\)_.*_\([0-9]*\) \([A-Z][a-z]*\).*/\1 \2 \3/' | sort
kubectl get events --field-selector involvedObject.name=apart -o custom-columns=REASON:.reason,COUNT:.count,MESSAGE:.message --no-headers | grep -v Pulled | sort

### pause gets SIGTERM
cat > term.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: term }
spec:
  shareProcessNamespace: true
  containers: [{ name: app, image: alpine, imagePullPolicy: IfNotPresent, command: ["sleep", "1000"] }]
YAML
kubectl apply -f term.yaml
kubectl wait --for=condition=Ready pod/term --timeout=60s
pause=$(docker ps -q --filter name=k8s_POD_term)
kill "$(docker inspect --format '{{.State.Pid}}' "$pause")"
docker wait "$pause"
docker logs "$pause"

### the kubelet is stopped, and an application ends meanwhile
kubectl run app --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000
kubectl wait --for=condition=Ready pod/app --timeout=60s
kill -STOP "$(pidof kubelet)"
kill -9 "$(docker inspect --format '{{.State.Pid}}' "$(docker ps -q --filter name=k8s_app_app)")"
sleep 5
kubectl get pod app
docker ps -a --format '{{.Names}} {{.Status}}' | grep '_app_default_' | sed 's/^k8s_\([a-zA-Z]*\)_.*_\([0-9]*\) \([A-Z][a-z]*\).*/\1 \2 \3/' | sort
kill -CONT "$(pidof kubelet)"
until [ "$(kubectl get pod app -o jsonpath='{.status.containerStatuses[0].restartCount}')" = 1 ]; do sleep 0.3; done
kubectl wait --for=condition=Ready pod/app --timeout=60s
kubectl get pod app

### a node whose kubelet is silent
kill -STOP "$(pidof kubelet)"
kubectl wait --for=condition=Ready=Unknown node/lab --timeout=120s
kubectl get node lab | cut -c 1-20
kubectl get node lab -o jsonpath='{range .status.conditions[*]}{.type} {.status} {.reason}{"\n"}{end}'
kubectl get node lab -o jsonpath='{range .spec.taints[*]}{.key}:{.effect}{"\n"}{end}' | sort
kill -CONT "$(pidof kubelet)"
kubectl wait --for=condition=Ready node/lab --timeout=60s

### docker stop of an application
kubectl run app --image=alpine --image-pull-policy=IfNotPresent -- sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done'
kubectl wait --for=condition=Ready pod/app --timeout=60s
docker stop "$(docker ps -q --filter name=k8s_app_app)" > /dev/null
until [ "$(kubectl get pod app -o jsonpath='{.status.containerStatuses[0].restartCount}')" = 1 ]; do sleep 0.3; done
kubectl get pod app -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode} {.status.containerStatuses[0].lastState.terminated.reason}{"\n"}'

### an application that ends is not restarted
cat > once.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: once }
spec:
  restartPolicy: OnFailure
  containers: [{ name: app, image: alpine, imagePullPolicy: IfNotPresent, command: ["true"] }]
YAML
kubectl apply -f once.yaml
until [ "$(kubectl get pod once -o jsonpath='{.status.phase}')" = Succeeded ]; do sleep 0.3; done
kubectl get pod once
until [ -z "$(docker ps -q --filter name=k8s_POD_once)" ]; do sleep 0.3; done
docker ps -a --format '{{.Names}} {{.Status}}' | grep '_once_default_' | sed 's/^k8s_\([a-zA-Z]*\)_.*_\([0-9]*\) \([A-Z][a-z]*\).*/\1 \2 \3/' | sort
