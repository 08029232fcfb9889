#include <stdio.h>
#include <stdlib.h>
static void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
static int *biggest(int *p, int n) { int *m = p; for (int *q = p; q < p + n; q++) if (*q > *m) m = q; return m; }
int main(void) {
  int x = 1, y = 2; swap(&x, &y); printf("%d %d\n", x, y);
  int a[] = {3, 9, 2, 7}; int *p = a;
  printf("%d %d %d %d %ld\n", *p, *(p + 1), p[2], 3[a], biggest(a, 4) - a);
  printf("%d ", *p++); printf("%d ", *++p); printf("%d ", (*p)++); printf("%d\n", *p--);
  int m[2][3] = {{1,2,3},{4,5,6}}; int (*row)[3] = m; int *flat = &m[0][0];
  printf("%d %d %d %zu %zu\n", row[1][2], *(*(m + 1) + 1), flat[4], sizeof m, sizeof m[0]);
  char *names[] = {"one", "two", "three", NULL}; for (char **n = names; *n; n++) printf("%s ", *n); puts("");
  int **pp = &p; **pp = 77; printf("%d %d\n", a[1], a[2]);
  void *v = &x; printf("%d\n", *(int *)v);
  char *s = "abc"; while (*s) putchar(*s++); putchar('\n');
  long diff = &a[3] - &a[0]; printf("%ld %d\n", diff, &a[1] > &a[0]);
  int *np = NULL; printf("%d %d\n", np == NULL, !np);
  unsigned char *bytes = (unsigned char *)&x; x = 0x01020304; printf("%d %d %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
  return 0;
}
