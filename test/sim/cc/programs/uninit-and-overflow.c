#include <stdio.h>
#include <string.h>
#include <stdlib.h>
struct s { char a[8]; int guard; };
int main(void) { struct s x = {"", 7}; strcpy(x.a, "12345678901"); printf("%d %s\n", x.guard != 7, x.a); char *p = malloc(16); memset(p, 'A', 15); p[15] = 0; printf("%zu\n", strlen(p)); int v[3] = {1, 2, 3}; int *q = v; printf("%d %d\n", q[-0], *(q + 2)); return 0; }
