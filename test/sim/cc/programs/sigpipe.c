#include <stdio.h>
#include <unistd.h>
#include <signal.h>
#include <errno.h>
#include <string.h>
int main(void) { int f[2]; pipe(f); close(f[0]); signal(SIGPIPE, SIG_IGN); int r = write(f[1], "x", 1); printf("%d %s\n", r, strerror(errno)); fflush(stdout); signal(SIGPIPE, SIG_DFL); write(f[1], "x", 1); puts("never"); return 0; }
