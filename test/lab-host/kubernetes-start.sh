#!/bin/bash
# kubernetes-start.sh: a real Kubernetes 1.20.2 of one node, with its built-in docker runtime, on a bare Debian 12, as root.
# Builds it first when the cache has none. Ready when it returns; kubernetes-run.sh runs a command on it.
#
#   PAUSE_LAB_KUBERNETES   what it writes goes here (default /tmp/pause-lab-kubernetes)
#   PAUSE_LAB_CACHE        what is built once (default ~/.cache/pause-lab)
set -eu
. "$(dirname "$0")/kubernetes-settings.sh"
[ "$(id -u)" = 0 ] || fail 'needs root'

if [ -n "$(running kubelet)" ] && on_node "$programs/kubectl" get --raw /readyz > /dev/null 2>&1; then
  say "Kubernetes already runs in $state"
  exit 0
fi
"$here/kubernetes-build.sh" > /dev/null
"$here/install.sh" etcd-server docker-registry conntrack socat ethtool ebtables openssl nginx
# What a start that was cut off has left.
[ ! -d "$state" ] || "$here/kubernetes-stop.sh"
for directory in $kubelet_directories; do
  [ ! -e "$directory" ] || fail "$directory exists: another kubelet seems to live on this machine"
done

mkdir -p "$state/tls"
# From here on there is something to take down again.
trap '[ $? = 0 ] || "$here/kubernetes-stop.sh"' EXIT
# shellcheck disable=SC2086
sysctl --ignore $kubelet_sysctls > "$state/sysctl" 2> /dev/null

ip netns add "$node"
on_node ip link set lo up
# The kubelet wants a default route, and a node address that is not loopback. Nothing is at the other end.
on_node ip link add eth0 type veth peer name eth0-peer
on_node ip link set eth0-peer up
on_node ip link set eth0 up
on_node ip address add "$node_address/24" dev eth0
on_node ip route add default via 192.168.49.1
# A pull looks up docker.io before it asks the mirror: let that fail at once.
# shellcheck disable=SC2013
for nameserver in $(awk '$1 == "nameserver" && $2 ~ /^[0-9.]+$/ && $2 !~ /^127/ { print $2 }' /etc/resolv.conf); do
  on_node ip route add unreachable "$nameserver"
done

serve() { # NAME COMMAND…
  local name=$1
  shift
  setsid nsenter --net="/run/netns/$node" -- "$@" < /dev/null > "$state/$name.log" 2>&1 &
  echo $! > "$state/$name.pid"
}
until_ready() { # WHAT SECONDS COMMAND…
  local what=$1 seconds=$2 end=$((SECONDS + $2))
  shift 2
  until "$@" > /dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { tail -5 "$state"/*.log >&2; fail "$what is not ready after $seconds s"; }
    sleep 0.2
  done
}

# Root without CAP_SYS_RESOURCE cannot lower oom_score_adj, which the kubelet asks for; runc would end with an error.
cat > "$state/runtime" << 'WRAPPER'
#!/bin/bash
for ((at = 1; at < $#; at++)); do
  next=$((at + 1))
  [ "${!at}" = --bundle ] || continue
  config=${!next}/config.json
  raised=$(jq -c '.process.oomScoreAdj |= if . and . < 0 then 0 else . end' "$config") && printf '%s' "$raised" > "$config"
done
exec /usr/sbin/runc "$@"
WRAPPER
chmod +x "$state/runtime"
cat > "$state/registry.yml" << YAML
version: 0.1
storage: { filesystem: { rootdirectory: "$state/registry" } }
http: { addr: "127.0.0.1:5000" }
YAML
serve docker-registry docker-registry serve "$state/registry.yml"
on_node "$here/start.sh" --add-runtime "lab=$state/runtime" --default-runtime lab --registry-mirror http://127.0.0.1:5000
on_node "$here/kubernetes-images.sh"

openssl genrsa -out "$state/tls/service-account.key" 2048 2> /dev/null
token=$(openssl rand -hex 16)
echo "$token,admin,admin,system:masters" > "$state/tls/tokens.csv"
cat > "$kubeconfig" << YAML
apiVersion: v1
kind: Config
clusters: [{ name: lab, cluster: { server: "https://127.0.0.1:6443", insecure-skip-tls-verify: true } }]
users: [{ name: admin, user: { token: $token } }]
contexts: [{ name: lab, context: { cluster: lab, user: admin } }]
current-context: lab
YAML
chmod 600 "$kubeconfig" "$state/tls/tokens.csv"
# Pods get the volumes that every cluster has had since 1.21.
gate=--feature-gates=BoundServiceAccountTokenVolume=true

serve etcd etcd --data-dir "$state/etcd" --listen-client-urls http://127.0.0.1:2379 \
  --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
serve kube-apiserver "$programs/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 \
  --service-cluster-ip-range=10.96.0.0/16 --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port=6443 \
  --cert-dir="$state/tls" --token-auth-file="$state/tls/tokens.csv" \
  --service-account-key-file="$state/tls/service-account.key" \
  --service-account-signing-key-file="$state/tls/service-account.key" \
  --service-account-issuer=https://kubernetes.default.svc --authorization-mode=RBAC --allow-privileged \
  --endpoint-reconciler-type=none --kubelet-preferred-address-types=InternalIP "$gate"
kubectl() { on_node "$programs/kubectl" "$@"; }
until_ready 'the API server' 60 kubectl get --raw /readyz

serve kube-controller-manager "$programs/kube-controller-manager" --kubeconfig="$kubeconfig" \
  --service-account-private-key-file="$state/tls/service-account.key" --root-ca-file="$state/tls/apiserver.crt" \
  --leader-elect=false "$gate"
serve kube-scheduler "$programs/kube-scheduler" --kubeconfig="$kubeconfig" --leader-elect=false
# The thresholds: a full disk must not delete the images, which nobody could pull again.
cat > "$state/kubelet.yml" << 'YAML'
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failSwapOn: false
cgroupDriver: cgroupfs
enforceNodeAllocatable: []
authentication: { anonymous: { enabled: true }, webhook: { enabled: false } }
authorization: { mode: AlwaysAllow }
evictionHard: { memory.available: 50Mi, nodefs.available: 100Mi, imagefs.available: 100Mi, nodefs.inodesFree: "1%" }
imageGCHighThresholdPercent: 99
imageGCLowThresholdPercent: 98
clusterDNS: [10.96.0.10]
clusterDomain: cluster.local
YAML
serve kubelet "$here/kubernetes-kubelet.sh"
until_ready 'the node' 90 kubectl wait --for=condition=Ready node/lab --timeout=5s
# Without these no pod is admitted.
until_ready 'the namespace' 60 kubectl get serviceaccount/default configmap/kube-root-ca.crt
say "$(kubectl get nodes --no-headers | tr -s ' '), in $state; kubernetes-run.sh COMMAND… runs a command there"
