// gcc -Wall
#include <stdio.h>
#include <stdlib.h>
struct s { int a; };
int id(unsigned char c) { return c; }
int main(void) {
  char c;
  int x, y, z, w;
  c = 300;
  y = x + 1;
  if (z > 3) return z;
  while (w) w--;
  c = id(300) + id(-1);
  int (*fp)(int) = id;
  fp(1, 2);
  struct s v = 5, u;
  int k = v;
  u = 3;
  k = u;
  if (v) return 1;
  x = v ? 1 : 2;
  x = k ? v : 1;
  char *p = k ? "a" : 1;
  int *q = k ? &k : "b";
  p = malloc(3) + 1;
  *p++;
  x + id(1);
  x == 1, y;
  (x == 1);
  puts;
  main;
  return v;
}
int g(void) { int r; return r; }
struct s h(void) { return 1; }
void i(int n) { int a[3]; a = 0; a++; const int b[2] = {1}; b[0] = 1; b[n] = 2; struct { const int m; } t; t.m = 1; const struct s cs; cs.a = 1; n = "a" "b"; float f = &n; n = f; n = 1.5; unsigned u = -1; char *e; e = n; n = e + 1; int *pp = e; pp == e; e = pp; e = &n; *e = "a"; e->x; n.x; n->x; (*n).x; undefined_fn(zz); e[zz]; return 1; }
