#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <errno.h>
#include <sys/wait.h>
static volatile int n; static void h(int s) { n++; }
int main(void) { struct sigaction sa = {.sa_handler = h, .sa_flags = SA_NOCLDWAIT | SA_RESTART}; sigaction(SIGCHLD, &sa, 0); if (fork() == 0) _exit(3); int r = wait(NULL); printf("%d %d %d\n", r, errno == ECHILD, n); return 0; }
