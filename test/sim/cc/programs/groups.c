#include <stdio.h>
#include <unistd.h>
#include <signal.h>
#include <sys/wait.h>
int main(void) {
  pid_t p = fork(); if (p == 0) { setpgid(0, 0); printf("%d\n", getpgrp() == getpid()); fflush(stdout); if (fork() == 0) for (;;) pause(); for (;;) pause(); }
  setpgid(p, p); sleep(1); printf("%d %d\n", kill(-p, 0), getpgid(p) == p); kill(-p, SIGTERM); int s; waitpid(-p, &s, 0); printf("%d\n", WTERMSIG(s));
  p = fork(); if (p == 0) { pid_t sid = setsid(); printf("%d %d %d\n", sid == getpid(), getsid(0) == sid, setsid()); fflush(stdout); _exit(0); } wait(0); return 0;
}
