// gcc
#include <stdio.h> foo
#ifdef A B
#endif extra
int main(void) {
  int x = 1;;
  return 0
}
