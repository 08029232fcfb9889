#!/bin/bash
# image-files.sh: prints the directory with the two images' root file systems as archives, for machine.sh to import.
# alpine.tar is Debian's static busybox with a link for each of its applets and two accounts; pause.tar is pause.c, static.
set -eu
. "$(dirname "$0")/settings.sh"
target=$cache/image-files

if [ ! -d "$target" ]; then
  root=$("$here/root.sh" bookworm)
  work=$(mktemp -d "$cache/.image-files.XXXXXX")
  trap 'rm -rf "$work" "$root/tmp/pause" "$root/tmp/pause.c"' EXIT
  cp "$here/pause.c" "$root/tmp/pause.c"
  chroot "$root" gcc -static -O2 -o /tmp/pause /tmp/pause.c
  mkdir "$work/files" "$work/pause"
  cp "$root/tmp/pause" "$work/pause/pause"
  tar c -C "$work/pause" -f "$work/files/pause.tar" pause
  mkdir "$work/alpine" && cd "$work/alpine"
  mkdir bin dev etc proc root run sys tmp var
  chmod 1777 tmp
  cp "$root/bin/busybox" bin/busybox
  for applet in $(bin/busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "bin/$applet"
  done
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'nobody:x:65534:65534:nobody:/:/sbin/nologin' > etc/passwd
  printf '%s\n' 'root:x:0:' 'nobody:x:65534:' > etc/group
  tar c -f "$work/files/alpine.tar" .
  mv "$work/files" "$target"
fi
echo "$target"
