#include <stdio.h>
#include <unistd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
static void h(int s) {}
int main(int argc, char **argv) {
  if (argc > 1) { struct sigaction a, b; sigaction(SIGUSR1, 0, &a); sigaction(SIGUSR2, 0, &b); printf("%d %d %d %s\n", a.sa_handler == SIG_DFL, b.sa_handler == SIG_IGN, fcntl(atoi(argv[1]), F_GETFD), getenv("KEPT")); sigset_t m; sigprocmask(0, 0, &m); printf("%d\n", sigismember(&m, SIGHUP)); return 0; }
  signal(SIGUSR1, h); signal(SIGUSR2, SIG_IGN); int fd = open("/dev/null", O_RDONLY | O_CLOEXEC); char n[8]; sprintf(n, "%d", fd); setenv("KEPT", "yes", 1); sigset_t m; sigemptyset(&m); sigaddset(&m, SIGHUP); sigprocmask(SIG_BLOCK, &m, 0); execl("./exec-keeps", "exec-keeps", n, NULL); return 1;
}
