#!/bin/bash
# kubernetes-script.sh: runs the script on standard input on the node that kubernetes-start.sh has made, in an empty directory and
# an environment of its own, and ends with its exit code. Then the cluster is emptied again, and the kubelet goes on.
set -eu
. "$(dirname "$0")/kubernetes-settings.sh"
if [ "${1-}" != --inside ]; then exec "$here/kubernetes-run.sh" "$0" --inside; fi

home=$(mktemp -d)
mkdir "$home/lab" "$home/.kube"
cp "$KUBECONFIG" "$home/.kube/config"
script=$home/.script
text=$(cat)
# Read whole at first, so that a command which reads its standard input does not eat the rest.
printf 'eval %s < /dev/null\n' "${text@Q}" > "$script"

# A process group of its own: what the script leaves in the background ends with it.
set -m
code=0
(cd "$home/lab" && exec env -i "PATH=$PATH" "HOME=$home" "DOCKER_HOST=$DOCKER_HOST" LANG=C.UTF-8 TERM=dumb PAGER=cat EDITOR=vi \
  SHLVL=0 bash < "$script") &
group=$!
# One line of the shell's own about how the script ended would not be the script's.
wait "$group" 2> /dev/null || code=$?
set +m
exec > /dev/null 2>&1
kill -KILL -- "-$group" || true

kill -CONT "$(running kubelet)" || true
# Lessons that run meanwhile have namespaces of their own: they stay.
namespaces() { kubectl get namespaces -o name | grep -vE '/(default|kube-.*|lesson-.*)$'; }
containers() { docker ps --all --no-trunc --format '{{.ID}} {{.Names}}' | grep -v _lesson- | cut -d ' ' -f 1; }
empty() {
  local namespace names
  kubectl wait --for=condition=Ready node/lab --timeout=60s
  for namespace in $(namespaces); do
    kubectl delete "$namespace" --wait=false
    kubectl delete pods --all --grace-period=0 --force --namespace "${namespace#*/}"
  done
  kubectl delete deployments,daemonsets,replicasets,jobs --all --wait=false
  kubectl delete pods --all --grace-period=0 --force
  names=$(kubectl get services,configmaps,secrets,serviceaccounts -o name |
    grep -vE '^(service/kubernetes|configmap/kube-root-ca.crt|secret/default-token-.*|serviceaccount/default)$')
  # shellcheck disable=SC2086
  [ -z "$names" ] || kubectl delete $names
  for _ in $(seq 100); do
    containers | xargs -r docker rm --force --volumes
    [ -n "$(kubectl get pods -o name)$(containers)" ] || break
    sleep 0.2
  done
  names=$(namespaces)
  # shellcheck disable=SC2086
  [ -z "$names" ] || kubectl wait --for=delete $names --timeout=30s
  kubectl delete events --all
}
empty || true
rm -rf "$home"
exit "$code"
