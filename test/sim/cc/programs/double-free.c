#include <stdlib.h>
#include <stdio.h>
int main(void) { char *p = malloc(16); printf("before\n"); free(p); free(p); printf("after\n"); return 0; }
