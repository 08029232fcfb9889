#!/bin/bash
# stop.sh: ends the engine that start.sh started with the same settings, its containers too, and removes what it wrote.
# The cache stays. Right to call when nothing runs.
set -eu
. "$(dirname "$0")/settings.sh"

if [ -n "$(engine)" ]; then
  pid=$(engine)
  docker ps --all --quiet | xargs -r docker rm --force --volumes > /dev/null || true
  kill "$pid"
  for _ in $(seq 300); do
    [ -n "$(engine)" ] || break
    sleep 0.1
  done
  [ -z "$(engine)" ] || fail "the engine, process $pid, does not end"
fi
[ -d "$root" ] || exit 0

sweep
if ip link show docker0 > /dev/null 2>&1; then ip link delete docker0; fi
if [ -d "$host_before" ]; then
  iptables-restore < "$host_before/iptables"
  sysctl --quiet --load="$host_before/sysctl"
fi
rm -rf "$root"
rmdir /run/docker/plugins /run/docker 2> /dev/null || true
say 'stopped'
