// gcc
int main(void) {
  int x = 1;
  x();
  return "a"(1);
}
