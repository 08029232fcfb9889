// gcc
#include <signal.h>
#include <stdlib.h>
int main(void) {
  signal(SIGCHILD, SIG_IGN);
  return EXIT_SUCESS;
}
