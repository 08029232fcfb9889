// gcc
#include <stdio.h>
#define TWICE(x) ((x) * 2)
#define BAD(y) TWICE(y + zed)
int main(void) {
  char *p;
  return BAD(1) + TWICE(p);
}
