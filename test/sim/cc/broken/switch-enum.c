// gcc -Wall -Wextra
#include <stdio.h>
enum color { RED, GREEN, BLUE };
int main(void) {
  enum color c = RED;
  switch (c) {
    case RED: puts("r");
    case GREEN: puts("g"); break;
  }
  return 0;
}
