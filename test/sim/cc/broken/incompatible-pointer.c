// gcc
int main(void) {
  int x = 1;
  char *c = &x;
  double *d;
  d = &x;
  return *c + *d;
}
