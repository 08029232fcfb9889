# shellcheck shell=bash disable=SC2034
# settings.sh: where the lab host keeps its things. Sourced by the scripts beside it; every value can be set from outside.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# What takes time to build (busybox, the images' root file systems) and survives from run to run.
cache=${PAUSE_LAB_CACHE:-$HOME/.cache/pause-lab}
# Everything the engine writes: images, containers, its pid file, its log. stop.sh removes it.
root=${PAUSE_LAB_ENGINE:-/tmp/pause-lab-engine}
# The engine's socket. With the default the docker client finds it without DOCKER_HOST.
socket=${PAUSE_LAB_SOCKET:-/var/run/docker.sock}

export DOCKER_HOST="unix://$socket"
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY

say() { printf 'lab-host: %s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

# The PID of the engine that runs in $root, or nothing. A killed one may still be a zombie, and its number reused.
engine() {
  local pid
  pid=$(cat "$root/docker.pid" 2> /dev/null) || return 0
  grep -qs '^State:.[^Z]' "/proc/$pid/status" && grep -qsx dockerd "/proc/$pid/comm" && echo "$pid"
  return 0
}

# What an engine that was killed leaves: its containerd, and a shim with a container for each (which ends with its init).
sweep() {
  local pid
  for pid in $(pgrep -f -- "-address $root/exec/containerd/"); do
    pkill -KILL -P "$pid" || true
    kill -KILL "$pid" 2> /dev/null || true
  done
  pgrep -f -- "--config $root/exec/containerd/" | xargs -r kill -KILL
  if [ -d "$root" ]; then
    awk -v under="$(readlink -f "$root")/" 'index($2, under) == 1 { print $2 }' /proc/mounts | tac | xargs -r umount --lazy
  fi
  rm -rf "$root/exec" "$root/docker.pid" "$socket"
}

# What the host had before the engine changed it; stop.sh puts it back.
host_before=$root/host-before
