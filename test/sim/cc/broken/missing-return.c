// gcc -Wall
int f(int x) {
  if (x > 0) return 1;
}
int g(void) {
}
int main(void) { return f(1) + g(); }
