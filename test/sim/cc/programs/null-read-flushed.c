#include <stdio.h>
int main(void) { printf("seen\n"); fflush(stdout); int *p = 0; return *p; }
