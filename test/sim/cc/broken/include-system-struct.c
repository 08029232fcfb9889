// gcc -Wall
#include <stdio.h>
int main(void) {
  int i;
  int n = NULL;
  int *p = i;
  printf("%d %s\n",
    "a",
    i);
  return stdout;
}
