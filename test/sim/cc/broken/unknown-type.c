// gcc
#include <sys/types.h>
int main(void) {
  pidt pid = 1;
  foo_t x;
  return pid;
}
