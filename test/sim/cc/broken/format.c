// gcc -Wall
#include <stdio.h>
int main(void) {
  long l = 1;
  char *s = "x";
  printf("%d\n", l);
  printf("%s\n", 5);
  printf("%d\n", s);
  printf("%d %d\n", 1);
  printf("%d\n", 1, 2);
  printf("%lu\n", sizeof(int));
  printf("%d\n", sizeof(int));
  printf("%f\n", 1);
  printf("%q\n", 1);
  printf("%");
  printf(s);
  return 0;
}
