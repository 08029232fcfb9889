#!/bin/bash
# machine-init.sh: PID 1 of a machine that machine.sh has booted. Starts the engine, then serves standard input.
hostname lab
ip link set lo up
echo 1 > /proc/sys/net/ipv4/ip_forward
dockerd -H unix:///var/run/docker.sock > /var/log/dockerd.log 2>&1 < /dev/null &
engine=$!
for _ in $(seq 300); do
  docker version > /dev/null 2>&1 && break
  kill -0 "$engine" 2> /dev/null || break
  sleep 0.1
done
import() { # ARCHIVE IMAGE CHANGE…
  local archive=$1 image=$2
  shift 2
  docker import "${@/#/--change=}" "/run/images/$archive" "$image" > /dev/null
}
# A second apart, so that their order in a list is no luck.
import alpine.tar alpine:latest 'CMD ["/bin/sh"]' 'ENV PATH=/bin' && sleep 1 &&
  import pause.tar registry.k8s.io/pause:3.9 'ENTRYPOINT ["/pause"]' 'USER 65535:65535' || {
  tail -5 /var/log/dockerd.log >&2
  exit 3
}
alpine=$(docker images --quiet --no-trunc alpine:latest)
pause=$(docker images --quiet --no-trunc registry.k8s.io/pause:3.9)
# This shell's own open files are not for the scripts.
for fd in /proc/$$/fd/*; do
  fd=${fd##*/}
  [ "$fd" -le 2 ] || [ "$fd" = 255 ] || eval "exec $fd>&-"
done
containerd=$(pgrep -x containerd)

clean_up() {
  local pid
  for pid in $(ps -eo pid= --no-headers); do
    case $pid in 1 | $$ | "$engine" | "$containerd") continue ;; esac
    # Containers end by docker rm.
    [ "$(readlink /proc/self/ns/pid)" = "$(readlink "/proc/$pid/ns/pid")" ] || continue
    case $(cat "/proc/$pid/comm" 2> /dev/null) in containerd-shim* | docker-proxy | runc*) continue ;; esac
    kill -KILL "$pid"
  done
  docker ps --all --quiet | xargs -r docker rm --force --volumes
  docker network prune --force
  docker volume ls --quiet | xargs -r docker volume rm --force
  docker tag "$alpine" alpine:latest
  docker tag "$pause" registry.k8s.io/pause:3.9
  docker images --format '{{.Repository}}:{{.Tag}} {{.ID}}' --filter dangling=false | cut -d ' ' -f 1 |
    grep -vxF -e alpine:latest -e registry.k8s.io/pause:3.9 | xargs -r docker rmi --force
  docker image prune --force
  ip netns list | cut -d ' ' -f 1 | xargs -r -n 1 ip netns delete
  hostname lab
  cd / && find /root /tmp -mindepth 1 -delete
} > /dev/null 2>&1

while IFS= read -r -d '' script; do
  mkdir -p /root/lab && cd /root/lab
  unset OLDPWD
  printf 'eval %s < /dev/null\n' "${script@Q}" > /run/script
  # Should the script kill its own bash, this one's word on it is not the script's.
  exec 9>&2 2> /dev/null
  SHLVL=0 bash < /run/script 2>&9 9>&-
  code=$?
  exec 2>&9 9>&-
  printf '\0%d\0' "$code" | tee /dev/stderr
  clean_up
done
