#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <string.h>
#include <sys/wait.h>
static volatile int pid_ok, code, status, sig; static pid_t child;
static void h(int s, siginfo_t *i, void *ctx) { sig = s; code = i->si_code; status = i->si_status; pid_ok = i->si_pid == child; }
static volatile int upid, ucode; static void u(int s, siginfo_t *i, void *c) { upid = i->si_pid == getpid(); ucode = i->si_code; }
int main(void) {
  struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_sigaction = h; sa.sa_flags = SA_SIGINFO; sigaction(SIGCHLD, &sa, NULL);
  sigset_t m, o; sigemptyset(&m); sigaddset(&m, SIGCHLD); sigprocmask(SIG_BLOCK, &m, &o);
  child = fork(); if (child == 0) _exit(7);
  sigsuspend(&o); printf("%d %d %d %d\n", sig == SIGCHLD, code == CLD_EXITED, status, pid_ok); wait(NULL);
  sa.sa_sigaction = u; sigaction(SIGUSR1, &sa, NULL); kill(getpid(), SIGUSR1); printf("%d %d\n", upid, ucode == SI_USER);
  struct sigaction q; sigaction(SIGUSR1, NULL, &q); printf("%d %d\n", q.sa_sigaction == u, (q.sa_flags & SA_SIGINFO) != 0); return 0;
}
