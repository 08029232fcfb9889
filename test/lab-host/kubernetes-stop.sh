#!/bin/bash
# kubernetes-stop.sh: ends what kubernetes-start.sh has started, and removes all that it wrote: containers, mounts, cgroups, the
# network namespace. The cache stays. Right to call when nothing runs.
set -eu
. "$(dirname "$0")/kubernetes-settings.sh"
[ -d "$state" ] || exit 0

stop() { # NAME
  local pid
  pid=$(running "$1")
  [ -n "$pid" ] || return 0
  kill "$pid"
  for _ in $(seq 100); do
    [ -n "$(running "$1")" ] || return 0
    sleep 0.1
  done
  kill -KILL "$pid"
}
# The kubelet first, that it makes no container anew; the engine last.
# shellcheck disable=SC2086
for name in $(printf '%s\n' $services | tac); do stop "$name"; done
if [ -e "/run/netns/$node" ]; then
  on_node "$here/stop.sh"
  ip netns delete "$node"
fi

for directory in $kubelet_directories; do
  [ -d "$directory" ] || continue
  # The kubelet mounts its own directory on itself, too.
  awk -v under="$directory/" 'index($2 "/", under) == 1 { print $2 }' /proc/mounts | tac | xargs -r umount
  rm -rf "$directory"
done
# Empty by now; a directory of cgroups goes from within, by rmdir alone.
find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2> /dev/null || true
[ ! -s "$state/sysctl" ] || sysctl --quiet --load="$state/sysctl" 2> /dev/null || true
rm -rf "$state"
say 'Kubernetes stopped'
