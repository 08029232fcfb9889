// gcc
struct unknown;
int main(void) {
  struct unknown u;
  struct other *p = 0;
  return p->x + sizeof(struct unknown);
}
