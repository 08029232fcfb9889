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

engine_state() {
  curl --silent --unix-socket /var/run/docker.sock http://engine/{containers/json?all=1,networks,volumes,images/json} |
    jq --compact-output '[.. | .Id?, .Name?, .RepoTags?]'
}
state=$(engine_state)

clean_up() {
  local pid name
  ps -eo pid=,comm= --no-headers > /run/processes
  while read -r pid name; do
    # Containers end by docker rm.
    case $pid:$name in
      1:* | $$:* | $engine:* | $containerd:* | *:ps | *:tee | *:containerd-shim* | *:docker-proxy | *:runc*) continue ;;
    esac
    [ "$(readlink /proc/self/ns/pid)" = "$(readlink "/proc/$pid/ns/pid")" ] && kill -KILL "$pid"
  done < /run/processes
  ip netns list | cut -d ' ' -f 1 | xargs -r -n 1 ip netns delete
  hostname lab
  cd / && find /root /tmp -mindepth 1 -delete
  # The engine is asked by its socket what there is: the command would take longer than most scripts.
  [ "$(engine_state)" = "$state" ] && return
  docker ps --all --quiet | xargs -r docker rm --force --volumes
  docker network prune --force
  docker volume ls --quiet | xargs -r docker volume rm --force
  docker tag "$alpine" alpine:latest
  docker tag "$pause" registry.k8s.io/pause:3.9
  docker images --format '{{.Repository}}:{{.Tag}} {{.ID}}' --filter dangling=false | cut -d ' ' -f 1 |
    grep -vxF -e alpine:latest -e registry.k8s.io/pause:3.9 | xargs -r docker rmi --force
  docker image prune --force
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
