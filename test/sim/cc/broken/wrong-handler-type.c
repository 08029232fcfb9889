// gcc
#include <signal.h>
#include <stddef.h>
static void handler(void) {}
static int other(int signo) { return signo; }
int main(void) {
  signal(SIGINT, handler);
  struct sigaction sa = {.sa_handler = other};
  sigaction(SIGTERM, sa, NULL);
  return 0;
}
