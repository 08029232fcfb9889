#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  pid_t p = fork(); if (p == 0) _exit(17);
  siginfo_t i; int r = waitid(P_PID, p, &i, WEXITED); printf("%d %d %d %d %d\n", r, i.si_pid == p, i.si_status, i.si_code == CLD_EXITED, i.si_signo == SIGCHLD);
  p = fork(); if (p == 0) raise(SIGKILL); waitid(P_ALL, 0, &i, WEXITED); printf("%d %d\n", i.si_status, i.si_code == CLD_KILLED); return 0;
}
