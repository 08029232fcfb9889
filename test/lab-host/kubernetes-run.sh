#!/bin/bash
# kubernetes-run.sh COMMAND…: runs a command as on the node that kubernetes-start.sh has made: in its network, with DOCKER_HOST
# and KUBECONFIG set to its engine and its cluster, and the cluster's own kubectl on PATH. The directory stays.
set -eu
. "$(dirname "$0")/kubernetes-settings.sh"

if [ "${1-}" = --inside ]; then
  shift
  hostname lab
  unset PAUSE_LAB_SOCKET PAUSE_LAB_ENGINE
  export PATH=$programs:$PATH
  exec "$@"
fi
[ -n "$(running kube-apiserver)" ] || fail 'no Kubernetes runs here: kubernetes-start.sh starts one'
exec nsenter --net="/run/netns/$node" -- unshare --uts -- "$0" --inside "$@"
