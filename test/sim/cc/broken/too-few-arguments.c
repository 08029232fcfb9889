// gcc
#include <signal.h>
#include <unistd.h>
int main(void) {
  kill(getpid());
  return 0;
}
