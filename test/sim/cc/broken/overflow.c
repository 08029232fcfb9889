// gcc -Wall
int main(void) {
  char c = 300;
  unsigned char u = 256;
  int x = 2147483647 + 1;
  int y = 1 / 0;
  int z = 1 << 40;
  int w = 5000000000;
  return c + u + x + y + z + w;
}
