#include <stdlib.h>
#include <stdio.h>
int main(void) { char *p = malloc(32); fprintf(stderr, "freeing\n"); free(p + 1); return 0; }
