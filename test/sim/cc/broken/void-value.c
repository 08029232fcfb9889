// gcc
#include <stdlib.h>
void nothing(void) {}
int main(void) {
  int x = nothing();
  x = exit(0);
  return x + nothing();
}
