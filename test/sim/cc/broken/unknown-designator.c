// gcc
#include <signal.h>
static void handler(int signo) { (void)signo; }
int main(void) {
  struct sigaction sa = {.sa_hander = handler, .flags = 0};
  sigaction(SIGCHLD, &sa, 0);
  return 0;
}
