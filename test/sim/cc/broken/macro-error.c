// gcc
#include <stdio.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define SHOW printf("%d\n", valu)
int main(void) {
  int value = 1;
  SHOW;
  return MAX(value, x) + MAX(1);
}
