#!/bin/bash
# images.sh: imports the two images that the lessons name into the running engine. No registry is asked.
set -eu
. "$(dirname "$0")/settings.sh"

alpine() {
  local busybox=$cache/busybox-alpine-ps applet
  [ -x "$busybox" ] || "$here/busybox.sh" "$busybox"
  mkdir -p "$work/alpine"
  cd "$work/alpine"
  mkdir -p bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr/bin usr/sbin var/log
  chmod 1777 tmp
  cp "$busybox" bin/busybox
  for applet in $("$busybox" --list); do
    [ "$applet" = busybox ] || ln -s /bin/busybox "bin/$applet"
  done
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'nobody:x:65534:65534:nobody:/:/sbin/nologin' > etc/passwd
  printf '%s\n' 'root:x:0:root' 'nobody:x:65534:' > etc/group
  printf '%s\n' 'NAME="Alpine Linux"' 'ID=alpine' 'PRETTY_NAME="Alpine Linux (stand-in)"' > etc/os-release
  tar c . | docker import -c 'CMD ["/bin/sh"]' \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - alpine:latest > /dev/null
}

pause() {
  mkdir -p "$work/pause"
  gcc -static -O2 -Wall -Werror -o "$work/pause/pause" "$here/pause.c"
  tar c -C "$work/pause" pause | docker import -c 'ENTRYPOINT ["/pause"]' -c 'USER 65535:65535' - \
    registry.k8s.io/pause:3.9 > /dev/null
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
docker image inspect alpine:latest > /dev/null 2>&1 || (alpine)
docker image inspect registry.k8s.io/pause:3.9 > /dev/null 2>&1 || (pause)
