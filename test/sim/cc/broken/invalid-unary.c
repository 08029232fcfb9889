// gcc
struct s { int a; };
int main(void) {
  struct s a = {1};
  int x = 1;
  double d = 2;
  a++;
  !a;
  ~d;
  *x = 1;
  return -a;
}
