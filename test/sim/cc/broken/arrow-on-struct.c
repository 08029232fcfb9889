// gcc
struct point { int x; int y; };
int main(void) {
  struct point p = {1, 2};
  struct point *q = &p;
  return p->x + q.y;
}
