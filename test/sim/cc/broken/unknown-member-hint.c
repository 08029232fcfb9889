// gcc
#include <signal.h>
static void handler(int signo) { (void)signo; }
int main(void) {
  struct sigaction sa = {.sa_handler = handler};
  sa.sa_flag = SA_NOCLDSTOP;
  sigaction(SIGCHLD, &sa, 0);
  return 0;
}
