#include <stdio.h>
static const char *grade(int n) { switch (n) { case 10: case 9: return "A"; case 8: return "B"; case 1 ... 3: return "F"; default: return "?"; } }
int main(void) {
  for (int i = 0; i < 12; i += 3) printf("%d%s ", i, grade(i)); puts("");
  int i = 0; do { if (i == 3) continue; if (i > 5) break; printf("%d ", i); } while (++i < 10); puts("");
  for (i = 0;; i++) { if (i % 2) continue; if (i > 8) goto out; printf("%d ", i); }
out: puts("out");
  int n = 27, steps = 0; while (n != 1) { n = n % 2 ? 3 * n + 1 : n / 2; steps++; } printf("%d\n", steps);
  switch (5) { int k; case 5: k = 2; printf("%d\n", k); }
  switch (2) { case 1: puts("1"); case 2: puts("2"); case 3: puts("3"); break; case 4: puts("4"); }
  int x = 5, y = x > 3 ? x < 10 ? 1 : 2 : 3; printf("%d %d\n", y, (x++, x + 1));
  if (x) if (x > 100) puts("big"); else puts("small");
  for (int a = 0, b = 10; a < b; a++, b--) if (a == 4) printf("%d %d\n", a, b);
  int c = 0; again: if (c++ < 3) { printf("%d", c); goto again; } puts("");
  int duff = 7, r = 0; switch (duff % 4) { case 0: do { r++; case 3: r++; case 2: r++; case 1: r++; } while ((duff -= 4) > 0); } printf("%d\n", r);
  char ch = 'b'; switch (ch) { case 'a': puts("a"); break; case 'b': puts("b"); break; }
  long big = 1L << 40; switch (big) { case 1L << 40: puts("big"); }
  return 0;
}
