#!/bin/bash
# install.sh [PACKAGE…]: Debian's own docker engine and what the images are built with, and the packages that are named.
# Needs root; does nothing when all is there.
set -eu
. "$(dirname "$0")/settings.sh"

packages="docker.io iptables busybox-static gcc make libc6-dev dpkg-dev jq procps iproute2 $*"

missing=()
for package in $packages; do
  dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2> /dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

say "installing ${missing[*]}"
# The packages would start services of their own where a service manager runs: start.sh does that, in its own place.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
# Another package tool may hold the lock: wait for it.
apt-get -o DPkg::Lock::Timeout=300 update -qq
apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
