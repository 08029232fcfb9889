#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
typedef int (*binop)(int, int);
static int add(int a, int b) { return a + b; }
static int mul(int a, int b) { return a * b; }
static binop pick(char c) { return c == '+' ? add : mul; }
static void apply(int *a, int n, int (*f)(int)) { for (int i = 0; i < n; i++) a[i] = f(a[i]); }
static int twice(int x) { return 2 * x; }
struct op { const char *name; binop fn; };
static int cmp(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int cmpstr(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
int main(void) {
  struct op ops[] = {{"add", add}, {"mul", &mul}};
  for (int i = 0; i < 2; i++) printf("%s %d %d\n", ops[i].name, ops[i].fn(3, 4), (*ops[i].fn)(5, 6));
  printf("%d %d\n", pick('+')(1, 2), (**pick('*'))(3, 4));
  int a[] = {5, 3, 9, 1}; apply(a, 4, twice); qsort(a, 4, sizeof a[0], cmp);
  for (int i = 0; i < 4; i++) printf("%d ", a[i]); puts("");
  int key = 10; int *f = bsearch(&key, a, 4, sizeof *a, cmp); printf("%ld\n", f - a);
  key = 11; printf("%d\n", bsearch(&key, a, 4, sizeof *a, cmp) == NULL);
  char *w[] = {"pear", "apple", "fig"}; qsort(w, 3, sizeof *w, cmpstr); printf("%s %s %s\n", w[0], w[1], w[2]);
  int (*up)(int) = toupper; printf("%c\n", up('x'));
  binop table[] = {add, mul, add}; int s = 0; for (unsigned i = 0; i < sizeof table / sizeof *table; i++) s = s * 10 + table[i](1, 2); printf("%d\n", s);
  printf("%d\n", add == pick('+'));
  return 0;
}
