#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <errno.h>
#include <sys/wait.h>
static volatile int reaped;
static void h(int s) { int e = errno; while (waitpid(-1, NULL, WNOHANG) > 0) reaped++; errno = e; }
int main(void) {
  struct sigaction sa = {.sa_handler = h, .sa_flags = SA_NOCLDSTOP | SA_RESTART}; sigaction(SIGCHLD, &sa, NULL);
  for (int i = 0; i < 4; i++) if (fork() == 0) _exit(0);
  while (reaped < 4) pause(); printf("%d\n", reaped); printf("%d %d\n", wait(NULL), errno == ECHILD); return 0;
}
