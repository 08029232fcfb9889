// gcc
int *find(int key) { return key; }
int main(void) {
  int x = "a";
  int *p = 5;
  char *s = 'a';
  x = p;
  if (p == 5) return 1;
  return find(x) == s;
}
