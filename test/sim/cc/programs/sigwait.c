#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <errno.h>
#include <time.h>
int main(void) { sigset_t s; sigemptyset(&s); sigaddset(&s, SIGUSR1); sigaddset(&s, SIGALRM); sigprocmask(SIG_BLOCK, &s, 0); raise(SIGUSR1); int n; sigwait(&s, &n); printf("%d\n", n == SIGUSR1); alarm(1); sigwait(&s, &n); printf("%d\n", n == SIGALRM); struct timespec t = {1, 0}; n = sigtimedwait(&s, 0, &t); printf("%d %d\n", n, errno == EAGAIN); siginfo_t i; kill(getpid(), SIGUSR1); n = sigwaitinfo(&s, &i); printf("%d %d\n", n == SIGUSR1, i.si_pid == getpid()); return 0; }
