#!/bin/bash
# start.sh [OPTION…]: a real docker engine with the lessons' two images, on a bare Debian 12, as root. Ready when it returns.
# Options are dockerd's.
#
#   PAUSE_LAB_ENGINE   what the engine writes goes here (default /tmp/pause-lab-engine); must not hold one already
#   PAUSE_LAB_SOCKET   its socket (default /var/run/docker.sock)
#   PAUSE_LAB_CACHE    what is built once (default ~/.cache/pause-lab)
set -eu
. "$(dirname "$0")/settings.sh"
[ "$(id -u)" = 0 ] || fail 'needs root'

"$here/install.sh"

if docker version > /dev/null 2>&1; then
  [ -n "$(engine)" ] || fail "another engine already answers on $socket"
  "$here/images.sh"
  say "already running on $socket"
  exit 0
fi
[ -z "$(engine)" ] || fail "the engine in $root, process $(engine), does not answer on $socket"

# After an unclean end pid files, containerd and the socket are still there, and dockerd would refuse to start.
sweep
mkdir -p "$root" "$(dirname "$socket")"
if [ ! -d "$host_before" ]; then
  mkdir "$host_before"
  iptables-save > "$host_before/iptables"
  sysctl net.ipv4.ip_forward > "$host_before/sysctl"
fi

setsid dockerd --data-root "$root/data" --exec-root "$root/exec" --pidfile "$root/docker.pid" \
  --host "unix://$socket" "$@" < /dev/null > "$root/dockerd.log" 2>&1 &
engine=$!

for _ in $(seq 300); do
  if docker version > /dev/null 2>&1; then
    "$here/images.sh"
    say "docker $(docker version --format '{{.Server.Version}}') answers on $socket"
    exit 0
  fi
  kill -0 "$engine" 2> /dev/null || break
  sleep 0.1
done
tail -20 "$root/dockerd.log" >&2
fail "the engine did not start; its log is $root/dockerd.log"
