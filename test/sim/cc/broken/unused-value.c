// gcc -Wall -Wextra
#include <stdio.h>
int f(void);
int main(void) {
  int k = 1; char *p = 0;
  k && f();
  k || puts("x");
  k ? f() : 0;
  k ? f() : puts("y");
  (void)k; (void)f();
  p && *p++;
  k && (k = 2);
  f(), k;
  k == f();
  !f();
  -f();
  (int)f();
  f() + 1;
  return 0;
}
