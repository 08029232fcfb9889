// gcc
#include <stdio.h>
#include <unistd.h>
int main(void) {
  pritnf("hello\n");
  slep(1);
  return 0;
}
