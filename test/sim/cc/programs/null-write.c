#include <stdio.h>
int main(void) { printf("lost in the buffer\n"); int *p = 0; *p = 1; return 0; }
