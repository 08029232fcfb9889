#include <stdio.h>
#include <setjmp.h>
#include <signal.h>
static sigjmp_buf env; static void h(int s) { siglongjmp(env, s); }
int main(void) { signal(SIGSEGV, h); for (int i = 0; i < 3; i++) { int s = sigsetjmp(env, 1); if (s == 0) { *(volatile int *)(long)i = 1; puts("no"); } else printf("%d caught %d\n", i, s); } signal(SIGFPE, h); volatile int z = 0; if (sigsetjmp(env, 1)) puts("fpe"); else printf("%d\n", 5 / z); return 0; }
