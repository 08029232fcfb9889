#!/bin/bash
# kubernetes-kubelet.sh: becomes the kubelet of the node that kubernetes-start.sh has made, in its network namespace. A file
# of its own, so that a kubelet that somebody has stopped can be started again.
set -eu
. "$(dirname "$0")/kubernetes-settings.sh"
exec "$programs/kubelet" --kubeconfig="$kubeconfig" --config="$state/kubelet.yml" --container-runtime=docker \
  --docker-endpoint="unix://$socket" --pod-infra-container-image=registry.k8s.io/pause:3.9 --cert-dir="$state/tls" \
  --hostname-override=lab --node-ip="$node_address" --feature-gates=BoundServiceAccountTokenVolume=true
