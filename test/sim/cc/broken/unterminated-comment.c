// gcc
#include <stdio.h>
int main(void) {
  /* never closed
  return 0;
}
