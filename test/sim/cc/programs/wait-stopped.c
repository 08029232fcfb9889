#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  pid_t p = fork(); if (p == 0) for (;;) pause();
  int s; kill(p, SIGSTOP); waitpid(p, &s, WUNTRACED); printf("%d %d\n", WIFSTOPPED(s), WSTOPSIG(s));
  kill(p, SIGCONT); waitpid(p, &s, WCONTINUED); printf("%d\n", WIFCONTINUED(s));
  kill(p, SIGTERM); waitpid(p, &s, 0); printf("%d %d\n", WIFSIGNALED(s), WTERMSIG(s)); return 0;
}
