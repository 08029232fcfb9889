#include <stdio.h>
#include <unistd.h>
#include <string.h>
int main(void) { setvbuf(stdout, NULL, _IOLBF, 0); printf("line\npart"); write(1, "[w]", 3); printf("ial\n"); char big[5000]; memset(big, 'z', 4999); big[4999] = 0; printf("%s", big); write(1, "[w4]\n", 5); return 0; }
