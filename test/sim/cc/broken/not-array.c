// gcc
int main(void) {
  int x = 1;
  int *p = &x;
  return x[0] + p[1.5] + p["a"];
}
