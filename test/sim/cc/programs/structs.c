#include <stdio.h>
#include <string.h>
#include <stddef.h>
struct point { int x, y; };
struct rect { struct point a, b; char name[10]; };
typedef struct node { int value; struct node *next; } node;
struct mixed { char c; double d; short s; char e; int i; long l; };
struct packed { char a; int b; } __attribute__((packed));
static struct point make(int x, int y) { struct point p = {x, y}; return p; }
static struct rect grow(struct rect r, int n) { r.b.x += n; r.b.y += n; return r; }
static int area(const struct rect *r) { return (r->b.x - r->a.x) * (r->b.y - r->a.y); }
int main(void) {
  struct rect r = {{1, 2}, {4, 6}, "box"};
  struct rect g = grow(r, 1);
  printf("%d %d %s\n", area(&r), area(&g), g.name);
  struct point p = make(3, 4), q = p; q.x = 9;
  printf("%d %d %d\n", p.x, q.x, make(5, 6).y);
  node c = {3, NULL}, b = {2, &c}, a = {1, &b};
  for (node *n = &a; n; n = n->next) printf("%d ", n->value); puts("");
  printf("%zu %zu %zu %zu %zu %zu\n", sizeof(struct mixed), offsetof(struct mixed, d), offsetof(struct mixed, s), offsetof(struct mixed, i), offsetof(struct mixed, l), sizeof(struct packed));
  struct point arr[3] = {{1,2},{3,4}}; arr[2] = make(5,6); int s = 0; for (int i = 0; i < 3; i++) s += arr[i].x * arr[i].y; printf("%d\n", s);
  struct point *pp = &arr[1]; pp->x = 30; (*pp).y = 40; printf("%d %d\n", arr[1].x, arr[1].y);
  memset(&r, 0, sizeof r); printf("%d %d\n", r.a.x, r.name[0]);
  struct { int a; struct { int b; }; union { int c; float f; }; } anon = {.a = 1, .b = 2, .c = 3}; printf("%d %d %d\n", anon.a, anon.b, anon.c);
  struct rect copy; memcpy(&copy, &g, sizeof g); printf("%d\n", memcmp(&copy, &g, sizeof g) == 0);
  struct point lit = (struct point){.y = 8}; printf("%d %d\n", lit.x, lit.y);
  return 0;
}
