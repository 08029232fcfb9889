#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>
static volatile int usr, chld; static void u(int s) { usr++; } static void c(int s) { chld++; while (waitpid(-1, 0, WNOHANG) > 0); }
int main(void) { signal(SIGUSR1, u); signal(SIGCHLD, c); pid_t me = getpid(); sigset_t m, o; sigemptyset(&m); sigaddset(&m, SIGUSR1); sigprocmask(SIG_BLOCK, &m, &o); for (int i = 0; i < 3; i++) if (!fork()) { kill(me, SIGUSR1); _exit(0); } sleep(1); sleep(1); sleep(1); sleep(1); sigprocmask(SIG_SETMASK, &o, 0); printf("%d %d\n", usr, chld > 0); for (int i = 0; i < 5; i++) { kill(me, SIGUSR1); } printf("%d\n", usr); return 0; }
