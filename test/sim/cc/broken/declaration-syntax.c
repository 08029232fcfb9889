// gcc
int main(void) {
  int 3x = 1;
  int = 3;
  int a[;
  int b[3;
  return 0;
}
