#include <stdio.h>
#include <setjmp.h>
static jmp_buf env; static void deep(int n) { if (n == 0) longjmp(env, 7); deep(n - 1); }
int main(void) { volatile int tries = 0; int r = setjmp(env); printf("%d %d\n", r, tries); if (tries++ < 3) deep(5); switch (setjmp(env)) { case 0: longjmp(env, 0); case 1: puts("one"); } return 0; }
