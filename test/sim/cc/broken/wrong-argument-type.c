// gcc
#include <stdio.h>
int twice(int *p) { return *p * 2; }
int main(void) {
  int x = 1;
  char *s = "a";
  return twice(x) + puts(5) + twice(s);
}
