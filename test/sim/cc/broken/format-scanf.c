// gcc -Wall
#include <stdio.h>
int main(void) {
  int x;
  char name[10];
  scanf("%d", x);
  scanf("%s", &name);
  scanf("%ld", &x);
  return x;
}
