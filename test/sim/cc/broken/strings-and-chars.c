// gcc -Wall
void fill(char *to);
int main(void) {
  char name[5] = "hello world";
  char c = "x";
  char *s = 'y';
  char grid[2][3] = {"ab", "cdef"};
  if (name == "hello") return 1;
  fill(c);
  s[0] = "z";
  name = "other";
  return c + s + grid[0];
}
