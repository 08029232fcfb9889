#!/bin/bash
# machine.sh SUITE: boots a machine of its own with that suite's docker engine, two images and nothing else, and runs what
# stands on standard input: NUL-ended scripts, one after another, each in a bash of its own in an empty directory.
#
# The machine has mount, PID, network, UTS and IPC namespaces of its own: nothing of the host is seen in it, several run
# side by side, and all of it ends with standard input. Output and errors are the scripts' own; after each, a line
# NUL, exit code, NUL on both. What a script leaves behind (processes, containers, networks, volumes, images) is removed.
set -eu
if [ "${1-}" != --inside ]; then
  . "$(dirname "$0")/settings.sh"
  root=$("$here/root.sh" "$1")
  images=$("$here/image-files.sh")
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/pause-lab-machine.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  unshare --mount --pid --net --uts --ipc --fork --kill-child \
    "$0" --inside "$root" "$images" "$scratch" "$here/machine-init.sh"
  exit
fi
root=$2 images=$3 scratch=$4 init=$5

# The cached root stays as it was built: what is written goes to the scratch directory.
mount --make-rprivate /
mkdir "$scratch"/{upper,work,machine,docker}
machine=$scratch/machine
mount -t overlay overlay -o "lowerdir=$root,upperdir=$scratch/upper,workdir=$scratch/work" "$machine"
mkdir -p "$machine/.old" "$machine/var/lib/docker"
mount -t proc proc "$machine/proc"
mount -t sysfs sysfs "$machine/sys"
mount --rbind /sys/fs/cgroup "$machine/sys/fs/cgroup"
mount --rbind /dev "$machine/dev"
mount -t tmpfs tmpfs "$machine/run"
find "$machine/root" -mindepth 1 -delete
mkdir "$machine/run/images"
mount --bind "$images" "$machine/run/images"
mount --bind "$scratch/docker" "$machine/var/lib/docker"
cp "$init" "$machine/run/init"
cd "$machine"
pivot_root . .old
umount -l /.old
rmdir /.old
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb \
  PAGER=cat EDITOR=vi VISUAL=vi bash /run/init
