// gcc
int main(void) {
  int x = 1 @ 2;
  int y = 3 # 4;
  return x;
}
