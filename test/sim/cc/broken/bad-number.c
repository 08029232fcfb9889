// gcc
int main(void) {
  int x = 12abc;
  int y = 089;
  double d = 1.2.3;
  long big = 99999999999999999999;
  return x;
}
