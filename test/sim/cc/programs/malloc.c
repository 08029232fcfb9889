#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
typedef struct list { int v; struct list *next; } list;
static list *push(list *l, int v) { list *n = malloc(sizeof *n); n->v = v; n->next = l; return n; }
int main(void) {
  list *l = NULL; for (int i = 0; i < 5; i++) l = push(l, i * i); for (list *p = l; p; p = p->next) printf("%d ", p->v); puts(""); while (l) { list *n = l->next; free(l); l = n; }
  int *a = calloc(4, sizeof *a); printf("%d %d\n", a[0], a[3]); a = realloc(a, 1000 * sizeof *a); a[999] = 5; printf("%d %d\n", a[0], a[999]); free(a); free(NULL);
  char *s = malloc(6); strcpy(s, "hello"); s = realloc(s, 100); strcat(s, " there"); puts(s); free(s);
  void *big = malloc((size_t)-1); printf("%d %s\n", big == NULL, strerror(errno));
  int **m = malloc(3 * sizeof *m); for (int i = 0; i < 3; i++) { m[i] = malloc(3 * sizeof **m); for (int j = 0; j < 3; j++) m[i][j] = i * j; } printf("%d\n", m[2][2]); char *p1 = malloc(24), *p2; free(p1); p2 = malloc(24); printf("%d\n", p1 == p2);
  return 0;
}
