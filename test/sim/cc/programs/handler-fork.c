#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>
#include <errno.h>
static pid_t kid; static void h(int s) { kid = fork(); }
int main(void) {
  struct sigaction sa = {.sa_handler = h}; sigaction(SIGUSR1, &sa, 0); sigset_t m, o; sigemptyset(&m); sigaddset(&m, SIGUSR1); sigprocmask(SIG_BLOCK, &m, &o); raise(SIGUSR1);
  int r = sigsuspend(&o); if (kid == 0) { printf("child %d %d\n", r, errno == EINTR); fflush(stdout); _exit(4); }
  int st; waitpid(kid, &st, 0); printf("parent %d %d\n", r, WEXITSTATUS(st)); return 0;
}
