#!/bin/bash
# kubernetes-build.sh: prints the directory with the programs of Kubernetes 1.20.2; builds them when the cache has none.
#
# Debian 12 has the source with all that it depends on, and the Go compiler for it: nothing else is fetched. It takes five
# minutes on two idle cores, and 3 GB while it does. Needs root, and a Debian mirror.
set -eu
. "$(dirname "$0")/settings.sh"

version=1.20.2
target=$cache/kubernetes-$version
if [ -d "$target" ]; then
  echo "$target"
  exit 0
fi
[ "$(id -u)" = 0 ] || fail 'needs root'

"$here/install.sh" golang-go

work=$(mktemp -d "$cache/.kubernetes.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
log=$cache/kubernetes-build.log
step() { "$@" >> "$log" 2>&1 || { tail -5 "$log" >&2; fail "no Kubernetes: $1 failed; the whole log is $log"; }; }
: > "$log"

# A package index of its own, so that the host's apt needs no source lines.
mkdir -p "$work/lists/partial" "$work/bin" "$work/go/src/k8s.io"
. /etc/os-release
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | grep -oE '[a-z]+://[^ ]+/debian/?( |$)' | head -n 1)
[ -n "$mirror" ] || fail 'no Debian mirror in /etc/apt/sources.list'
cat > "$work/sources.list" << LIST
deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $VERSION_CODENAME main
LIST
apt=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
say "building Kubernetes $version, once"
cd "$work"
step apt-get "${apt[@]}" update -qq
step apt-get "${apt[@]}" source -qq --download-only kubernetes
step dpkg-source -x kubernetes_*.dsc source

ln -s "$work/source" go/src/k8s.io/kubernetes
cd go/src/k8s.io/kubernetes
goroot=$(go env GOROOT)
export GOPATH=$work/go GOCACHE=${GOCACHE:-$work/go-cache} GO111MODULE=off CGO_ENABLED=0 GOFLAGS=

# The version is stored in the packages as they are vendored; elsewhere it would be without effect.
flags='-s -w'
for package in component-base/version client-go/pkg/version; do
  for value in gitVersion=v$version gitMajor=1 gitMinor=20 gitTreeState=clean \
    gitCommit=faecb196815e248d3ecfb03c680a4507229c2a56 buildDate=2021-01-13T13:20:00Z; do
    flags="$flags -X k8s.io/kubernetes/vendor/k8s.io/$package.$value"
  done
done
# Without what makes disks and load balancers at the providers of clouds: a third of the packages.
build() { # PACKAGE
  step nice go build -p 2 -tags providerless -trimpath -ldflags "$flags" -o "$work/bin/${1##*/}" "k8s.io/kubernetes/$1"
}

# The API server's source needs the description of its own types, which Debian generates while it builds.
describe_types() {
  local packages
  build vendor/k8s.io/kube-openapi/cmd/openapi-gen
  # The vendored packages of the project itself are links: `/.` makes grep follow them.
  packages=$(grep --recursive --files-with-matches --include='*.go' -e '+k8s:openapi-gen=' vendor/k8s.io/*/. pkg cmd |
    grep -v -e code-generator -e sample-apiserver | xargs -n 1 dirname | sed 's|/\./|/|; s|^|k8s.io/kubernetes/|' | sort -u |
    paste -s -d ,)
  # Built with -trimpath, it does not know by itself where Go's own packages are.
  step env "GOROOT=$goroot" "$work/bin/openapi-gen" -i "$packages" -p k8s.io/kubernetes/pkg/generated/openapi \
    -O zz_generated.openapi -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/report" \
    --output-base "$GOPATH/src"
  rm "$work/bin/openapi-gen"
}

for command in kubectl kubelet kube-controller-manager kube-scheduler; do build "cmd/$command"; done
describe_types
build cmd/kube-apiserver
mv "$work/bin" "$target"
echo "$target"
