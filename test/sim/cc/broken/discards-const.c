// gcc
#include <stdio.h>
void shout(char *s) { puts(s); }
int main(void) {
  const char *s = "abc";
  char *t = s;
  shout(s);
  t = s;
  return t[0];
}
