// gcc -Wall -Wextra
#include <stdio.h>
int main(void) {
  int x = 1;
  if (x == 2)
    puts("a");
    puts("b");
  if (x == 3);
    puts("c");
  return 0;
}
