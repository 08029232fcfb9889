#!/bin/bash
# Records what each program here prints and how it ends under the real gcc (Debian 12's) and kernel: NAME.txt.
# Usage: record.sh [NAME…]. A program runs as ./NAME in an empty directory, without input.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
names=("$@")
[ ${#names[@]} -eq 0 ] && for file in "$here"/*.c; do names+=("$(basename "$file" .c)"); done
for name in "${names[@]}"; do
  rm -rf "$work/run" && mkdir "$work/run" && cp "$here/$name.c" "$work/run/"
  (cd "$work/run" && gcc -O0 -w -o "$name" "$name.c" -lm) || { echo "$name: does not compile" >&2; continue; }
  (cd "$work/run" && exec timeout -k 1 20 "./$name") >"$work/out" 2>"$work/err" </dev/null
  code=$?
  { echo '[stdout]'; cat "$work/out"; echo '[stderr]'; cat "$work/err"; echo "[exit $code]"; } >"$here/$name.txt"
done
