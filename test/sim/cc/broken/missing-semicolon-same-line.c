// gcc
#include <stdio.h>
int main(void) { int x = 1 int y = 2; printf("%d\n", x + y); return 0; }
