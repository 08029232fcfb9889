// gcc
int f(void) { return 1; }
int main(void) {
  int a[3], b[3];
  f() = 1;
  1 = f();
  &1;
  a = b;
  f()++;
  return a[0];
}
