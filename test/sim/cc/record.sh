#!/bin/sh
# Renews broken/*.txt from the real gcc 12: what it prints for each broken/*.c, its exit code in the last line.
# The first line of a program names the options: `// gcc -Wall`. Needs Debian 12's gcc.
cd "$(dirname "$0")/broken" || exit 1
for source in *.c; do
  options=$(sed -n '1s,^// gcc *,,p' "$source")
  # shellcheck disable=SC2086
  output=$(LANG=C.UTF-8 LC_ALL= gcc $options -o /dev/null "$source" 2>&1)
  status=$?
  output=$(printf '%s' "$output" | sed 's,/usr/bin/ld: /tmp/[A-Za-z0-9]*\.o,/usr/bin/ld: /tmp/ccXXXXXX.o,')
  if [ -n "$output" ]; then printf '%s\n' "$output" >"${source%.c}.txt"; else : >"${source%.c}.txt"; fi
  printf '[exit %s]\n' "$status" >>"${source%.c}.txt"
done

# What gcc -Wall -Wextra says of the programs that are right.
mkdir -p ../warnings && cd ../programs || exit 1
for source in *.c; do
  output=$(LANG=C.UTF-8 LC_ALL= gcc -Wall -Wextra -c -o /dev/null "$source" 2>&1)
  if [ -n "$output" ]; then printf '%s\n' "$output" >"../warnings/${source%.c}.txt"; else rm -f "../warnings/${source%.c}.txt"; fi
done
