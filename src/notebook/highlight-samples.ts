// A little of everything that a grammar has. Its rules become regular expressions when text first meets them, which takes
// ten times as long as using them; so, once something is drawn and nobody waits, each grammar reads its sample.

export const samples: Readonly<Record<string, string>> = {
  c: `/* block */ // line
#include <stdio.h>
#include "own.h"
#ifndef LIMIT
#define LIMIT(x) ((x) << 4) /* value */
#elif defined(__linux__)
#pragma once
#endif
extern const unsigned long long total;
static volatile int done = 0x1F, mask = 017, bits = 0b1;
enum state { ALIVE = 1, ZOMBIE };
union value { double number; char bytes[8]; };
typedef struct child { struct child *next; pid_t pid; uint32_t flags : 3; } child_t;
typedef void (*handler_t)(int signo, siginfo_t *info);
static inline child_t *make(const child_t *const *from, size_t count, ...) {
  child_t one = {.pid = getpid(), .next = NULL, .flags = ~0u}, *p = &one;
  char text[] = "tab\\t octal \\033 hex \\x1b %d %-5s %lu %%\\n", c = '\\n', zero = '\\0';
  double ratio = 1.5e-3 * .5f / (double)sizeof(struct child);
  for (int i = 0; i < 10 && p != NULL; ++i, p = p->next) { if (!(*p).pid || i % 2) continue; else break; }
  switch (errno) { case EINTR: goto out; case 3: default: return malloc(count ? count - 1 : sizeof *p); }
  do { total += ratio >= 1 ? 1 : -1; total |= mask & bits ^ done >> 2; } while (waitpid(-1, &done, WNOHANG) > 0);
out:
  sigaction(SIGCHLD, &(struct sigaction){.sa_handler = (void *)0, .sa_flags = SA_NOCLDSTOP}, NULL);
  fprintf(stderr, "%s: %d\\n", strerror(errno), WEXITSTATUS(done));
  abort(); _exit(1); memset(&one, 0, sizeof one); printf("%c" "joined", c);
}
int main(int argc, char **argv) { for (;;) pause(); while (true) ; return argc == 1 ? 42 : 0; }
`,
  json: '{ "a": [1, -2.5e3, true, false, null], "b": { "c": "d\\n\\u00e9" } }\n',
  shellscript: `#!/bin/sh
# comment
set -eu; name="value $HOME \${x:-default} $(id -u) \`date\`" other='single' n=$((n + 1))
for i in 1 2 {3..5}; do echo "$i" | grep -v x && continue || break; done
if [ -e file ] && [[ $a == b* ]]; then docker run -d --rm --name one alpine sleep 10 >/dev/null 2>&1 &
elif test "$?" -ne 0; then kill -9 $! $$ "\${pids[@]}"; else exit 1; fi
while read -r line; do printf '%s\\n' "$line"; done < /proc/self/status
case $1 in start | stop) shift ;; *) return 2 ;; esac
run() { local x=1; export y; trap 'exit 0' TERM; cat <<EOF
text $name
EOF
}
`,
  yaml: `# comment
apiVersion: v1
metadata: { name: one, labels: {"app": 'two'} }
spec:
  - &anchor name: three # comment
    value: [1, 2.5, true, null, ~, "text\\n", 'it''s', 2026-01-01]
    <<: *anchor
    script: |
      echo one
    folded: >-
      text
---
!!str key: value
`,
}
