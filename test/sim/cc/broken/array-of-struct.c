// gcc -Wall
#include <stdio.h>
struct point { int x, y; };
struct point list[2] = {{1, 2}, {3, 4}, {5, 6}};
static const struct point zero = {0};
int main(void) {
  zero.x = 1;
  list[0] = {7, 8};
  list.x = 1;
  struct point *p = list;
  p.x = 2;
  (*p)->y = 3;
  printf("%d\n", list[1]);
  return sizeof list / sizeof list[0];
}
