// gcc -Wall
int main(void) {
  int x = 1;
  x == 2;
  x + 1;
  x;
  *&x;
  "abc";
  return x;
}
