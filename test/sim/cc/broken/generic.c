// gcc -Wall
#include <stdio.h>

int main(void) {
  int n = 3;
  const char *a = _Generic(n, long: "long", double: "double");
  int b = _Generic(n, int: 1, int: 2);
  int c = _Generic(n, default: 1, default: 2);
  int d[4] = {[3 ... 1] = 1};
  int e[4] = {[2 ... 4] = 1};
  int f[4] = {[0 ... n] = 1};
  printf("%s %d %d %d %d %d\n", a, b, c, d[0], e[0], f[0]);
  return 0;
}
