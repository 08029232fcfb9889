// gcc
#define A 1
#define A 2
#error this is wrong
#warning be careful
#if defined(
#endif
#else
#endif
#if FOO(1)
#endif
#include
int main(void) { return 0; }
