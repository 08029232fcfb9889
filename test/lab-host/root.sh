#!/bin/bash
# root.sh SUITE: prints the directory of a Debian root file system with that suite's own docker engine and the tools that
# people type; builds it when the cache has none. bookworm has Docker 20.10, trixie 26.1, sid 28.5. Needs root, and a mirror.
set -eu
. "$(dirname "$0")/settings.sh"
suite=$1
target=$cache/roots/$suite

packages='docker.io iptables busybox-static gcc libc6-dev jq curl netcat-openbsd iproute2 procps psmisc util-linux strace
  iputils-ping'
# Newer suites have the command in a package of its own.
[ "$suite" = bookworm ] || packages="$packages docker-cli"

if [ ! -d "$target" ]; then
  [ "$(id -u)" = 0 ] || fail 'needs root'
  command -v debootstrap > /dev/null || {
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=300 update -qq
    apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends debootstrap > /dev/null
  }
  say "building the root file system of $suite, once"
  mkdir -p "$cache/roots"
  work=$(mktemp -d "$cache/roots/.$suite.XXXXXX")
  log=$cache/roots/$suite.log
  trap 'umount "$work/proc" 2> /dev/null || true; rm -rf "$work"' EXIT
  {
    debootstrap --variant=minbase "$suite" "$work"
    cp /etc/resolv.conf "$work/etc/"
    # No service is started in there.
    printf '#!/bin/sh\nexit 101\n' > "$work/usr/sbin/policy-rc.d"
    chmod +x "$work/usr/sbin/policy-rc.d"
    mount --bind /proc "$work/proc"
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive chroot "$work" apt-get install -y --no-install-recommends $packages
    umount "$work/proc"
    chroot "$work" apt-get clean
    rm -rf "$work/var/lib/apt/lists" "$work/usr/share/doc" "$work/usr/share/man" "$work/usr/share/locale"
  } > "$log" 2>&1 || { tail -5 "$log" >&2; fail "no root file system of $suite; the whole log is $log"; }
  chmod 755 "$work"
  mv "$work" "$target"
fi
echo "$target"
