// gcc
int main(void) {
  char c = 'a;
  char d = 'ab';
  char e = '';
  return c;
}
