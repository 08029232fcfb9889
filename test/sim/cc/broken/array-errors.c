// gcc -Wall
int main(void) {
  int a[2] = {1, 2, 3};
  int b[-1];
  char s[3] = "abcdef";
  int c[] = {[5] = 1, [-1] = 2};
  int n = {1, 2};
  int d[2] = 5;
  return a[0] + s[0] + c[0] + n;
}
