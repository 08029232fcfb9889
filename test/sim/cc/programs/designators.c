#include <stdio.h>
struct s { int a, b; int v[4]; struct { char c; double d; } in; };
int main(void) {
  struct s x = {.b = 2, .v = {[2] = 9, 8}, .in.d = 1.5, .a = 1};
  printf("%d %d %d %d %d %d %g\n", x.a, x.b, x.v[0], x.v[2], x.v[3], x.in.c, x.in.d);
  int g[3][2] = {[1] = {5, 6}, [2][1] = 7}; for (int i = 0; i < 3; i++) printf("%d %d ", g[i][0], g[i][1]); puts("");
  int open[] = {1, 2, [5] = 6, 7}; printf("%zu %d\n", sizeof open / sizeof *open, open[6]);
  char str[] = {'h', 'i', 0}, pad[6] = "ab"; printf("%s %zu %s %d\n", str, sizeof str, pad, pad[5]);
  struct s arr[2] = {[1].b = 3, [0].a = 4}; printf("%d %d\n", arr[1].b, arr[0].a);
  int *lit = (int[]){10, 20, 30}; printf("%d\n", lit[1]);
  const char *c[] = {[2] = "two", [0] = "zero"}; printf("%s %s %d\n", c[0], c[2], c[1] == 0);
  return 0;
}
