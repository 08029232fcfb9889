// gcc -Wall -Wextra
#include <stdio.h>
static int helper(int x) { return x; }
static int counter;
int main(int argc, char **argv) {
  int unused;
  int set = 1;
  int later;
  later = 2;
  for (int i = 0; i < 3; i++) { int inner = i; }
  puts("x");
unused_label:
  return 0;
}
