# shellcheck shell=bash disable=SC2034
# kubernetes-settings.sh: where the lab's Kubernetes keeps its things. Sourced by the scripts beside it.

# What its processes write. Its engine is one of start.sh's, in there.
state=${PAUSE_LAB_KUBERNETES:-/tmp/pause-lab-kubernetes}
export PAUSE_LAB_ENGINE=$state/engine PAUSE_LAB_SOCKET=$state/docker.sock
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

# One network namespace is all that sets the node apart from this machine: its docker0 has addresses of its own, and no port
# is taken. A process on the node is a process here, under the same PID.
node=pause-lab-node
node_address=192.168.49.2
programs=$cache/kubernetes-1.20.2
kubeconfig=$state/kubeconfig
export KUBECONFIG=$kubeconfig

# Runs a command in the node's network. `ip netns exec` would hide /sys/fs/cgroup from it.
on_node() { nsenter --net="/run/netns/$node" -- "$@"; }

# The PID of a process that kubernetes-start.sh has started, or nothing.
running() { # NAME
  local pid
  pid=$(cat "$state/$1.pid" 2> /dev/null) || return 0
  # The kernel cuts a process's name after 15 characters.
  grep -qs '^State:.[^Z]' "/proc/$pid/status" && grep -qsx "${1:0:15}" "/proc/$pid/comm" && echo "$pid"
  return 0
}

# In the order in which they start.
services='docker-registry etcd kube-apiserver kube-controller-manager kube-scheduler kubelet'

# What the kubelet keeps outside of its own directory, whatever it is told.
kubelet_directories='/var/lib/kubelet /var/lib/dockershim /var/log/pods /var/log/containers'
# What it sets in the kernel.
kubelet_sysctls='vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops kernel.keys.root_maxkeys
  kernel.keys.root_maxbytes'
