#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
#include <sys/prctl.h>
int main(void) {
  prctl(PR_SET_CHILD_SUBREAPER, 1); int f[2]; pipe(f); pid_t me = getpid(), c = fork();
  if (c == 0) { if (fork() == 0) { char x; close(f[1]); read(f[0], &x, 1); _exit(getppid() == me ? 33 : 44); } _exit(1); }
  close(f[0]); int s; waitpid(c, &s, 0); printf("%d\n", WEXITSTATUS(s)); close(f[1]); pid_t g = wait(&s); printf("%d %d\n", g > 0 && g != c, WEXITSTATUS(s)); return 0;
}
