// gcc
int main(void) {
  int x;
  char x;
  return 0;
}
