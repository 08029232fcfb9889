// gcc
int main(void) {
  const int x = 1;
  const char *s = "abc";
  x = 2;
  s[0] = 'b';
  x++;
  return x;
}
