/* The image registry.k8s.io/pause:3.9 of the lab host: sleeps for ever, reaps what is orphaned to it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave(int signo) {
  psignal(signo, "Shutting down, got signal");
  exit(0);
}

static void reap(int signo) {
  (void)signo;
  while (waitpid(-1, NULL, WNOHANG) > 0)
    ;
}

int main(void) {
  struct sigaction on_leave = {.sa_handler = leave};
  struct sigaction on_child = {.sa_handler = reap, .sa_flags = SA_NOCLDSTOP};

  if (getpid() != 1)
    fprintf(stderr, "Warning: pause should be the first process\n");
  if (sigaction(SIGINT, &on_leave, NULL) < 0)
    return 1;
  if (sigaction(SIGTERM, &on_leave, NULL) < 0)
    return 2;
  if (sigaction(SIGCHLD, &on_child, NULL) < 0)
    return 3;
  for (;;)
    pause();
}
