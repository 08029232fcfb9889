#!/bin/bash
# busybox.sh FILE: builds a static busybox that prints `ps` as Alpine's does (PID USER TIME COMMAND), into FILE.
# Debian's source with Debian's static configuration; its binary package leaves the TIME column out.
set -eu
. "$(dirname "$0")/settings.sh"
target=$1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# A package index of its own, so that the host's apt needs no source lines.
mkdir -p lists/partial
. /etc/os-release
# Where this machine gets its own packages.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | grep -oE '[a-z]+://[^ ]+/debian/?( |$)' | head -n 1)
[ -n "$mirror" ] || fail 'no Debian mirror in /etc/apt/sources.list'
cat > sources.list << LIST
deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $VERSION_CODENAME main
LIST
apt=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
say 'building busybox, once'
apt-get "${apt[@]}" update -qq
apt-get "${apt[@]}" source -qq --download-only busybox > fetch.log 2>&1 || { cat fetch.log >&2; exit 1; }
dpkg-source -x busybox_*.dsc source > unpack.log 2>&1 || { cat unpack.log >&2; exit 1; }

cd source
cp debian/config/pkg/static .config
for option in PS_LONG PS_TIME PS_WIDE; do
  sed -i "/CONFIG_FEATURE_${option}[ =]/d" .config
  echo "CONFIG_FEATURE_$option=y" >> .config
done
# `yes` ends by SIGPIPE, which is no failure here.
(yes '' || true) | make oldconfig > build.log 2>&1
make -j"$(nproc)" busybox >> build.log 2>&1 || { tail -20 build.log >&2; exit 1; }
install -D -m 755 busybox "$target"
