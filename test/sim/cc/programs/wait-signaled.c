#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
static void run(int how) {
  pid_t p = fork();
  if (p == 0) { switch (how) { case 0: raise(SIGKILL); case 1: abort(); case 2: *(volatile int *)0 = 0; case 3: kill(getpid(), SIGTERM); case 4: for (;;) pause(); case 5: raise(SIGUSR1); } _exit(9); }
  if (how == 4) kill(p, SIGINT);
  int s; waitpid(p, &s, 0);
  if (WIFSIGNALED(s)) printf("killed by %d %s\n", WTERMSIG(s), strsignal(WTERMSIG(s))); else printf("exit %d\n", WEXITSTATUS(s));
}
int main(void) { for (int i = 0; i < 6; i++) run(i); return 0; }
