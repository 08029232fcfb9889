# kubectl itself: what people type, and what it answers.

### scale up and down
kubectl create deployment web --image=alpine -- sleep 1000
kubectl scale deployment web --replicas=3
kubectl rollout status deployment/web > /dev/null
kubectl get deployment web
kubectl scale deployment web --replicas=1
until [ "$(kubectl get pods --no-headers | grep -vc Terminating)" = 1 ]; do sleep 0.3; done
kubectl get deployment web
kubectl scale deployment web --replicas=2 --current-replicas=5
kubectl scale deployment none --replicas=2

### a rollout, its history and undo
kubectl create deployment web --image=alpine -- sleep 1000
kubectl rollout status deployment/web > /dev/null
kubectl set env deployment/web COLOR=blue
kubectl rollout status deployment/web > /dev/null
kubectl rollout history deployment/web
kubectl rollout undo deployment/web
kubectl rollout status deployment/web > /dev/null
kubectl rollout history deployment/web
kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].env}{"\n"}'

### a pod is deleted, its Deployment makes another
kubectl create deployment web --image=alpine -- sleep 1000
kubectl rollout status deployment/web > /dev/null
first=$(kubectl get pods -o name)
kubectl delete "$first" --grace-period=1 | sed 's/web-[^"]*/web-N/'
kubectl rollout status deployment/web
[ "$first" = "$(kubectl get pods -o name)" ] && echo the same || echo another
kubectl get events --field-selector reason=SuccessfulCreate -o custom-columns=KIND:.involvedObject.kind,COUNT:.count --no-headers

### labels
kubectl run one --image=alpine --image-pull-policy=IfNotPresent --labels=app=x,tier=a -- sleep 1000
kubectl run two --image=alpine --image-pull-policy=IfNotPresent --labels=app=x -- sleep 1000
kubectl wait --for=condition=Ready pod/one pod/two --timeout=60s
kubectl get pods --show-labels
kubectl get pods -l app=x,tier!=a
kubectl get pods -l 'tier in (a,b)' -o name
kubectl get pods -L app,tier | sed 's/ [0-9]*s / N /'
kubectl label pod one tier=b
kubectl label pod one tier=b --overwrite
kubectl label pod one tier-
kubectl annotate pod one note='hello there'
kubectl get pod one -o jsonpath='{.metadata.annotations.note}{"\n"}'

### output forms
kubectl run one --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000
kubectl wait --for=condition=Ready pod/one --timeout=60s
kubectl get pod one -o wide
kubectl get pod one -o name
kubectl get pods --no-headers | awk '{ print $1, $2, $3, $4 }'
kubectl get pod one -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image,NONE:.spec.nothing
kubectl get pod one -o go-template='{{.metadata.name}} {{len .spec.containers}}{{"\n"}}'
kubectl get pod one -o jsonpath='{.spec.containers[*].args}{"\n"}'
kubectl get pod one -o yaml | grep -E '^  (hostIP|phase|podIP|qosClass|startTime):'
kubectl get pods --field-selector status.phase=Running -o name
kubectl get pods --sort-by=.metadata.name -o name

### describe
kubectl run one --image=alpine --image-pull-policy=IfNotPresent --labels=app=x -- sleep 1000
kubectl wait --for=condition=Ready pod/one --timeout=60s
kubectl describe pod one
kubectl describe pod none

### describe of a Deployment
kubectl create deployment web --image=alpine --replicas=2 -- sleep 1000
kubectl rollout status deployment/web > /dev/null
kubectl describe deployment web
kubectl describe replicaset | sed 's/web-[0-9a-z-]*/web-N/g' | head -n 20

### logs
kubectl run talks --image=alpine --image-pull-policy=IfNotPresent --restart=Never -- sh -c 'for i in 1 2 3 4; do echo line $i; done; echo oops >&2'
until [ "$(kubectl get pod talks -o jsonpath='{.status.phase}')" = Succeeded ]; do sleep 0.3; done
kubectl logs talks
kubectl logs talks --tail=2
kubectl logs talks -c other
kubectl logs talks -p
kubectl logs none

### exec and its exit codes
kubectl run one --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000
kubectl wait --for=condition=Ready pod/one --timeout=60s
kubectl exec one -- sh -c 'echo out; echo err >&2; exit 3'
echo "exit $?"
kubectl exec one -- no-such-program
echo "exit $?"
kubectl exec one
kubectl exec none -- true
echo hello | kubectl exec -i one -- cat
kubectl exec one -c other -- true

### dry runs and diff
kubectl create deployment web --image=alpine --dry-run=client -o yaml
kubectl run one --image=alpine --dry-run=client -o yaml
kubectl create configmap settings --from-literal=a=1 --from-literal=b=2 --dry-run=client -o yaml
kubectl create secret generic keys --from-literal=p=x --dry-run=client -o yaml
kubectl create service clusterip web --tcp=80:8080 --dry-run=client -o yaml

### apply, changed, applied again
cat > settings.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { a: "1", b: "2" }
YAML
kubectl apply -f settings.yaml
kubectl apply -f settings.yaml
sed -i 's/"2"/"3"/' settings.yaml
kubectl apply -f settings.yaml
kubectl get configmap settings -o jsonpath='{.data}{"\n"}'
kubectl delete -f settings.yaml
kubectl delete -f settings.yaml
kubectl delete -f settings.yaml --ignore-not-found

### expose and endpoints
kubectl create deployment web --image=alpine -- httpd -f -p 80
kubectl expose deployment web --port=80
kubectl get service web | sed 's/10\.[0-9.]*/IP/; s/  */ /g'
kubectl expose deployment web --port=80

### namespaces
kubectl create namespace team
kubectl run one --image=alpine --image-pull-policy=IfNotPresent -n team -- sleep 1000
kubectl wait --for=condition=Ready pod/one -n team --timeout=60s
kubectl get pods
kubectl get pods -n team
kubectl get pods -A
kubectl create namespace team
kubectl config set-context --current --namespace=team
kubectl get pods -o name
kubectl delete pod one --grace-period=1

### typing errors
kubectl gt pods
kubectl get pood
kubectl get pods --outpt=wide
kubectl get
kubectl delete pod
kubectl delete pods none
kubectl get pods none other
kubectl explain pod.spec.nothing

### explain
kubectl explain pod.spec.shareProcessNamespace
kubectl explain deployment.spec.replicas
kubectl explain pods.spec.containers.livenessProbe | head -n 20

### patch and edit what runs
kubectl create deployment web --image=alpine -- sleep 1000
kubectl patch deployment web -p '{"spec":{"replicas":2}}'
kubectl patch deployment web -p '{"spec":{"replicas":2}}'
kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'
kubectl patch deployment web --type=merge -p '{"metadata":{"labels":{"x":"y"}}}'
kubectl get deployment web -o jsonpath='{.metadata.labels} {.metadata.generation}{"\n"}'
kubectl patch deployment web -p 'no'

### what a pod's processes see
kubectl run one --image=alpine --image-pull-policy=IfNotPresent -- sleep 1000
kubectl wait --for=condition=Ready pod/one --timeout=60s
kubectl exec one -- hostname
kubectl exec one -- cat /etc/hosts | grep -v '^#' | sed 's/^172[.0-9]*/IP/'
kubectl exec one -- cat /etc/resolv.conf | head -n 2
kubectl exec one -- env | grep -E '^(HOSTNAME|KUBERNETES_SERVICE)' | sort
kubectl exec one -- ls /var/run/secrets/kubernetes.io/serviceaccount
kubectl exec one -- ip addr show eth0 | grep -c 'inet '
