// gcc
#include <setjmp.h>
static jmp_buf env
int main(void) { return 0; }
int x
static int y;
volatile int z int k;
int f(void) int g(void);
