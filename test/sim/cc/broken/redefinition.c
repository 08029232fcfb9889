// gcc
#include <stdio.h>
int f(void) { return 1; }
int f(void) { return 2; }
int main(void) {
  int x = 1;
  int x = 2;
  return x + f();
}
