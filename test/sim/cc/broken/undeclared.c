// gcc
#include <stdio.h>
int main(void) {
  printf("%d\n", cuont);
  printf("%d\n", cuont + 1);
  return 0;
}
