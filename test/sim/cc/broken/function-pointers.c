// gcc
typedef int (*operation)(int, int);
static int add(int a, int b) { return a + b; }
static double half(double d) { return d / 2; }
int main(void) {
  operation op = add;
  operation wrong = half;
  op(1);
  op = &half;
  int (*table[])(int, int) = {add, half, 0};
  void (*nothing)(void) = add;
  return op(1, 2) + wrong(3, 4) + table[0](5, "6") + nothing();
}
