// gcc
struct s { int a; };
int main(void) {
  struct s a = {1}, b = {2};
  char *p = "a", *q = "b";
  if (a == b) return 1;
  p = p + q;
  a = a + 1;
  return p * 2;
}
